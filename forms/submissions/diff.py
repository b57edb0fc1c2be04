"""What changed between two revisions, question by question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from forms.answers.answers import Key
from forms.submissions.reading import Line, Reading, ShownAnswer, ShownRoster


@dataclass(frozen=True)
class Change:
    """One answer that differs: `place` says where it stands; `old` or `new` is empty where there was none."""

    key: Key
    place: str
    label: str
    old: str
    new: str


def changes_between(old: Reading, new: Reading) -> list[Change]:
    """Return what changed, in the order of the newer form; then what the newer one no longer asks.

    Sensitive answers are compared as they are and shown as the readings show them.
    """
    before, after = _flat(old), _flat(new)
    keys = [*after, *(key for key in before if key not in after)]
    return [
        Change(
            key,
            *(after.get(key) or before[key])[:2],
            before[key][2] if key in before else "",
            after[key][2] if key in after else "",
        )
        for key in keys
        if _value(old, key, before) != _value(new, key, after)
    ]


def _value(reading: Reading, key: Key, shown: dict[Key, tuple[str, str, str]]) -> object:
    value = reading.value(key) if key in shown else None
    return value or None


def _flat(reading: Reading) -> dict[Key, tuple[str, str, str]]:
    """Return (place, label, text) of each answer."""
    found: dict[Key, tuple[str, str, str]] = {}
    for step in reading.steps:
        for place, answer in _answers(step.lines, step.title):
            found[answer.key] = (place, answer.label, answer.text)
    return found


def _answers(lines: tuple[Line, ...], place: str) -> Iterator[tuple[str, ShownAnswer]]:
    for line in lines:
        if isinstance(line, ShownAnswer):
            yield place, line
        elif isinstance(line, ShownRoster):
            for item in line.items:
                yield from _answers(item.lines, f"{place} › {item.label}")
