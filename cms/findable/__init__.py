"""How pages become documents of the search: what is indexed, for whom, and when it is looked at again."""
