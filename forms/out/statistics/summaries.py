"""What the answers to one question come to. Fed one answer at a time; memory does not grow with the answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

#: More different values than this are not counted one by one.
MOST_VALUES = 2_000
BINS = 10


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
        self.answered = self.asked = 0

    def add(self, value: Any) -> None:
        self.asked += 1
        chosen = [value] if isinstance(value, str) else value if isinstance(value, list) else []
        if not chosen:
            return
        self.answered += 1
        for one in chosen:
            if one in self.counts or len(self.counts) < MOST_VALUES:
                self.counts[one] += 1

    def summary(self) -> Summary:
        bars = [
            Bar(self.labels.get(value, value), count, 100 * count / self.answered if self.answered else 0)
            for value, count in self.counts.items()
        ]
        return Summary(self.name, self.label, self.kind, self.answered, self.asked - self.answered, bars)


class Measuring:
    """Numbers: count, sum and mean exactly, least, most, median, and a histogram.

    The values are kept as counts of each; once there are too many different ones the histogram's bins, fixed by
    what came until then, take over and the median is no longer told.
    """

    kind = "number"

    def __init__(self, name: str, label: str) -> None:
        self.name, self.label = name, label
        self.values: Counter[Decimal] = Counter()
        self.sum = Decimal(0)
        self.least: Decimal | None = None
        self.most: Decimal | None = None
        self.answered = self.asked = self.beyond = 0

    def add(self, value: Any) -> None:
        self.asked += 1
        number = _number(value)
        if number is None:
            return
        self.answered += 1
        self.sum += number
        self.least = number if self.least is None else min(self.least, number)
        self.most = number if self.most is None else max(self.most, number)
        if number in self.values or len(self.values) < MOST_VALUES * 10:
            self.values[number] += 1
        else:
            self.beyond += 1

    def summary(self) -> Summary:
        found = Summary(self.name, self.label, self.kind, self.answered, self.asked - self.answered)
        if not self.answered or self.least is None or self.most is None:
            return found
        mean = self.sum / self.answered
        found.facts = [
            (_("Mean"), _short(mean)),
            (_("Least"), _short(self.least)),
            (_("Most"), _short(self.most)),
            (_("Sum"), _short(self.sum)),
        ]
        if not self.beyond:
            found.facts.insert(1, (_("Median"), _short(self._median())))
        found.bars = self._bars(self.least, self.most)
        return found

    def _median(self) -> Decimal:
        left, right = (self.answered - 1) // 2, self.answered // 2
        seen = 0
        ends: list[Decimal] = []
        for value, count in sorted(self.values.items()):
            ends.extend(value for place in (left, right) if seen <= place < seen + count)
            seen += count
        return sum(ends, Decimal(0)) / len(ends)

    def _bars(self, least: Decimal, most: Decimal) -> list[Bar]:
        if len(self.values) <= BINS:
            return [Bar(_short(v), n, 100 * n / self.answered) for v, n in sorted(self.values.items())]
        width = (most - least) / BINS
        counts = [0] * BINS
        for value, count in self.values.items():
            counts[min(int((value - least) / width), BINS - 1)] += count
        edges = [least + width * place for place in range(BINS + 1)]
        return [
            Bar(f"{_short(edges[i])}–{_short(edges[i + 1])}", count, 100 * count / self.answered)
            for i, count in enumerate(counts)
        ]


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


Counter_ = Counting | Measuring | Dating | Noting


def over_months(months: Counter[str], total: int) -> list[Bar]:
    """Return a bar for each month from the first to the last, empty ones too; at most the last ten years."""
    names = list(_months(min(months), max(months)))[-120:]
    return [Bar(name, months[name], 100 * months[name] / total) for name in names]


def _months(first: str, last: str) -> Iterable[str]:
    day = date(int(first[:4]), int(first[5:7]), 1)
    while f"{day:%Y-%m}" <= last:
        yield f"{day:%Y-%m}"
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _number(value: Any) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _short(number: Decimal) -> str:
    """Return the number with at most two decimals and no zeros behind."""
    text = format(number.quantize(Decimal("0.01")), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
