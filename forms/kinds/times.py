"""Days, months and times. Values are ISO text."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from forms.definitions.questions import Date, DateTime, Month, Time
from forms.kinds.base import Kind, clean_line, raw_answer
from forms.kinds.texts import half_width

if TYPE_CHECKING:
    from forms.definitions.document import Document

_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?|(\d{4})(\d{2})(\d{2})")
_MONTH = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?|(\d{4})(\d{2})")
_DAY_AND_TIME = re.compile(r"(.*[\d日])(?:T|\s)\s*(\d{1,2}\s*[:时点].*)")
_TIME = re.compile(r"(\d{1,2})\s*[:时点]\s*(\d{1,2})\s*分?(?::\d\d(?:\.\d+)?)?")


class DateKind(Kind[Date]):
    """A day: "2026-09-01". People may also type 2026/9/1, 2026年9月1日 or 20260901."""

    expression_type = "date"

    def read(self, question: Date, typed: Any) -> Any:
        day = read_day(typed) if isinstance(typed, str) else None
        return day.isoformat() if day else raw_answer(typed)

    def check(self, question: Date, value: Any, document: Document) -> list[str]:
        day = date.fromisoformat(value)
        lowest, highest = (_limit(limit) for limit in (question.minimum, question.maximum))
        if lowest and day < lowest:
            return [_("Not before %(day)s.") % {"day": show_day(lowest)}]
        if highest and day > highest:
            return [_("Not after %(day)s.") % {"day": show_day(highest)}]
        return []

    def unreadable(self, question: Date) -> str:
        return _("Please type a date that exists, for example 2026-09-01.")

    def show(self, question: Date, value: Any, document: Document) -> str:
        return show_day(date.fromisoformat(value))

    def schema(self, question: Date, document: Document) -> dict[str, Any]:
        return {"type": "string", "format": "date"}


def read_day(text: str) -> date | None:
    """Return the day that the text names, None when it names none between 1900 and 2999."""
    match = _DATE.fullmatch(half_width(clean_line(text)))
    if not match:
        return None
    year, month, day = (int(part) for part in match.groups() if part is not None)
    try:
        return date(year, month, day) if 1900 <= year < 3000 else None
    except ValueError:
        return None


def _limit(text: str) -> date | None:
    if text == "today":
        return timezone.localdate()
    return date.fromisoformat(text) if text else None


def show_day(day: date) -> str:
    """Return 2026年9月1日."""
    return f"{day.year}年{day.month}月{day.day}日"


class MonthKind(Kind[Month]):
    """A month: "2026-09"."""

    def read(self, question: Month, typed: Any) -> Any:
        match = _MONTH.fullmatch(half_width(clean_line(typed))) if isinstance(typed, str) else None
        year, month = (int(part) for part in match.groups() if part is not None) if match else (0, 0)
        return f"{year:04}-{month:02}" if 1900 <= year < 3000 and 1 <= month <= 12 else raw_answer(typed)

    def unreadable(self, question: Month) -> str:
        return _("Please type a month, for example 2026-09.")

    def show(self, question: Month, value: Any, document: Document) -> str:
        return f"{int(value[:4])}年{int(value[5:])}月"

    def schema(self, question: Month, document: Document) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^\d{4}-\d{2}$"}


class TimeKind(Kind[Time]):
    """A time of day: "08:30"."""

    expression_type = "time"

    def read(self, question: Time, typed: Any) -> Any:
        return (read_time(typed) if isinstance(typed, str) else "") or raw_answer(typed)

    def unreadable(self, question: Time) -> str:
        return _("Please type a time, for example 08:30.")

    def schema(self, question: Time, document: Document) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^\d{2}:\d{2}$"}


def read_time(text: str) -> str:
    """Return 08:30 for 8:30, 8点30分 and the like; empty when it is no time of day."""
    match = _TIME.fullmatch(half_width(clean_line(text)))
    hour, minute = (int(part) for part in match.groups()) if match else (99, 99)
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else ""


class DateTimeKind(Kind[DateTime]):
    """A day and a time: "2026-09-01T08:30", in the site's time zone."""

    expression_type = "datetime"

    def read(self, question: DateTime, typed: Any) -> Any:
        if not isinstance(typed, str):
            return raw_answer(typed)
        text = half_width(clean_line(typed))
        parts = _DAY_AND_TIME.fullmatch(text)
        day = read_day(parts[1]) if parts else None
        time = read_time(parts[2]) if parts else None
        return f"{day.isoformat()}T{time}" if day and time else _in_zone(text) or raw_answer(typed)

    def unreadable(self, question: DateTime) -> str:
        return _("Please type a date and a time, for example 2026-09-01 08:30.")

    def to_expression(self, question: DateTime, value: Any) -> str:
        """Return it as in an XForm: 2026-09-01T08:30:00.000+08:00."""
        if not isinstance(value, str):
            return ""
        moment = timezone.make_aware(datetime.fromisoformat(value))
        return moment.isoformat(timespec="milliseconds")

    def show(self, question: DateTime, value: Any, document: Document) -> str:
        return f"{show_day(date.fromisoformat(value[:10]))} {value[11:]}"

    def schema(self, question: DateTime, document: Document) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$"}


def _in_zone(text: str) -> str:
    """Return a moment that is written with its zone, as the site's clock showed it; empty when it is none."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return ""
    return "" if moment.tzinfo is None else timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")
