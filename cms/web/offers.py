"""What the home page and a school's page offer to do, beside reading: pages of types that other apps bring."""

from __future__ import annotations

from typing import Any

from cms.pages.models import BasePage
from cms.pages.selectors import published

SHOWN = 6
_models: list[type[BasePage]] = []


def register_offer(model: type[BasePage]) -> None:
    """Let published pages of the type be listed on the page of the school, or the bureau, that they belong to."""
    if model not in _models:
        _models.append(model)


def offers_of(school: Any = None) -> list[BasePage]:
    """Return the newest offers of the school; without one, the bureau's. One query for each type."""
    found = [
        page
        for model in _models
        for page in published(model.objects.filter(school=school)).order_by("-first_published_at")[:SHOWN]
    ]
    return found[:SHOWN]
