"""What the bureau does for the search: synonyms, questions without result, the state of the index."""
