"""Sending what somebody of school A, or a stranger, would send."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from cms.pages.models import ActivityNewsPage, BasePage
from tests.cms.tenancy.world import CANARY, World

Attack = Callable[[World], bool]
EDITOR = "school_editor"
DRAFT = f"草稿{CANARY}"
NEWS = {"type": "cms.ActivityNewsPage"}


def admin(world: World, name: str, *args: Any, role: str = EDITOR, data: Any = None, **query: Any) -> Any:
    """Open a screen of the admin, or send it `data`."""
    url, client = reverse(name, args=args), world.client(role)
    return client.get(url, query) if data is None else client.post(url, data)


def v3(world: World, method: str, path: str, data: Any = None, role: str = EDITOR) -> Any:
    """Call the authoring API with a token of the role."""
    client = Client(raise_request_exception=False)
    headers = {"authorization": f"Bearer {world.token(role)}"}
    return client.generic(
        method, f"/api/v3{path}", json.dumps(data or {}), "application/json", headers=headers
    )


def tells(answer: Any, word: str = CANARY) -> bool:
    """Say whether the answer shows the word, also where JSON has escaped it."""
    text = answer.content.decode()
    return answer.status_code == 200 and (word in text or json.dumps(word)[1:-1] in text)


def shows(name: str, *args: Callable[[World], Any], word: str = CANARY, **query: Any) -> Attack:
    """A screen tells an editor of school A a word of school B. `args` and `query` may look into the world."""

    def attack(world: World) -> bool:
        asked = {key: value(world) if callable(value) else value for key, value in query.items()}
        return tells(admin(world, name, *(arg(world) for arg in args), **asked), word)

    return attack


def opens(name: str, *args: Callable[[World], Any], role: str = EDITOR, data: Any = None) -> Attack:
    """A screen opens to somebody who has no business there."""
    return lambda world: (
        admin(world, name, *(arg(world) for arg in args), role=role, data=data).status_code == 200
    )


def changed(page: BasePage) -> ActivityNewsPage:
    """The page as it is now."""
    return ActivityNewsPage.objects.get(pk=page.pk)
