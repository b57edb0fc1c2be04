"""The blocks that a form is built from in the admin: a block a type of question. Keys are the document's keys."""
