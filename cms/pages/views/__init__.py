"""Screens of our own for pages in the admin."""
