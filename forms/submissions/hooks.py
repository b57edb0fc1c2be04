"""What the area adds to Wagtail's admin."""
