"""Attacks on what all schools share: word lists, redirects, people, tokens, settings, the search."""

from __future__ import annotations

import re

from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import APIToken

from cms.pages.models import ActivityKind
from cms.people.models import User
from search.rebuild import rebuild
from tests.cms.tenancy.attacks.base import (
    DRAFT,
    admin,
    tells,
    v3,
)
from tests.cms.tenancy.world import CANARY, World
from tests.factories import make_user


def add_a_word_by_the_api(world: World) -> bool:
    v3(world, "POST", "/snippets/cms.ActivityKind/", {"name": "x", "slug": "x", "order": 1})
    return ActivityKind.objects.filter(name="x").exists()


def edit_a_word(world: World) -> bool:
    kind = ActivityKind.objects.first()
    admin(
        world, "wagtailsnippets_cms_activitykind:edit", kind.pk, data={"name": "x", "slug": "x", "order": "1"}
    )
    return ActivityKind.objects.get(pk=kind.pk).name == "x"


def delete_a_word(world: World) -> bool:
    kind = ActivityKind.objects.create(name="y", slug="y")
    admin(world, "wagtailsnippets_cms_activitykind:delete", kind.pk, data={})
    return not ActivityKind.objects.filter(pk=kind.pk).exists()


def bend_a_redirect(world: World) -> bool:
    row = Redirect.objects.create(old_path="/x", redirect_link="https://good.test")
    data = {"old_path": "/x", "redirect_link": "https://evil.test", "is_permanent": "on"}
    admin(world, "wagtailredirects:edit", row.pk, data=data)
    row.refresh_from_db()
    return "evil" in row.redirect_link


def bend_a_redirect_by_the_api(world: World) -> bool:
    row = Redirect.objects.create(old_path="/x", redirect_link="https://good.test")
    v3(world, "PUT", f"/redirects/{row.pk}/", {"old_path": "/x", "redirect_link": "https://evil.test"})
    row.refresh_from_db()
    return "evil" in row.redirect_link


def read_redirects(world: World) -> bool:
    Redirect.objects.create(old_path="/x", redirect_link=f"https://{CANARY}.test")
    return tells(v3(world, "GET", "/redirects/"))


def mint_a_token(world: World) -> bool:
    data = {"name": "x", "user": world.people["bureau_admin"].pk}
    admin(world, "wagtailusers_api_tokens:add", data=data)
    return APIToken.objects.filter(user=world.people["bureau_admin"], name="x").exists()


def make_a_user(world: World) -> bool:
    data = {
        "username": "evil",
        "email": "evil@evil.test",
        "first_name": "x",
        "last_name": "x",
        "password1": "xinqiao-evil-1",
        "password2": "xinqiao-evil-1",
        "is_superuser": "on",
        "is_active": "on",
    }
    admin(world, "wagtailusers_users:add", data=data)
    return User.objects.filter(username="evil").exists()


def open_the_settings(world: World) -> bool:
    return admin(world, "wagtailsettings:edit", "cms", "bureausettings", 1).status_code == 200


def switch_the_workflow_off(world: World) -> bool:
    workflow = world.a.submitted.get_workflow()
    admin(world, "wagtailadmin_workflows:disable", workflow.pk, data={})
    return not type(workflow).objects.get(pk=workflow.pk).active


def enter_by_a_default_group(world: World) -> bool:
    stranger = make_user()
    stranger.groups.add(*Group.objects.filter(name__in=["Editors", "Moderators"]))
    client = Client()
    client.force_login(stranger)
    return client.get(reverse("wagtailadmin_pages:edit", args=[world.b.draft.pk])).status_code == 200


def enter_by_another_host(world: World) -> bool:
    return any(
        Client().get(path, headers={"host": "evil.test"}).status_code == 200
        for path in ("/admin/login/", "/")
    )


def find_drafts_from_outside(world: World) -> bool:
    rebuild()
    answers = [Client().get(path, {"q": "草稿"}) for path in ("/search/", "/api/v1/search")]
    return any(DRAFT in re.sub("</?mark>", "", answer.content.decode()) for answer in answers)
