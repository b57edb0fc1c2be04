"""What the staff's search adds to Wagtail's admin. Registrations only."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.staff_search import views


@hooks.register("register_admin_urls")
def search_urls() -> list[URLPattern]:
    """Return the addresses of the staff's search."""
    return [
        path("search/", views.SearchScreen.as_view(), name="cms_search"),
        path("search/suggest/", views.SuggestView.as_view(), name="cms_suggest"),
        path("search/similar/<slug:kind>/<int:pk>/", views.SimilarScreen.as_view(), name="cms_similar"),
        re_path(
            r"^search/results\.(?P<suffix>csv|xlsx)$", views.ExportView.as_view(), name="cms_search_export"
        ),
        path("search/saved/", views.SaveView.as_view(), name="cms_search_save"),
        re_path(
            r"^search/saved/(?P<pk>\d{1,18})/(?P<verb>delete|mail|nomail)/$",
            views.SavedVerbView.as_view(),
            name="cms_search_saved",
        ),
    ]


@hooks.register("register_admin_menu_item")
def search_menu_item() -> MenuItem:
    """Return the menu item 全文检索."""
    return MenuItem(
        _("Find plans and documents"), reverse("cms_search"), name="find", icon_name="search", order=150
    )
