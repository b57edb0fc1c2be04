"""The search app."""

from django.apps import AppConfig
from django.core.checks import register


class SearchConfig(AppConfig):
    """Names the app, and has its settings checked."""

    name = "search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from search.checks import check_analysis

        register(check_analysis, "search")
