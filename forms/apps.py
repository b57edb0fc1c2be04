"""The forms app."""

from django.apps import AppConfig


class FormsConfig(AppConfig):
    """Names the app."""

    name = "forms"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the daily jobs, the API's addresses, and what the desk shows of forms."""
        from cms.service import add_api_router, register_daily, register_desk_panel
        from forms.api.router import router
        from forms.desk.panel import panel_of
        from forms.files.cleaning import clean_drafts, clean_files
        from forms.out.actions import clean_exports

        add_api_router(router)
        register_daily("clean-answer-files", clean_files)
        register_daily("clean-drafts", clean_drafts)
        register_daily("clean-form-exports", clean_exports)
        register_desk_panel("forms", "forms/desk/panel.html", panel_of)
