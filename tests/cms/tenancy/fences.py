"""Ways to take one single fence away, so that what stands behind it is seen."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import module_from_spec
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django_filters.filters import QuerySetRequestMixin
from wagtail import hooks
from wagtail.actions.registry import action_registry
from wagtail.models import GroupPagePermission
from wagtail.models.pages import PagePermissionTester

from cms.moderation.fence.audience import Audience
from cms.moderation.fence.routes import ADMIN_ROUTES, API_ROUTES
from cms.moderation.permissions import PageRules
from tests.cms.tenancy.world import World

Fence = Callable[[pytest.MonkeyPatch, World], None]


def route(*names: str) -> Fence:
    """The audience of these routes: whoever may enter the admin may enter them."""

    def open_it(patch: pytest.MonkeyPatch, world: World) -> None:
        for name in names:
            if name in API_ROUTES:
                patch.setitem(API_ROUTES, name, (Audience.STAFF, Audience.STAFF))
            else:
                patch.setitem(ADMIN_ROUTES, name, Audience.STAFF)

    return open_it


def no_right(*names: str, role: str = "school_editor") -> Fence:
    """That the role does not carry these rights of Wagtail's."""

    def grant(patch: pytest.MonkeyPatch, world: World) -> None:
        for name in names:
            app, code = name.split(".")
            world.people[role].user_permissions.add(
                Permission.objects.get(content_type__app_label=app, codename=code)
            )

    return grant


def no_page_right(right: str) -> Fence:
    """That the school's editors do not hold this right on their pages."""

    def grant(patch: pytest.MonkeyPatch, world: World) -> None:
        GroupPagePermission.objects.create(
            group=world.a.writer.groups.get(school_group__school=world.a.school),
            page=world.a.school.page,
            permission=Permission.objects.get(content_type__app_label="cms", codename=f"{right}_basepage"),
        )

    return grant


def hook(name: str, func: Callable[..., Any]) -> Fence:
    """A function that hangs in one of Wagtail's hooks."""

    def take_out(patch: pytest.MonkeyPatch, world: World) -> None:
        hooks.get_hooks(name)
        left = [entry for entry in hooks._hooks[name] if entry[0] is not func]
        assert len(left) == len(hooks._hooks[name]) - 1
        patch.setitem(hooks._hooks, name, left)

    return take_out


def replaced(path: str, value: Any) -> Fence:
    """A function or value, by its dotted path: it gives way to `value`."""

    def put(patch: pytest.MonkeyPatch, world: World) -> None:
        patch.setattr(path, value)

    return put


def stock(module: str, *names: str) -> Fence:
    """Our functions in one of Wagtail's modules: Wagtail's own come back, from a fresh copy of the module."""

    def put_back(patch: pytest.MonkeyPatch, world: World) -> None:
        ours = import_module(module)
        assert ours.__spec__
        fresh = module_from_spec(ours.__spec__)
        ours.__spec__.loader.exec_module(fresh)  # type: ignore[union-attr]
        for name in names:
            assert getattr(ours, name) is not getattr(fresh, name), name
            patch.setattr(ours, name, getattr(fresh, name))

    return put_back


def rule(*names: str) -> Fence:
    """What `PageRules` adds to Wagtail's answer."""

    def put_back(patch: pytest.MonkeyPatch, world: World) -> None:
        for name in names:
            assert name in vars(PageRules)
            patch.setattr(PageRules, name, getattr(PagePermissionTester, name))

    return put_back


def action(name: str) -> Fence:
    """Our action in the place of Wagtail's."""

    def put_back(patch: pytest.MonkeyPatch, world: World) -> None:
        from cms.pages.models import BasePage

        action_registry.get_actions_for_model(BasePage)
        ours = action_registry.actions[BasePage]
        patch.setitem(ours, name, ours[name].__mro__[1])

    return put_back


def setting(name: str, value: Any) -> Fence:
    """A setting of the site."""

    def put(patch: pytest.MonkeyPatch, world: World) -> None:
        from django.conf import settings

        patch.setattr(settings, name, value)

    return put


#: The objects that a request names are looked at, whatever the route.
OBJECTS = replaced("cms.moderation.fence.middleware.user_can_reach", lambda *_: True)
#: `/api/v3/` answers nobody without a valid token.
TOKEN = replaced("cms.moderation.fence.middleware.fence_authoring", lambda *_: None)
#: A draft's title is told to those alone who may see drafts.
DRAFT_TITLES = replaced(
    "cms.moderation.mixins.ModeratedPageMixin.get_admin_display_title",
    lambda page: page.draft_title or page.title,
)
#: The names of people in filters: those whom the reader knows.
NAMES = replaced("wagtail.admin.filters.MultipleUserFilter.get_queryset", QuerySetRequestMixin.get_queryset)
#: Who enters a route is said by roles; without that, Wagtail's own rights alone decide.
AUDIENCES = replaced("cms.moderation.fence.middleware.fence_admin", lambda *_: None)


#: A page points only to what its writer could choose.
REFERENCES = replaced("cms.moderation.forms.user_can_refer_to", lambda *_: True)
