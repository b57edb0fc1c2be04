"""What a page sends back for each question type, as `Kind.parse` takes it. The names are `q:` and the question's.

A question's name never holds a colon, so `q:home:detail` is always the part `detail` of the question `home`.
"""

from __future__ import annotations

from typing import Any

from django.forms import Widget

from forms.definitions.questions import Matrix, Question

SIGN = "q"
SEPARATOR = ":"


def html_name(question: str, *parts: str) -> str:
    """Return the name in the page of a question, or of a part of it."""
    return SEPARATOR.join((SIGN, question, *parts))


class Typed(Widget):
    """One text."""

    #: Whether a browser says nothing at all when the person has chosen nothing.
    silent = False

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return data.get(name)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return not self.silent and name not in data


class TypedChoice(Typed):
    """One of several buttons."""

    silent = True


class TypedMany(Typed):
    """Several texts under one name; those under `name:remove` are taken out again."""

    silent = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        values = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
        removed = set(data.getlist(f"{name}{SEPARATOR}remove")) if hasattr(data, "getlist") else set()
        return [value for value in values if value not in removed]


class TypedParts(Typed):
    """Several fields that make one answer: {"lat": "28.2", "lon": "112.9"}."""

    def __init__(self, *parts: str) -> None:
        super().__init__()
        self.parts = parts

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        typed = {part: data.get(f"{name}{SEPARATOR}{part}", "") for part in self.parts}
        return typed if any(typed.values()) else None

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return not any(f"{name}{SEPARATOR}{part}" in data for part in self.parts)


class TypedAddress(TypedParts):
    """A division and the detail. With the province alone, its first two digits stand for a code not yet whole."""

    def __init__(self) -> None:
        super().__init__("province", "code", "detail")

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        typed = super().value_from_datadict(data, files, name) or {}
        province, code = typed.pop("province", "")[:2], typed.get("code", "")
        if province and not code.startswith(province):
            typed["code"] = province
        return typed if any(typed.values()) else None


class TypedSignature(TypedParts):
    """A drawing that was stored, or a name. A drawing counts more."""

    def __init__(self) -> None:
        super().__init__("file", "name", "remove")

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        typed = super().value_from_datadict(data, files, name) or {}
        removed = typed.pop("remove", "")
        if typed.get("file") and not removed:
            return {"file": typed["file"]}
        return {"name": typed["name"]} if typed.get("name", "").strip() else None


class TypedRows(Typed):
    """A choice for each row of a matrix."""

    silent = True

    def __init__(self, question: Matrix) -> None:
        super().__init__()
        self.rows = [row.name for row in question.rows]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        typed = {row: data.get(f"{name}{SEPARATOR}{row}", "") for row in self.rows}
        return {row: value for row, value in typed.items() if value} or None


class TypedRanks(Typed):
    """A place for each choice: `name:value` holds its number. Two on one place are kept as they were typed."""

    silent = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        start = f"{name}{SEPARATOR}"
        typed = {
            key.removeprefix(start): data.get(key).strip()
            for key in data
            if key.startswith(start) and data.get(key).strip()
        }
        places = list(typed.values())
        if len(set(places)) < len(places) or not all(place.isdecimal() for place in places):
            return typed
        return sorted(typed, key=lambda value: int(typed[value]))


def widget_of(question: Question) -> Typed:
    """Return what reads the question's answer out of a page."""
    kind = question.type  # type: ignore[attr-defined]
    if isinstance(question, Matrix):
        return TypedRows(question)
    made = _WIDGETS.get(kind)
    return made() if made else Typed()


_WIDGETS: dict[str, Any] = {
    "choice": TypedChoice,
    "yes_no": TypedChoice,
    "gender": TypedChoice,
    "scored": TypedChoice,
    "consent": TypedChoice,
    "choices": TypedMany,
    "file": TypedMany,
    "photo": TypedMany,
    "ranking": TypedRanks,
    "address": TypedAddress,
    "location": lambda: TypedParts("lat", "lon", "accuracy"),
    "signature": TypedSignature,
}
