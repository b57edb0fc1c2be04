"""The answers of one filling of a form, by (roster item, question), as in the UK census runner.

An answer is kept whether or not it is on the path; who reads answers for use asks the outcome of a run first.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

#: The id of the item outside any roster.
TOP = ""
#: (item id, question name). The item id alone tells the roster and its place, since ids are unique in a filling.
Key = tuple[str, str]


def new_item_id() -> str:
    """Return an id for a new roster item: 12 letters and digits, no two alike in any filling."""
    return secrets.token_hex(6)


@dataclass
class Answers:
    """Values by key, and the items of each roster in order, by (id of the item that holds it, roster name)."""

    values: dict[Key, Any] = field(default_factory=dict)
    rosters: dict[Key, list[str]] = field(default_factory=dict)

    def get(self, name: str, item: str = TOP) -> Any:
        """Return the answer, None where there is none."""
        return self.values.get((item, name))

    def put(self, name: str, value: Any, item: str = TOP) -> None:
        """Keep an answer; None takes it away."""
        if value is None or value == "" or value == []:
            self.values.pop((item, name), None)
        else:
            self.values[item, name] = value

    def items(self, roster: str, parent: str = TOP) -> list[str]:
        """Return the ids of the roster's items, in order."""
        return self.rosters.get((parent, roster), [])

    def add_item(self, roster: str, parent: str = TOP, item: str | None = None) -> str:
        """Put a new item at the end of the roster and return its id."""
        item = item or new_item_id()
        self.rosters.setdefault((parent, roster), []).append(item)
        return item

    def remove_item(self, roster: str, item: str, parent: str = TOP) -> None:
        """Take an item with its answers and inner items out of the roster. Unknown items are no error."""
        ids = self.rosters.get((parent, roster), [])
        if item in ids:
            ids.remove(item)
        for holder, inner in [key for key in self.rosters if key[0] == item]:
            for child in list(self.rosters[holder, inner]):
                self.remove_item(inner, child, item)
            del self.rosters[holder, inner]
        for key in [key for key in self.values if key[0] == item]:
            del self.values[key]

    def copy(self) -> Answers:
        """Return answers that can be changed without changing these. A value itself is replaced, never changed."""
        return Answers(dict(self.values), {key: list(ids) for key, ids in self.rosters.items()})

    def to_json(self) -> dict[str, Any]:
        """Return {"values": {name: value}, "rosters": {name: [{"id", "values", "rosters"}]}}; empty keys left out."""
        values, rosters = _by_owner(self.values), _by_owner(self.rosters)

        def of(item: str) -> dict[str, Any]:
            inner = {
                name: [{"id": child, **of(child)} for child in ids]
                for name, ids in rosters.get(item, {}).items()
            }
            return {key: part for key, part in (("values", values.get(item)), ("rosters", inner)) if part}

        return of(TOP)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Answers:
        """Read what `to_json` wrote. Raises ValueError when an item id comes twice."""
        answers = cls()
        answers._read(data, TOP, set())
        return answers

    def _read(self, data: dict[str, Any], item: str, seen: set[str]) -> None:
        for name, value in data.get("values", {}).items():
            self.values[item, name] = value
        for name, children in data.get("rosters", {}).items():
            self.rosters[item, name] = []
            for child in children:
                child_id = child["id"]
                if not child_id or child_id in seen:
                    raise ValueError("An item id comes twice.")
                seen.add(child_id)
                self.rosters[item, name].append(child_id)
                self._read(child, child_id, seen)

    @classmethod
    def from_plain(cls, data: dict[str, Any], rosters: AbstractSet[str]) -> Answers:
        """Read {"question": value, "roster": [{"question": value}]}; `rosters` tells which names are rosters.

        The items get ids from their places, so that the same data gives the same answers. An item that is no object
        is an empty one.
        """
        answers = cls()
        answers._read_plain(data, rosters, TOP)
        return answers

    def _read_plain(self, data: dict[str, Any], rosters: AbstractSet[str], item: str) -> None:
        for name, value in data.items():
            if name in rosters and isinstance(value, list):
                for number, child in enumerate(value, 1):
                    child_id = self.add_item(name, item, f"{item}{name}.{number}.")
                    self._read_plain(child if isinstance(child, dict) else {}, rosters, child_id)
            else:
                self.put(name, value, item)

    def to_plain(self) -> dict[str, Any]:
        """Return what `from_plain` reads."""
        values, rosters = _by_owner(self.values), _by_owner(self.rosters)

        def of(item: str) -> dict[str, Any]:
            inner = {name: [of(child) for child in ids] for name, ids in rosters.get(item, {}).items()}
            return {**values.get(item, {}), **inner}

        return of(TOP)

    def walk_items(self) -> Iterator[tuple[str, str, str]]:
        """Give (parent id, roster, item id) of every item, outer ones first."""
        for (parent, roster), ids in sorted(self.rosters.items(), key=lambda entry: entry[0][0] != TOP):
            for item in ids:
                yield parent, roster, item


def _by_owner(kept: dict[Key, Any]) -> dict[str, dict[str, Any]]:
    """Return what is kept by key as {item: {name: ...}}."""
    found: dict[str, dict[str, Any]] = {}
    for (item, name), one in kept.items():
        found.setdefault(item, {})[name] = one
    return found
