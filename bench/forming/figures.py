"""Times, and lines of the table."""

from __future__ import annotations

import statistics
from dataclasses import dataclass, field


@dataclass
class Times:
    """How long something took, in seconds, time by time."""

    each: list[float] = field(default_factory=list)

    def add(self, seconds: float) -> None:
        self.each.append(seconds)

    def clear(self) -> None:
        self.each.clear()

    @property
    def median(self) -> float:
        """Return the median in milliseconds."""
        return statistics.median(self.each) * 1000

    @property
    def p95(self) -> float:
        """Return what 95 of a hundred were quicker than, in milliseconds."""
        return sorted(self.each)[int(len(self.each) * 0.95)] * 1000


@dataclass(frozen=True)
class Line:
    """One figure: what was measured, what it must be, and whether it is."""

    what: str
    found: str
    wanted: str
    holds: bool

    def __str__(self) -> str:
        return f"{'ok ' if self.holds else 'NOT'}  {self.what:52} {self.found:>34}   wanted {self.wanted}"
