"""Pages of submissions: the same on the site, phone first, and in the admin."""
