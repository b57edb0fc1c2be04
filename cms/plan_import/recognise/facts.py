"""Facts about a plan: level, school year, term, day, documents it rests on, the school it names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cms.plan_import.lines import flat
from cms.plan_import.recognise.marks import number_of
from cms.text import school_year_of

_YEAR = r"(20\d{2}|二[零0][零一二三四五六七八九]{2})"
_SHORT = r"(20\d{2}|\d{2}|二零[零一二三四五六七八九]{2})"
_SCHOOL_YEAR = re.compile(
    rf"{_YEAR}\s*年?\s*(?:-{{1,2}}|~|至|到|/)\s*{_SHORT}\s*(?:学?年度?|学期|[上下]学期|第[一二]学期)"
)
_ONE_SCHOOL_YEAR = re.compile(rf"{_YEAR}\s*学年")
_SEASON = re.compile(rf"{_YEAR}\s*年?\s*([春秋])(?:季|学期|期)?")
_PLACEHOLDER = re.compile(r"20[xX*]{2}|[xX*]{2,4}\s*(?:-|年|学年)|\d{3}[xX]")
_TERM = re.compile(r"(第[一二]学期|[上下](?:学期|半学年)|[春秋](?:季|季学期|学期|期))")
_TERMS = {
    "第一学期": "autumn",
    "上": "autumn",
    "秋": "autumn",
    "第二学期": "spring",
    "下": "spring",
    "春": "spring",
}
_DAY = re.compile(
    rf"{_YEAR}\s*年\s*(\d{{1,2}}|[一二三四五六七八九十]{{1,2}})\s*月\s*(?:(\d{{1,2}}|[一二三四五六七八九十]{{1,3}})\s*日)?"
)
_CALENDAR_YEAR = re.compile(rf"(?<!到)(?<!至){_YEAR}\s*年度?(?!以|底|前|来|末)")
_QUOTED = re.compile(r"《[^》]*》")  # the year of a document is not the plan's
_NUMBER = r"[^\s()（），。；《》]{1,16}[〔\[【(（][\dxX*]{4}[〕\]】)）]\s*第?\s*\d{1,4}\s*号"
_BASIS = re.compile(
    rf"《((?:[^《》]|《[^《》]*》){{4,120}})》(?:的通知)?\s*([(（]\s*{_NUMBER}\s*[)）]|{_NUMBER})?"
)
_DOCUMENT = re.compile(
    r"(?:意见|通知|办法|方案|规定|条例|法|纲要|决定|规划|公约|标准|规范|细则|指南|纲领|要求|纲要.*|批复|决议|制度|计划)(?:[(].{1,12}[)])?$"
)
TITLE_LIMIT = 200


@dataclass(frozen=True)
class Period:
    """School year and term that the text names; `warning` is the key of what is doubtful."""

    school_year: int | None
    term: str = ""
    warning: str = ""


def period_of(title: str, lines: Iterable[str]) -> Period:
    """Read school year and term: from the title, else from the first lines and the last."""
    texts = [_QUOTED.sub("", line) for line in lines if line]
    places = [title, *texts[:4], *texts[-2:]]
    term = _term_in([title, *(text for text in texts[:2] if _SCHOOL_YEAR.search(flat(text)))])
    for text in map(flat, places):
        if found := _explicit(text, term):
            return found
    placeholder = any(_PLACEHOLDER.search(flat(text)) for text in [title, *texts])
    if placeholder:
        return Period(None, term, "placeholder")
    for text in map(flat, [title, *texts[:2]]):
        if match := _CALENDAR_YEAR.search(text):
            return Period(number_of(match[1]) or None, term, "calendar year")
    return Period(None, term, "no year")


def _explicit(text: str, term: str) -> Period | None:
    if match := _SCHOOL_YEAR.search(text):
        first, last = number_of(match[1]), number_of(match[2])
        last = last if last > 100 else first // 100 * 100 + last
        if last == first + 1:
            return Period(first, term)
    if match := _ONE_SCHOOL_YEAR.search(text):
        return Period(number_of(match[1]), term)
    if match := _SEASON.search(text):
        autumn = match[2] == "秋"
        return Period(number_of(match[1]) - (0 if autumn else 1), "autumn" if autumn else "spring")
    return None


def _term_in(texts: list[str]) -> str:
    for text in texts:
        if match := _TERM.search(flat(text)):
            return _TERMS.get(match[1]) or _TERMS[match[1][0]]
    return ""


def term_of_calendar(months: list[int]) -> str:
    """Return the term that a calendar of at least three rows fills, empty when it fills neither."""
    if len(months) < 3:
        return ""
    if set(months) <= {8, 9, 10, 11, 12, 1}:
        return "autumn"
    return "spring" if set(months) <= {2, 3, 4, 5, 6, 7} else ""


def day_of(lines: list[str]) -> date | None:
    """Return the date under the plan: a short last line that is a date."""
    for text in reversed(lines[-3:]):
        match = _DAY.search(flat(text))
        if match and match[3] and len(text) <= 20:
            try:
                return date(*(number_of(part) for part in match.groups()))
            except ValueError:
                return None
    return None


def year_of_day(day: date | None) -> int | None:
    """Return the school year that a plan of that day is for: one of July or August looks ahead."""
    if day is None:
        return None
    return day.year if day.month in (7, 8) else school_year_of(day)


def basis_of(texts: Iterable[str]) -> list[str]:
    """Return the official documents that the text names, each once, with their numbers where given."""
    found: dict[str, str] = {}
    for text in texts:
        for match in _BASIS.finditer(text):
            if _DOCUMENT.search(flat(match[1])):
                title = f"《{match[1]}》{match[2] or ''}"[:TITLE_LIMIT]
                if len(title) > len(found.get(match[1], "")):
                    found[match[1]] = title
    return list(found.values())
