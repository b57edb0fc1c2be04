"""What differs between two documents, in words: questions added, taken out, changed and moved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from forms.definitions.fault import Path
from forms.definitions.places import name_of, say_place
from forms.definitions.settings_words import setting_label

MAX_SHOWN = 120
#: Settings that are compared as parts of their own, not as values.
_PARTS = frozenset({"items", "name", "type"})


class Change(StrEnum):
    """What happened to a part."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True)
class Setting:
    """A setting with what it was and what it is."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Difference:
    """One part that differs. `place` is in words: where it stands now, or stood before it was taken out."""

    change: Change
    place: str
    name: str
    settings: tuple[Setting, ...] = ()
    #: Where it stood before it was moved.
    before: str = ""


@dataclass(frozen=True)
class _Part:
    path: Path
    content: dict[str, Any]
    key: str
    #: The part that holds it.
    holder: str


def differences(old: dict[str, Any], new: dict[str, Any]) -> list[Difference]:
    """Return what differs, in the order of the newer document; what was taken out comes last.

    Parts are the same when they have the same name: a question that was renamed is one less and one more.
    """
    before, after = _parts(old), _parts(new)
    found = [*_front(old, new)]
    for key, part in after.items():
        found += _of_part(key, part, before.get(key), old, new)
    for key, part in before.items():
        if key not in after:
            found.append(Difference(Change.REMOVED, say_place(old, part.path), name_of(part.content)))
    return [*found, *_lists(old, new)]


def _of_part(
    key: str, part: _Part, was: _Part | None, old: dict[str, Any], new: dict[str, Any]
) -> Iterator[Difference]:
    place, name = say_place(new, part.path), name_of(part.content)
    if was is None:
        yield Difference(Change.ADDED, place, name)
        return
    if was.holder != part.holder:
        yield Difference(Change.MOVED, place, name, before=say_place(old, was.path))
    changed = tuple(_settings(was.content, part.content))
    if changed:
        yield Difference(Change.CHANGED, place, name, changed)


def _front(old: dict[str, Any], new: dict[str, Any]) -> Iterator[Difference]:
    changed = [
        Setting(setting_label(key), shown(old.get(key)), shown(new.get(key)))
        for key in ("title", "intro", "thanks", "summary")
        if (old.get(key) or "") != (new.get(key) or "")
    ]
    about_before, about_after = old.get("about") or {}, new.get("about") or {}
    changed += _settings(about_before, about_after)
    if changed:
        yield Difference(Change.CHANGED, _("the form itself"), "", tuple(changed))


def _parts(content: dict[str, Any]) -> dict[str, _Part]:
    """Return steps, questions and scores by kind and name, in order."""
    found: dict[str, _Part] = {}
    for number, step in enumerate(content.get("steps", ())):
        path: Path = ("steps", number)
        _put(found, _Part(path, step, f"step/{name_of(step)}", ""))
        for part in _items(step.get("items", ()), path, f"step/{name_of(step)}"):
            _put(found, part)
    for number, score in enumerate(content.get("scores", ())):
        _put(found, _Part(("scores", number), score, f"score/{name_of(score)}", ""))
    return found


def _put(found: dict[str, _Part], part: _Part) -> None:
    found.setdefault(part.key, part)


def _items(items: Any, path: Path, holder: str) -> Iterator[_Part]:
    for number, item in enumerate(items):
        key = f"item/{name_of(item)}"
        part = _Part((*path, "items", number), item, key, holder)
        yield part
        yield from _items(item.get("items", ()), part.path, key)


def _settings(before: dict[str, Any], after: dict[str, Any]) -> Iterator[Setting]:
    keys = dict.fromkeys((*before, *after))
    if before.get("type") != after.get("type"):
        yield Setting(setting_label("type"), shown(before.get("type")), shown(after.get("type")))
    for key in keys:
        if key not in _PARTS and not _same(before.get(key), after.get(key)):
            yield Setting(setting_label(key), shown(before.get(key)), shown(after.get(key)))


def _same(before: Any, after: Any) -> bool:
    return before == after or (before in (None, "", False, [], {}) and after in (None, "", False, [], {}))


def _lists(old: dict[str, Any], new: dict[str, Any]) -> Iterator[Difference]:
    before, after = old.get("lists") or {}, new.get("lists") or {}
    for name in dict.fromkeys((*after, *before)):
        place = say_place(new, ("lists", name))
        if name not in before:
            yield Difference(Change.ADDED, place, name)
        elif name not in after:
            yield Difference(Change.REMOVED, place, name)
        elif before[name] != after[name]:
            yield Difference(Change.CHANGED, place, name, tuple(_choices(before[name], after[name])))


def _choices(before: dict[str, Any], after: dict[str, Any]) -> Iterator[Setting]:
    was = {choice["value"]: choice for choice in before.get("choices", ())}
    now = {choice["value"]: choice for choice in after.get("choices", ())}
    for value in dict.fromkeys((*now, *was)):
        left, right = was.get(value), now.get(value)
        if left != right:
            label = _("choice “%(label)s”") % {"label": value}
            yield Setting(label, _shown_choice(left), _shown_choice(right))
    if before.get("codes") != after.get("codes"):
        yield Setting(setting_label("codes"), shown(before.get("codes")), shown(after.get("codes")))
    if list(was) != list(now) and set(was) == set(now):
        yield Setting(_("Order"), "、".join(was), "、".join(now))


def _shown_choice(choice: dict[str, Any] | None) -> str:
    if choice is None:
        return _("not there")
    points = choice.get("score")
    return f"{choice.get('label', '')} ({points})" if points is not None else str(choice.get("label", ""))


def shown(value: Any) -> str:
    """Return a setting's value for people."""
    if value in (None, "", [], {}):
        return _("empty")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list | tuple):
        return "、".join(str(one.get("label") or one) if isinstance(one, dict) else str(one) for one in value)
    text = str(value)
    return text if len(text) <= MAX_SHOWN else f"{text[: MAX_SHOWN - 1]}…"
