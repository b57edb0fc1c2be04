"""Statistics of a form's submissions: per question, crossed, over time; as data and as pictures."""
