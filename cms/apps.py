"""The content app: people and schools, pages, media, plan import, content API."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    """Registers what Wagtail and Django look up by name."""

    name = "cms"
    verbose_name = _("Content")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect signal handlers; every one lives beside the model it watches."""
        from cms.api.tokens import cleaning as token_cleaning
        from cms.findable import folded
        from cms.findable import signals as findable_signals
        from cms.findable.sources import register_pages
        from cms.media import permissions as media_permissions
        from cms.media import signals as media_signals
        from cms.moderation.authoring import let_lists_be_left_out
        from cms.moderation.fence.word_lists import register_policies
        from cms.outbox import cleaning
        from cms.outbox import signals as outbox_signals
        from cms.pages import signals
        from cms.pages.site_tree import ensure_site
        from cms.people import cleaning as people_cleaning
        from cms.plan_import import cleaning as import_cleaning
        from cms.search_office import cleaning as search_cleaning
        from cms.staff_search import panels as search_panels

        register_policies()
        let_lists_be_left_out()
        signals.connect()
        media_signals.connect()
        media_permissions.register()
        outbox_signals.connect()
        for area in (
            cleaning,
            import_cleaning,
            people_cleaning,
            search_cleaning,
            search_panels,
            token_cleaning,
        ):
            area.register()
        register_pages()
        findable_signals.connect()
        folded.connect()
        post_migrate.connect(ensure_site, sender=self, dispatch_uid="cms.pages.ensure_site")
        post_migrate.connect(folded.ensure_folded, sender=self, dispatch_uid="cms.findable.ensure_folded")
