"""How forms, submissions and records become documents of the search: what is indexed, for whom, and when."""
