"""What the answers to one question come to. Fed one answer at a time; memory does not grow with the answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

#: More different choices than this are not counted one by one, but together as others.
MOST_VALUES = 2_000


@dataclass
class Bar:
    """One bar: its label, how many, and its share of the answers in percent."""

    label: str
    count: int
    share: float = 0.0


@dataclass
class Summary:
    """The summary of a question as people read it and as the API gives it."""

    name: str
    label: str
    kind: str
    answered: int
    missing: int
    bars: list[Bar] = field(default_factory=list)
    facts: list[tuple[str, str]] = field(default_factory=list)

    def as_data(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {
            "question": self.name,
            "label": self.label,
            "kind": self.kind,
            "answered": self.answered,
            "missing": self.missing,
            "values": [
                {"label": bar.label, "count": bar.count, "share": round(bar.share, 1)} for bar in self.bars
            ],
            "facts": dict(self.facts),
        }


class Counting:
    """Counts choices. A multiple choice counts for each that was chosen; shares are of the people who answered."""

    kind = "choices"

    def __init__(self, name: str, label: str, labels: dict[str, str]) -> None:
        self.name, self.label, self.labels = name, label, labels
        self.counts: Counter[str] = Counter(dict.fromkeys(labels, 0))
        self.answered = self.asked = self.others = 0

    def add(self, value: Any) -> None:
        self.asked += 1
        chosen = [value] if isinstance(value, str) else value if isinstance(value, list) else []
        if not chosen:
            return
        self.answered += 1
        for one in chosen:
            if one in self.counts or len(self.counts) < MOST_VALUES:
                self.counts[one] += 1
            else:
                self.others += 1

    def summary(self) -> Summary:
        counted = [(self.labels.get(value, value), count) for value, count in self.counts.items()]
        if self.others:
            counted.append((_("Others"), self.others))
        bars = [
            Bar(label, count, 100 * count / self.answered if self.answered else 0) for label, count in counted
        ]
        return Summary(self.name, self.label, self.kind, self.answered, self.asked - self.answered, bars)


class Dating:
    """Days and months, counted by month."""

    kind = "date"

    def __init__(self, name: str, label: str) -> None:
        self.name, self.label = name, label
        self.months: Counter[str] = Counter()
        self.answered = self.asked = 0
        self.first, self.last = "", ""

    def add(self, value: Any) -> None:
        self.asked += 1
        if not isinstance(value, str) or len(value) < 7:
            return
        self.answered += 1
        self.months[value[:7]] += 1
        self.first = min(self.first or value, value)
        self.last = max(self.last, value)

    def summary(self) -> Summary:
        found = Summary(self.name, self.label, self.kind, self.answered, self.asked - self.answered)
        if self.answered:
            found.facts = [(_("First"), self.first), (_("Last"), self.last)]
            found.bars = over_months(self.months, self.answered)
        return found


class Noting:
    """Texts and all else: only how many answered."""

    kind = "text"

    def __init__(self, name: str, label: str) -> None:
        self.name, self.label = name, label
        self.answered = self.asked = 0

    def add(self, value: Any) -> None:
        self.asked += 1
        self.answered += value not in (None, "", [], {})

    def summary(self) -> Summary:
        return Summary(self.name, self.label, self.kind, self.answered, self.asked - self.answered)


def over_months(months: Counter[str], total: int) -> list[Bar]:
    """Return a bar for each month from the first to the last, empty ones too; at most the last ten years."""
    names = list(_months(min(months), max(months)))[-120:]
    return [Bar(name, months[name], 100 * months[name] / total) for name in names]


def _months(first: str, last: str) -> Iterable[str]:
    day = date(int(first[:4]), int(first[5:7]), 1)
    while f"{day:%Y-%m}" <= last:
        yield f"{day:%Y-%m}"
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)
