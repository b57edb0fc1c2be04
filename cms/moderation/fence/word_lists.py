"""The bureau's word lists: everybody who writes reads them, the bureau alone changes them."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from cms.moderation.fence.audience import Audience, user_belongs_to
from cms.pages.models import ActivityKind, Topic

READING = {"view", "choose"}


class WordListPolicy(ModelPermissionPolicy):
    """Lets writers read the words, so that they can name one when they author through the API."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return (action in READING and user_belongs_to(user, Audience.WRITERS)) or super().user_has_permission(
            user, action
        )

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Model) -> bool:
        return self.user_has_permission(user, action)

    def user_has_any_permission_for_instance(self, user: Any, actions: Any, instance: Model) -> bool:
        return self.user_has_any_permission(user, actions)


def register_policies() -> None:
    """Put the word lists under the policy."""
    for model in (Topic, ActivityKind):
        register_permission_policy(model, WordListPolicy(model))


def hide_word_lists(request: HttpRequest, menu_items: list[Any]) -> None:
    """Take the word lists out of the menu of those who only read them."""
    if not user_belongs_to(request.user, Audience.EDITORS):
        menu_items[:] = [item for item in menu_items if item.name != "snippets"]
