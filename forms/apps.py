"""The forms app."""

from django.apps import AppConfig


class FormsConfig(AppConfig):
    """Names the app."""

    name = "forms"
    default_auto_field = "django.db.models.BigAutoField"
