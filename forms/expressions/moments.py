"""Dates and times: a moment in milliseconds, read and written in Beijing time (UTC+8, no daylight saving)."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from .errors import EvaluationError, gettext_noop

DAY = 86_400_000  # milliseconds
OFFSET = 8 * 3_600_000
_EPOCH = dt.date(1970, 1, 1).toordinal()
_LAST_DAY = dt.date.max.toordinal() - _EPOCH
_FIRST_DAY = dt.date.min.toordinal() - _EPOCH
_DATE = re.compile(r"([0-9]{1,4})-([0-9]{1,2})-([0-9]{1,2})", re.ASCII)
_TIME = re.compile(
    r"([0-9]{1,2}):([0-9]{1,2})(?::([0-9]{1,2}(?:\.[0-9]{1,9})?))?(Z|[+-][0-9]{1,2}(?::[0-9]{2})?)?", re.ASCII
)
_WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """A point in time: milliseconds since 1970-01-01T00:00Z. A date is the midnight it starts with in Beijing."""

    ms: int


def moment_of(source: str | float | dt.date) -> Moment:
    """Return the midnight of a day (a date, or its number since 1970-01-01), or what an ISO text says.

    Raises ValueError when the text is no date or date with time, or the day lies outside the years 1 to 9999.
    """
    if isinstance(source, str):
        return _read(source)
    if isinstance(source, dt.datetime):
        return Moment(round(source.timestamp() * 1000))
    if isinstance(source, dt.date):
        return moment_of(source.toordinal() - _EPOCH)
    if not _FIRST_DAY <= source <= _LAST_DAY:
        raise ValueError(source)
    return Moment(int(source) * DAY - OFFSET)


def _read(text: str) -> Moment:
    date, has_time, time = text.partition("T")
    match = _DATE.fullmatch(date)
    if not match:
        raise ValueError(text)
    day = moment_of(dt.date(int(match[1]), int(match[2]), int(match[3])))
    if not has_time:
        return day
    at = time_of(time, day)
    if at is None:
        raise ValueError(text)
    return at


def time_of(text: str, day: Moment) -> Moment | None:
    """Return the time of day on that day, None when the text is no time. With a zone it may fall on the next day."""
    match = _TIME.fullmatch(text)
    if not match:
        return None
    hours, minutes, seconds = int(match[1]), int(match[2]), float(match[3] or 0)
    if hours > 23 or minutes > 59 or seconds >= 60:
        return None
    whole = int(seconds)
    ms = ((hours * 60 + minutes) * 60 + whole) * 1000 + int(1000.0 * seconds - 1000.0 * whole)
    return Moment(day.ms + ms + (OFFSET - _zone(match[4]) if match[4] else 0))


def _zone(text: str) -> int:
    if text == "Z":
        return 0
    hours, _, minutes = text[1:].partition(":")
    size = (int(hours) * 60 + int(minutes or 0)) * 60_000
    return size if text[0] == "+" else -size


def day_number(moment: Moment) -> int:
    """Return the days since 1970-01-01 in Beijing."""
    return (moment.ms + OFFSET) // DAY


def midnight(moment: Moment) -> Moment:
    """Return the start of that day in Beijing."""
    return Moment(day_number(moment) * DAY - OFFSET)


def local(moment: Moment) -> dt.datetime:
    """Return the moment as date and time in Beijing. Raises EvaluationError outside the years 1 to 9999."""
    day, ms = divmod(moment.ms + OFFSET, DAY)
    if not _FIRST_DAY <= day <= _LAST_DAY:
        raise EvaluationError(gettext_noop("The date lies outside the years 1 to 9999."))
    date = dt.date.fromordinal(day + _EPOCH)
    return dt.datetime(date.year, date.month, date.day) + dt.timedelta(milliseconds=ms)  # noqa: DTZ001


def iso_date(moment: Moment) -> str:
    """Return YYYY-MM-DD."""
    return local(moment).date().isoformat()


def iso_time(moment: Moment) -> str:
    """Return HH:MM:SS.mmm+08:00."""
    return f"{local(moment).time().isoformat('milliseconds')}+08:00"


def iso(moment: Moment) -> str:
    """Return YYYY-MM-DDTHH:MM:SS.mmm+08:00."""
    return f"{local(moment).isoformat(timespec='milliseconds')}+08:00"


def formatted(moment: Moment, pattern: str) -> str:
    """Write the moment by a pattern with %Y %y %m %n %b %d %e %H %h %M %S %3 %a %W %%.

    Names are Chinese (11月, 周二). Raises EvaluationError for another letter after %.
    """
    at = local(moment)
    written = {
        "%": "%", "Y": f"{at.year:04}", "y": f"{at.year:04}"[2:], "m": f"{at.month:02}", "n": str(at.month),
        "b": f"{at.month}月", "d": f"{at.day:02}", "e": str(at.day), "H": f"{at.hour:02}", "h": str(at.hour),
        "M": f"{at.minute:02}", "S": f"{at.second:02}", "3": f"{at.microsecond // 1000:03}",
        "a": f"周{_WEEKDAYS[at.weekday()]}", "W": str(_week(at.date())),
    }  # fmt: skip
    pieces: list[str] = []
    signs = iter(pattern)
    for sign in signs:
        if sign != "%":
            pieces.append(sign)
            continue
        letter = next(signs, "")
        if letter not in written:
            raise EvaluationError(
                gettext_noop("“%%%(letter)s” is unknown in a date pattern. Known: %(known)s."),
                letter=letter,
                known=" ".join(f"%{known}" for known in written),
            )
        pieces.append(written[letter])
    return "".join(pieces)


def _week(date: dt.date) -> int:
    """Return the week of the year: weeks begin on Sunday, the one with 1 January is the first."""
    days_to_saturday = 6 - date.isoweekday() % 7
    if date.month == 12 and date.day + days_to_saturday > 31:
        return 1
    first_weekday = dt.date(date.year, 1, 1).isoweekday() % 7
    return (date.timetuple().tm_yday - 1 + first_weekday) // 7 + 1
