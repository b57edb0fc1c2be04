"""Putting questions into the library, and out of it into a form."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cms.service import School
from forms.builder.models import LibraryQuestion
from forms.builder.naming import Namer
from forms.definitions.permissions import user_can_design_forms
from forms.definitions.places import label_of

MAX_TITLE = 120


@dataclass
class KeepInLibrary:
    """Keep a question, note or roster of a form in the library (存入题库), with the lists of choices that it needs.

    `school` is empty for the bureau's library. Raises PermissionDenied without the right to design forms there,
    ValidationError when there is no such question.
    """

    content: dict[str, Any]
    name: str
    school: School | None
    user: Any

    @transaction.atomic
    def execute(self) -> LibraryQuestion:
        if not user_can_design_forms(self.user, self.school):
            raise PermissionDenied
        item = next((one for one in items_of(self.content) if one.get("name") == self.name), None)
        if item is None:
            raise ValidationError(_("There is no such question in the form."))
        wanted = {one["list"] for one in (item, *_inner(item)) if one.get("list")}
        lists = self.content.get("lists", {})
        kept = LibraryQuestion.objects.create(
            title=(label_of(item) or self.name)[:MAX_TITLE],
            school=self.school,
            kind=item["type"],
            content=_without_register(item),
            lists={name: lists[name] for name in wanted if name in lists},
            created_by=self.user,
        )
        log(instance=kept, action="wagtail.create", user=self.user)
        return kept


@dataclass
class RemoveFromLibrary:
    """Take a question out of the library; forms that it was put into keep theirs. Raises PermissionDenied."""

    question: LibraryQuestion
    user: Any

    @transaction.atomic
    def execute(self) -> None:
        if not user_can_design_forms(self.user, self.question.school):
            raise PermissionDenied
        log(instance=self.question, action="wagtail.delete", user=self.user, deleted=True)
        self.question.delete()


def insert(content: dict[str, Any], step: str, question: LibraryQuestion) -> dict[str, Any]:
    """Return the document with the library's question at the end of the step, under names that are free.

    Raises ValidationError when there is no such step.
    """
    content = deepcopy(content)
    target = next((one for one in content.get("steps", []) if one.get("name") == step), None)
    if target is None:
        raise ValidationError(_("There is no such step in the form."))
    item, lists = deepcopy(question.content), deepcopy(question.lists)
    namer = Namer(_names(content))
    renamed = {one["name"]: namer.free(one["name"]) for one in (item, *_inner(item))}
    own = content.setdefault("lists", {})
    list_names = Namer(own)
    moved = {
        name: name if own.get(name) == chosen else list_names.free(renamed.get(name, name))
        for name, chosen in lists.items()
    }
    for one in (item, *_inner(item)):
        one["name"] = renamed[one["name"]]
        if one.get("list") in moved:
            one["list"] = moved[one["list"]]
    own.update({moved[name]: chosen for name, chosen in lists.items()})
    target.setdefault("items", []).append(item)
    return content


def items_of(content: dict[str, Any]) -> list[dict[str, Any]]:
    """Return every question, note and roster of a document's JSON."""
    return [
        one
        for step in content.get("steps", ())
        for item in step.get("items", ())
        for one in (item, *_inner(item))
    ]


def _inner(item: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for inner in item.get("items", ()) for one in (inner, *_inner(inner))]


def _names(content: dict[str, Any]) -> list[str]:
    names = [
        one.get("name", "")
        for one in (*content.get("steps", ()), *items_of(content), *content.get("scores", ()))
    ]
    return names + [
        row["name"] for one in items_of(content) if one["type"] == "matrix" for row in one.get("rows", ())
    ]


def _without_register(item: dict[str, Any]) -> dict[str, Any]:
    """Return the item without what ties it to the register of its form."""
    kept = {key: value for key, value in item.items() if key not in ("saves_to", "items")}
    return kept | ({"items": [_without_register(one) for one in item["items"]]} if "items" in item else {})
