"""From a form's document to the blocks of the builder, and back, without loss."""
