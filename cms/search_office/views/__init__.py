"""Screens of the search's keeper in Wagtail's admin."""
