"""The account desk in Wagtail's admin: addresses and menu."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.staticfiles import versioned_static

from cms.people.permissions import user_can_see_account_desk
from cms.people.views import buttons, lists, persons, sheets


class PeopleMenuItem(MenuItem):
    """Shown to whoever keeps people."""

    def is_shown(self, request: HttpRequest) -> bool:
        return user_can_see_account_desk(request.user)


def people_urls() -> list[URLPattern]:
    """Return the addresses of the desk."""
    return [
        path("people/", lists.PeopleIndex.as_view(), name="cms_people_index"),
        path("people/invite/", persons.InviteView.as_view(), name="cms_people_invite"),
        path("people/import/", sheets.ImportPeopleView.as_view(), name="cms_people_import"),
        path("people/links/", lists.LinksView.as_view(), name="cms_people_links"),
        path("people/<int:pk>/", persons.PersonView.as_view(), name="cms_person"),
        path("people/<int:pk>/edit/", persons.EditPersonView.as_view(), name="cms_person_edit"),
        path("people/<int:pk>/link/", buttons.IssueLinkView.as_view(), name="cms_person_link"),
        path("people/<int:pk>/deactivate/", buttons.DeactivateView.as_view(), name="cms_person_deactivate"),
        path("people/<int:pk>/reactivate/", buttons.ReactivateView.as_view(), name="cms_person_reactivate"),
        path("people/<int:pk>/roles/", buttons.AddRoleView.as_view(), name="cms_person_add_role"),
        path("people/roles/<int:pk>/change/", buttons.ChangeRoleView.as_view(), name="cms_role_change"),
        path("people/roles/<int:pk>/remove/", buttons.RemoveRoleView.as_view(), name="cms_role_remove"),
    ]


def people_menu_item() -> MenuItem:
    """Return the menu item of the desk."""
    return PeopleMenuItem(
        _("People"), reverse("cms_people_index"), name="people", icon_name="group", order=460
    )


def people_css() -> str:
    """Return the link to the style sheet of our own screens."""
    return format_html('<link rel="stylesheet" href="{}">', versioned_static("admin/people.css"))
