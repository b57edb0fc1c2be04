"""Days, months and times. Values are ISO text."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from forms.definitions.questions import Date, Month, Time
from forms.kinds.base import Kind, clean_line, raw_answer
from forms.kinds.texts import half_width

if TYPE_CHECKING:
    from forms.definitions.document import Document

_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?|(\d{4})(\d{2})(\d{2})")
_MONTH = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?|(\d{4})(\d{2})")
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
        match = _TIME.fullmatch(half_width(clean_line(typed))) if isinstance(typed, str) else None
        hour, minute = (int(part) for part in match.groups()) if match else (99, 99)
        return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else raw_answer(typed)

    def unreadable(self, question: Time) -> str:
        return _("Please type a time, for example 08:30.")

    def schema(self, question: Time, document: Document) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^\d{2}:\d{2}$"}
