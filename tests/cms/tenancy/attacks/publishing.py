"""Ways to the public past the bureau, a submission or another's lock."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils import timezone

from cms.pages.models import BasePage
from tests.cms.moderation.forms import form_data
from tests.cms.tenancy.attacks.base import (
    EDITOR,
    NEWS,
    Attack,
    admin,
    changed,
    v3,
)
from tests.cms.tenancy.world import World


def publish_by_the_api(world: World) -> bool:
    v3(world, "POST", f"/pages/{world.a.draft.pk}/actions/publish/")
    return changed(world.a.draft).live


def publish_while_writing(world: World) -> bool:
    data = {"meta": {**NEWS, "action": "publish"}, "place": "x"}
    v3(world, "PATCH", f"/pages/{world.a.draft.pk}/", data)
    return changed(world.a.draft).live


def publish_in_the_editor(world: World) -> bool:
    data = form_data(world.a.draft, world.a.writer) | {"action-publish": "1"}
    admin(world, "wagtailadmin_pages:edit", world.a.draft.pk, data=data)
    return changed(world.a.draft).live


def publish_in_bulk(world: World) -> bool:
    url = reverse("wagtail_bulk_action", args=["cms", "basepage", "publish"])
    world.client(EDITOR).post(f"{url}?id={world.a.draft.pk}&next=/admin/")
    return changed(world.a.draft).live


def publish_a_copy(world: World) -> bool:
    answer = v3(world, "POST", f"/pages/{world.a.live.pk}/actions/copy/", {"keep_live": True})
    return answer.status_code == 201 and BasePage.objects.get(pk=answer.json()["id"]).live


def publish_an_alias(world: World) -> bool:
    there = {"destination_id": world.a.news_index.pk, "update_slug": "y"}
    v3(world, "POST", f"/pages/{world.a.live.pk}/actions/create_alias/", there)
    return BasePage.objects.filter(alias_of=world.a.live.pk, live=True).exists()


def move_a_public_page(world: World) -> bool:
    path = f"/pages/{world.a.live.pk}/actions/move/"
    return v3(world, "POST", path, to_the_top(world)).status_code == 200


def take_a_page_off(world: World) -> bool:
    v3(world, "POST", f"/pages/{world.a.live.pk}/actions/unpublish/")
    return not changed(world.a.live).live


def set_the_hour_of_publication(world: World) -> bool:
    when = timezone.now().isoformat()
    v3(world, "PATCH", f"/pages/{world.a.draft.pk}/", {"meta": NEWS, "go_live_at": when})
    return changed(world.a.draft).get_latest_revision_as_object().go_live_at is not None


def delete_a_public_page(world: World) -> bool:
    v3(world, "DELETE", f"/pages/{world.a.live.pk}/")
    return not BasePage.objects.filter(pk=world.a.live.pk).exists()


def alias_of(world: World) -> BasePage:
    return changed(world.a.live).create_alias(parent=world.a.news_index, update_slug="y")


def take_over_a_public_alias(world: World) -> bool:
    return v3(world, "POST", f"/pages/{alias_of(world).pk}/actions/convert_alias/").status_code == 200


def convert_a_locked_alias(world: World) -> bool:
    alias = alias_of(world)
    BasePage.objects.filter(pk=alias.pk).update(locked=True, locked_by=world.people["bureau_admin"])
    path = f"/pages/{alias.pk}/actions/convert_alias/"
    return v3(world, "POST", path, role="bureau_editor").status_code == 200


def publish_over_a_submission(world: World) -> bool:
    page = world.a.submitted
    v3(world, "POST", f"/pages/{page.pk}/actions/publish/", role="bureau_editor")
    return changed(page).live or not changed(page).workflow_in_progress


def past_anothers_lock(
    what: str, page: str = "live", body: Callable[[World], Any] | None = None, role: str = "bureau_editor"
) -> Attack:
    """A bureau editor (or another role) does `what` to a page that the administrator keeps locked."""

    def attack(world: World) -> bool:
        target = getattr(world.a, page)
        BasePage.objects.filter(pk=target.pk).update(locked=True, locked_by=world.people["bureau_admin"])
        path = f"/pages/{target.pk}/actions/{what}/"
        method = "DELETE" if what == "delete" else "POST"
        return v3(world, method, path, body(world) if body else None, role).status_code < 400

    return attack


def to_the_top(world: World) -> dict[str, Any]:
    return {"destination_id": world.a.news_index.pk, "position": "first-child"}


def first_version(world: World) -> dict[str, int]:
    return {"revision_id": world.a.live.revisions.order_by("pk").first().pk}
