"""The period that a search is narrowed to: two days of the address, offered by school year too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cms.text import SCHOOL_YEAR_STARTS, school_year_label, school_year_of
from cms.web.frame import Entry
from cms.web.lists import Pairs, with_query

FROM, TO = "from", "to"
YEARS = 3  # school years offered with one tap


@dataclass(frozen=True)
class Period:
    """From a day to a day, both included; either may be missing."""

    first: date | None = None
    last: date | None = None

    @classmethod
    def of(cls, data: Mapping[str, str]) -> Period:
        """Read the two days; nonsense is left out, and days the wrong way round are turned."""
        first, last = _day(data.get(FROM, "")), _day(data.get(TO, ""))
        if first and last and first > last:
            first, last = last, first
        return cls(first, last)

    def __bool__(self) -> bool:
        return bool(self.first or self.last)

    @property
    def pairs(self) -> Pairs:
        """Return the days as parameters of an address."""
        given = ((FROM, self.first), (TO, self.last))
        return [(name, day.isoformat()) for name, day in given if day]

    @property
    def label(self) -> str:
        """Return the period in words: 2025年9月1日至2026年8月31日, or the school year's name."""
        if self.first and self == school_year_period(school_year_of(self.first)):
            return school_year_label(school_year_of(self.first))
        first, last = (date_format(day) if day else "" for day in (self.first, self.last))
        if self.first and self.last:
            return _("%(first)s to %(last)s") % {"first": first, "last": last}
        return _("since %(day)s") % {"day": first} if first else _("until %(day)s") % {"day": last}


@dataclass(frozen=True)
class PeriodBox:
    """What the filter panel shows of the period: the days chosen, and school years to choose with one tap."""

    first: date | None
    last: date | None
    years: list[Entry]


def period_box(period: Period, state: Pairs, action: str) -> PeriodBox:
    """Return the boxes for two days, and the latest school years as addresses."""
    rest = [pair for pair in state if pair[0] not in {FROM, TO}]
    latest = school_year_of(timezone.localdate())
    years = []
    for year in range(latest, latest - YEARS, -1):
        whole = school_year_period(year)
        url = with_query(action, [*rest, *whole.pairs])
        years.append(Entry(school_year_label(year), url, "true" if whole == period else ""))
    return PeriodBox(period.first, period.last, years)


def school_year_period(year: int) -> Period:
    """Return the days of the school year that began in `year`."""
    return Period(date(year, SCHOOL_YEAR_STARTS, 1), date(year + 1, SCHOOL_YEAR_STARTS - 1, 31))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == len("2026-01-31") else None
    except ValueError:
        return None
