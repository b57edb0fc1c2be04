"""What stands in the builder, as a document's JSON. Nothing is refused here: the checks tell what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from forms.builder.convert.lines import read_choices, read_rows, rows_of
from forms.builder.naming import Namer
from forms.definitions.document import Note, Roster, Step
from forms.definitions.questions import QUESTION_TYPES

#: A block as Wagtail keeps it: {"type", "value", "id"}.
Raw = dict[str, Any]
ABOUT = ("register", "mode", "on", "when")
FRONT = ("title", "intro", "thanks", "summary")


def to_content(
    front: dict[str, Any], steps: list[Raw], lists: list[Raw], scores: list[Raw]
) -> dict[str, Any]:
    """Return the document's JSON. `front` holds the settings of the form itself, `register` and the like included."""
    reader = _Reader(_names_given(steps, scores), lists)
    content: dict[str, Any] = {"title": front.get("title") or ""}
    content |= {key: front[key] for key in FRONT if front.get(key)}
    if front.get("register"):
        about = {key: front[key] for key in ABOUT if front.get(key)}
        content["about"] = {"mode": "about", **about}
    content["steps"] = [reader.step(raw["value"]) for raw in steps]
    if scores:
        content["scores"] = [reader.score(raw["value"]) for raw in scores]
    if reader.lists:
        content["lists"] = reader.lists
    return content


def _names_given(steps: list[Raw], scores: list[Raw]) -> Iterator[str]:
    """Give every name that the editor has written."""
    for raw in (*steps, *scores):
        value = raw["value"]
        if value.get("name"):
            yield value["name"]
        yield from _names_given(value.get("items") or [], [])
        if raw["type"] == "matrix":
            yield from (row[0] for row in rows_of(value.get("rows") or "") if len(row) > 1 and row[0])


class _Reader:
    """Reads blocks; keeps the names that are taken and the lists of choices."""

    def __init__(self, names: Iterator[str], lists: list[Raw]) -> None:
        self.namer = Namer(names)
        self.lists: dict[str, Any] = {}
        lists_namer = Namer(raw["value"].get("name") or "" for raw in lists)
        for raw in lists:
            value = raw["value"]
            name = value.get("name") or lists_namer.make("", "list")
            if raw["type"] == "codes":
                self.lists[name] = {"codes": value.get("codes") or ""}
            else:
                self.lists[name] = {"choices": read_choices(value.get("choices") or "")}
        self.shared = frozenset(self.lists)

    def step(self, value: dict[str, Any]) -> dict[str, Any]:
        title = value.get("title") or ""
        made = {"name": value.get("name") or self.namer.make(title, "step"), "title": title}
        made |= _set(Step, value, {"name", "title", "items"})
        return {**made, "items": [self.item(raw) for raw in value.get("items") or []]}

    def item(self, raw: Raw) -> dict[str, Any]:
        kind, value = raw["type"], raw["value"]
        made = {
            "type": kind,
            "name": value.get("name") or self.namer.make(value.get("label") or "", kind),
            "label": value.get("label") or "",
        }
        if kind == "note":
            return made | _set(Note, value, {"name", "label"})
        if kind == "roster":
            made |= _set(Roster, value, {"name", "label", "items"})
            return {**made, "items": [self.item(inner) for inner in value.get("items") or []]}
        return self.question(kind, made, value)

    def question(self, kind: str, made: dict[str, Any], value: dict[str, Any]) -> dict[str, Any]:
        rewritten = {"name", "label", "required", "list", "choices", "choice_list", "extensions"}
        rewritten |= {"rows"} if kind == "matrix" else set()
        made |= _set(QUESTION_TYPES[kind], value, rewritten)
        if value.get("required_when"):
            made["required"] = value["required_when"]
        elif value.get("required"):
            made["required"] = True
        if "choices" in value:
            made["list"] = self.list_of(made["name"], value, scored=kind == "scored")
        if kind == "matrix":
            made["rows"] = read_rows(value.get("rows") or "", self.namer)
        if kind == "file" and value.get("extensions"):
            made["extensions"] = re.split(r"[\s,，、;；.]+", value["extensions"].strip(" ,，、;；.").lower())
        if kind == "integer":
            made |= {key: int(made[key]) for key in ("minimum", "maximum", "step") if _is_int(made.get(key))}
        return made

    def list_of(self, name: str, value: dict[str, Any], *, scored: bool) -> str:
        """Return the name of the question's list: a shared one, or its own, which is called as the question is."""
        text, shared = value.get("choices") or "", value.get("list") or ""
        if shared and not rows_of(text):
            return shared
        own = name if name not in self.shared else f"{name}_choices"
        self.lists[own] = {"choices": read_choices(text, scored=scored)}
        return own

    def score(self, value: dict[str, Any]) -> dict[str, Any]:
        label = value.get("label") or ""
        made: dict[str, Any] = {"name": value.get("name") or self.namer.make(label, "score"), "label": label}
        rows = rows_of(value.get("of") or "")
        if rows:
            made["of"] = [row[0] for row in rows]
        weights = {row[0]: row[1] for row in rows if len(row) > 1 and row[1]}
        bands = [{"at_least": row[0], "label": "".join(row[1:])} for row in rows_of(value.get("bands") or "")]
        made |= {"weights": weights} if weights else {}
        made |= {"bands": bands} if bands else {}
        return made | ({"expression": value["expression"]} if value.get("expression") else {})


def _set(model: Any, value: dict[str, Any], rewritten: set[str]) -> dict[str, Any]:
    """Return the settings of a part that are filled in and not at their default."""
    found = {}
    for name, field in model.model_fields.items():
        key = field.alias or name
        given = value.get(key)
        if key not in rewritten and given not in (None, "") and given != field.default:
            found[key] = given
    return found


def _is_int(text: Any) -> bool:
    return isinstance(text, str) and re.fullmatch(r"[+-]?\d{1,15}", text.strip()) is not None
