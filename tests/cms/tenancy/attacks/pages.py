"""Attacks on pages: choosers, lists, what a page belongs to and points to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cms.pages.models import ActivityNewsPage
from tests.cms.moderation.forms import form_data
from tests.cms.tenancy.attacks.base import (
    DRAFT,
    NEWS,
    Attack,
    admin,
    changed,
    tells,
    v3,
)
from tests.cms.tenancy.world import CANARY, World
from tests.factories import make_policy


def search_others_drafts(world: World) -> bool:
    answer = admin(world, "wagtailadmin_choose_page_search", q="草稿")
    return tells(answer, DRAFT) or tells(answer, f"/pages/{world.b.draft.pk}/")


def read_an_unpublished_title_of_the_bureau(world: World) -> bool:
    page = make_policy("公开办法")
    page.title = f"新名称{CANARY}"
    page.save_revision()
    return tells(admin(world, "wagtailadmin_choose_page_child", page.get_parent().pk))


def ping_on_anothers_page(world: World) -> bool:
    name = "wagtailadmin_editing_sessions:ping"
    return admin(world, name, "cms", "activitynewspage", world.b.draft.pk, 1, data={}).status_code == 200


def name_a_page_in_a_bulk_action(world: World) -> bool:
    answer = admin(
        world, "wagtail_bulk_action", "cms", "basepage", "delete", id=world.b.draft.pk, next="/admin/"
    )
    return tells(answer)


def read_a_page_of_b(world: World) -> bool:
    return v3(world, "GET", f"/pages/{world.b.draft.pk}/?version=draft").status_code == 200


def write_a_page_of_b(world: World) -> bool:
    pk, here = world.b.draft.pk, {"destination_id": world.a.news_index.pk}
    calls = [
        v3(world, "PATCH", f"/pages/{pk}/", {"meta": NEWS, "place": "x"}),
        v3(world, "POST", f"/pages/{pk}/actions/move/", here),
        v3(world, "POST", f"/pages/{pk}/actions/copy/", here),
        v3(world, "POST", f"/pages/{world.b.live.pk}/actions/create_alias/", here),
        v3(world, "DELETE", f"/pages/{pk}/"),
    ]
    return any(answer.status_code < 400 for answer in calls)


def open_a_page_of_b(world: World) -> bool:
    screens = ("edit", "history", "usage", "view_draft", "workflow_history", "move", "copy")
    answers = [admin(world, f"wagtailadmin_pages:{name}", world.b.draft.pk) for name in screens]
    return any(map(tells, answers))


def find_a_page_of_b(world: World) -> bool:
    found = admin(world, "wagtailadmin_pages:search_results", q="草稿")
    return tells(found) or tells(admin(world, "wagtailadmin_explore", world.b.news_index.pk), DRAFT)


def compare_versions_of_b(world: World) -> bool:
    name = "wagtailadmin_pages:revisions_compare"
    return tells(admin(world, name, world.b.draft.pk, "earliest", "latest"))


def name_another_school_in_a_new_page(world: World) -> bool:
    page = ActivityNewsPage(title="x", slug="x", school=world.b.school, kind=world.a.draft.kind)
    world.a.news_index.add_child(instance=page)
    return changed(page).school == world.b.school


def keep_the_school_over_a_move(world: World) -> bool:
    changed(world.a.draft).move(world.b.news_index, pos="last-child", user=world.people["bureau_editor"])
    return changed(world.a.draft).school == world.a.school


def edit_with(field: str, value: Callable[[World], Any]) -> Attack:
    """The admin's form takes an id of school B in this field."""

    def attack(world: World) -> bool:
        data = form_data(world.a.draft, world.a.writer) | {field: str(value(world))}
        admin(world, "wagtailadmin_pages:edit", world.a.draft.pk, data=data)
        draft = changed(world.a.draft).get_latest_revision_as_object()
        return getattr(draft, f"{field}_id") == value(world)

    return attack


def link_to_a_draft_of_b(world: World) -> bool:
    text = f'<p><a linktype="page" id="{world.b.draft.pk}">x</a></p>'
    data = {"meta": NEWS, "body": [{"type": "text", "value": text}]}
    return v3(world, "PATCH", f"/pages/{world.a.draft.pk}/", data).status_code == 200
