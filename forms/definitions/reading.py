"""Reading a form's document from JSON. What does not fit is told in words, at the part that it belongs to."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from django.utils.translation import gettext as _
from pydantic import ValidationError as InvalidDocumentError

from forms.definitions.document import Document
from forms.definitions.fault import Fault, Path, Severity
from forms.definitions.places import child_of, label_of, name_of, part_at, say_place
from forms.definitions.reading_words import advice_for, problem_with
from forms.definitions.settings_words import SETTING_LABELS, setting_label

MAX_ROUNDS = 50


def read_document(content: dict[str, Any]) -> tuple[Document | None, list[Fault]]:
    """Return the document, or nothing and what keeps the content from being one."""
    try:
        return Document.model_validate(content), []
    except InvalidDocumentError as error:
        errors = [one for one in error.errors(include_url=False) if not _is_echo(one)]
        return None, _once([fault_from(content, one) for one in errors])


def _is_echo(error: Any) -> bool:
    """Say whether a list is called too short only because of faults within it, which are told themselves."""
    return error["type"] == "too_short" and len(error["input"]) >= error["ctx"]["min_length"]


def read_leniently(content: dict[str, Any]) -> tuple[Document | None, list[Fault]]:
    """Return what can be read of the content, without the parts that are faulty, and the faults of those.

    For looking at a form that is still being built. Nothing when not even a step is left.
    """
    content = deepcopy(content)
    found: list[Fault] = []
    for _round in range(MAX_ROUNDS):
        document, faults = read_document(content)
        found += faults if not found else []
        if document is not None:
            return document, found
        for path in _backwards({_cut_at(content, fault) for fault in faults}):
            if not _cut(content, path):
                return None, found
    return None, found


def _cut_at(content: Any, fault: Fault) -> Path:
    """Return the path of what to leave out: a setting where the part can do without it, else the part."""
    needed = {"label", "name", "type", "list", "value", "steps", "text", "calculation", "register", "mode"}
    part = part_at(content, fault.path)
    if fault.setting not in needed and isinstance(part, dict) and fault.setting in part:
        return (*fault.path, fault.setting)
    return fault.path


def _backwards(paths: set[Path]) -> list[Path]:
    """Return the paths so that cutting one moves none that comes after."""
    return sorted(paths, key=lambda path: [str(key).zfill(6) for key in path], reverse=True)


def _cut(content: Any, path: Path) -> bool:
    if not path:
        return False
    holder, key = part_at(content, path[:-1]), path[-1]
    if isinstance(holder, dict) and key in holder:
        del holder[key]
        return True
    if isinstance(holder, list) and isinstance(key, int) and key < len(holder):
        del holder[key]
        return True
    return False


def fault_from(content: Any, error: Any) -> Fault:
    """Return a fault for one of pydantic's errors."""
    path, setting = split_location(content, error["loc"])
    part = part_at(content, path)
    problem = problem_with(error)
    return Fault(
        severity=Severity.ERROR,
        place=say_place(content, path),
        question=name_of(part),
        label=label_of(part),
        message=_("“%(setting)s” %(problem)s.") % {"setting": setting_label(setting), "problem": problem}
        if setting
        else _("This part %(problem)s.") % {"problem": problem},
        advice=advice_for(error, setting),
        path=path,
        setting=setting,
        check="shape",
    )


def split_location(content: Any, location: tuple[Any, ...]) -> tuple[Path, str]:
    """Return the path of the part and the setting that pydantic's location means.

    Its location also names the member of a union that it tried ("text", "bool"): those are no part of the path.
    """
    path: list[str | int] = []
    node = content
    for key in location:
        if isinstance(node, dict) and key == node.get("type") and path and isinstance(path[-1], int):
            continue
        child = child_of(node, key)
        if child is None and key not in SETTING_LABELS and not _is_new_key(node, key):
            break
        path.append(key)
        node = child
    parts = _part_length(path)
    setting = next((str(key) for key in path[parts:] if isinstance(key, str)), "")
    return tuple(path[:parts]), setting


def _is_new_key(node: Any, key: Any) -> bool:
    return isinstance(node, dict) and isinstance(key, str) and key in node


def _part_length(path: list[str | int]) -> int:
    """Return how much of the path leads to a part: up to the last number, list's name or `about`."""
    length = 0
    for place, key in enumerate(path):
        before = path[place - 1] if place else None
        if (isinstance(key, int) and before in ("steps", "items", "rows", "choices", "scores", "bands")) or (
            before == "lists" or key == "about"
        ):
            length = place + 1
    return length


def _once(faults: list[Fault]) -> list[Fault]:
    """Return each fault once: a union tells the same of each of its members."""
    return list({(fault.path, fault.setting): fault for fault in reversed(faults)}.values())[::-1]
