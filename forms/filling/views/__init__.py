"""The pages of filling in, one file a page."""
