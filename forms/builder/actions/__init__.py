"""What may be done in the builder."""
