"""Screens of the plan import in Wagtail's admin."""
