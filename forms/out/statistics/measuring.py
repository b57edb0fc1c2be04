"""What the numbers that answer one question come to. Memory does not grow with the answers."""

from __future__ import annotations

from collections import Counter
from decimal import Context, Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from forms.out.statistics.summaries import Bar, Summary

#: More different numbers than this are counted by a coarser measure.
MOST_NUMBERS = 5_000
#: So many different answers wait to be read as numbers.
UNREAD = 500
BINS = 10
#: So many digits that no sum of answers is rounded.
EXACT = Context(prec=80)


class Measuring:
    """Numbers: count, sum and mean exactly, least, most, median, and a histogram.

    The values are kept as counts of each. Once there are too many different ones they are rounded to tens of what
    they were rounded to before, down from their last digit, and counted so: the bars then hold to that measure,
    and the median is no longer told. All else stays exact.
    """

    kind = "number"

    def __init__(self, name: str, label: str) -> None:
        self.name, self.label = name, label
        self.unread: Counter[int | str] = Counter()
        self.values: Counter[Decimal] = Counter()
        self.sum = Decimal(0)
        self.least: Decimal | None = None
        self.most: Decimal | None = None
        self.answered = self.asked = 0
        #: What the values are rounded to, as a power of ten; None while they are counted as they are.
        self.measure: int | None = None

    def add(self, value: Any) -> None:
        """Count an answer as it stands: most come again and again, and are read as numbers only once."""
        self.asked += 1
        if isinstance(value, int | str) and not isinstance(value, bool):
            self.unread[value] += 1
            if len(self.unread) >= UNREAD:
                self._read()

    def _read(self) -> None:
        """Take the answers that came since as numbers."""
        for value, times in self.unread.items():
            number = _number(value)
            if number is None:
                continue
            self.answered += times
            self.sum = EXACT.add(self.sum, EXACT.multiply(number, Decimal(times)))
            self.least = number if self.least is None else min(self.least, number)
            self.most = number if self.most is None else max(self.most, number)
            self.values[self._rounded(number)] += times
            while len(self.values) > MOST_NUMBERS:
                self._coarsen()
        self.unread.clear()

    def _rounded(self, number: Decimal) -> Decimal:
        """Return the number by the present measure."""
        return number if self.measure is None else round(number.scaleb(-self.measure)) * _power(self.measure)

    def _coarsen(self) -> None:
        """Count by a measure ten times as coarse."""
        if self.measure is None:
            self.measure = min(_last_digit(value) for value in self.values)
        self.measure += 1
        counted, self.values = self.values, Counter()
        for value, count in counted.items():
            self.values[self._rounded(value)] += count

    def summary(self) -> Summary:
        self._read()
        found = Summary(self.name, self.label, self.kind, self.answered, self.asked - self.answered)
        if not self.answered or self.least is None or self.most is None:
            return found
        mean = EXACT.divide(self.sum, Decimal(self.answered))
        found.facts = [
            (_("Mean"), _short(mean)),
            (_("Least"), _short(self.least)),
            (_("Most"), _short(self.most)),
            (_("Sum"), _short(self.sum)),
        ]
        if self.measure is None:
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
            counts[max(0, min(int((value - least) / width), BINS - 1))] += count
        edges = [least + width * place for place in range(BINS + 1)]
        return [
            Bar(f"{_short(edges[i])}–{_short(edges[i + 1])}", count, 100 * count / self.answered)
            for i, count in enumerate(counts)
        ]


def _number(value: int | str) -> Decimal | None:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _power(exponent: int) -> Decimal:
    return Decimal(1).scaleb(exponent)


def _last_digit(number: Decimal) -> int:
    """Return the power of ten of the last digit that is written."""
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)  # noqa: S101 - only finite numbers are counted
    return exponent


def _short(number: Decimal) -> str:
    """Return the number with at most two decimals and no zeros behind."""
    try:
        text = format(EXACT.quantize(number, Decimal("0.01")), "f")
    except InvalidOperation:
        return f"{number:.6E}"
    return text.rstrip("0").rstrip(".") if "." in text else text
