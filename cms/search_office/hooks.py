"""What the keeping of the search adds to Wagtail's admin. Registrations only."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, re_path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.staticfiles import versioned_static
from wagtail.log_actions import LogActionRegistry

from cms.search_office.permissions import user_can_keep_search
from cms.search_office.views import index, words


class OfficeMenuItem(MenuItem):
    """Shown to whoever keeps the search."""

    def is_shown(self, request: HttpRequest) -> bool:
        return user_can_keep_search(request.user)


@hooks.register("register_admin_urls")
def office_urls() -> list[URLPattern]:
    """Return the addresses of the screens and their buttons."""
    verbs = "rebuild|compare|rollback|retry|discard"
    return [
        path("search-office/", index.IndexView.as_view(), name="search_index"),
        path("search-office/runs/<int:pk>/", index.StatusView.as_view(), name="search_index_status"),
        re_path(
            rf"^search-office/do/(?P<verb>{verbs})/$", index.IndexVerbView.as_view(), name="search_index_verb"
        ),
        path("search-office/synonyms/", words.SynonymsView.as_view(), name="search_synonyms"),
        path("search-office/synonyms/<int:pk>/", words.SynonymsView.as_view(), name="search_synonym"),
        path(
            "search-office/synonyms/<int:pk>/delete/",
            words.SynonymDeleteView.as_view(),
            name="search_synonym_delete",
        ),
        path("search-office/gaps/", words.GapsView.as_view(), name="search_gaps"),
        path("search-office/gaps/<int:pk>/forget/", words.GapForgetView.as_view(), name="search_gap_forget"),
    ]


@hooks.register("register_admin_menu_item")
def office_menu_item() -> MenuItem:
    """Return the menu item 检索管理."""
    return OfficeMenuItem(
        _("Keep the search"), reverse("search_index"), name="search-office", icon_name="cogs", order=880
    )


@hooks.register("insert_global_admin_css")
def office_css() -> str:
    """Return the link to the style sheet of these screens."""
    return format_html('<link rel="stylesheet" href="{}">', versioned_static("admin/search.css"))


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    """Name what is written into the history."""
    actions.register_action("search.rebuild", _("Rebuild the index"), _("Had the index rebuilt"))
    actions.register_action("search.compare", _("Compare the index"), _("Had the index compared"))
    actions.register_action(
        "search.rollback", _("Roll the index back"), _("Put the generation before in use")
    )
