"""The forms app."""

from django.apps import AppConfig


class FormsConfig(AppConfig):
    """Names the app."""

    name = "forms"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the daily jobs, the API's addresses, what the desk shows of forms, and what is found of them."""
        from cms.service import add_api_router, register_daily, register_desk_panel
        from forms.api.following import router
        from forms.desk.panel import panel_of
        from forms.files.cleaning import clean_drafts, clean_files
        from forms.findable import signals as findable_signals
        from forms.findable.sources import register_forms
        from forms.out.actions import clean_exports
        from forms.public.cleaning import clean_guards
        from forms.public.page_type import register as register_form_page

        add_api_router(router)
        register_daily("clean-answer-files", clean_files)
        register_daily("clean-drafts", clean_drafts)
        register_daily("clean-form-exports", clean_exports)
        register_daily("clean-public-guards", clean_guards)
        register_form_page()
        register_desk_panel("forms", "forms/desk/panel.html", panel_of)
        register_forms()
        findable_signals.connect()
