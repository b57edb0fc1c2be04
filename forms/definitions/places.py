"""Where something stands in a form, in words: question “出生日期” of step “基本情况”.

Reads a `Document` and a document's plain JSON alike, so that what is not a document yet can be told too.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from forms.definitions.fault import Path

MAX_LABEL = 40
#: The keys whose value is a collection of parts that people know.
COLLECTIONS = ("steps", "items", "rows", "lists", "choices", "scores", "bands")


def child_of(node: Any, key: str | int) -> Any:
    """Return what a part holds under a key or at a place, None when it holds nothing there."""
    if isinstance(node, dict):
        return node.get(key)
    if isinstance(key, int):
        return node[key] if isinstance(node, list | tuple) and 0 <= key < len(node) else None
    return None if isinstance(node, list | tuple | str) else getattr(node, key, None)


def part_at(root: Any, path: Path) -> Any:
    """Return the part at the path, None when there is none."""
    node = root
    for key in path:
        node = child_of(node, key)
    return node


def label_of(part: Any) -> str:
    """Return what people see of the part: its label or title, else its name."""
    for key in ("label", "title", "name", "value"):
        text = child_of(part, key)
        if isinstance(text, str) and text.strip():
            return shorten(text.strip())
    return ""


def name_of(part: Any) -> str:
    """Return the part's name, empty when it has none."""
    name = child_of(part, "name")
    return name if isinstance(name, str) else ""


def shorten(text: str) -> str:
    """Return the first line of a label, cut where it is long."""
    line = text.splitlines()[0] if text else ""
    return line if len(line) <= MAX_LABEL else f"{line[: MAX_LABEL - 1]}…"


def say_place(root: Any, path: Path) -> str:
    """Return the place in words, from the step to the part; empty for the form itself."""
    said = ""
    for words in _words(root, path):
        said = _("%(inner)s of %(outer)s") % {"inner": words, "outer": said} if said else words
    return said


def _words(root: Any, path: Path) -> Iterator[str]:
    node, keys = root, iter(path)
    for key in keys:
        node = child_of(node, key)
        if key in COLLECTIONS:
            within = next(keys, None)
            if within is None:
                return
            node = child_of(node, within)
            yield _say_part(str(key), node, within)
        elif key == "about":
            yield _("the relation to a register")


def _say_part(collection: str, part: Any, key: str | int) -> str:
    label = str(key) if collection == "lists" else label_of(part)
    if not label and isinstance(key, int):
        return _numbered(collection, part) % {"number": key + 1}
    return _labelled(collection, part) % {"label": label}


def _labelled(collection: str, part: Any) -> str:
    words = {
        "steps": _("step “%(label)s”"),
        "rows": _("row “%(label)s”"),
        "lists": _("list of choices “%(label)s”"),
        "choices": _("choice “%(label)s”"),
        "scores": _("score “%(label)s”"),
        "bands": _("band “%(label)s”"),
        "note": _("note “%(label)s”"),
        "roster": _("roster “%(label)s”"),
        "question": _("question “%(label)s”"),
    }
    return words[_word_for(collection, part)]


def _numbered(collection: str, part: Any) -> str:
    words = {
        "steps": _("step no. %(number)d"),
        "rows": _("row no. %(number)d"),
        "lists": _("list of choices no. %(number)d"),
        "choices": _("choice no. %(number)d"),
        "scores": _("score no. %(number)d"),
        "bands": _("band no. %(number)d"),
        "note": _("note in place %(number)d"),
        "roster": _("roster in place %(number)d"),
        "question": _("question in place %(number)d"),
    }
    return words[_word_for(collection, part)]


def _word_for(collection: str, part: Any) -> str:
    if collection != "items":
        return collection
    kind = child_of(part, "type")
    return kind if kind in ("note", "roster") else "question"
