"""Times of a calendar: 九月份, 1-3月, 4月上旬, 第二季度, 第1-2周, 2023年9月—2024年1月."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from cms.plan_import.lines import flat
from cms.plan_import.recognise.marks import number_of

_CN_MONTH = "十[一二]?|[一二三四五六七八九]|元|正|腊"
_MONTH = rf"(?:{_CN_MONTH}|0?[1-9](?!\d)|1[0-2](?!\d))"
_NAMED = {"元": 1, "正": 1, "腊": 12}
_YEAR = (
    r"(?:(?:\d{4}|\d{2}[xX]{1,2}|[xX]{2,4}|\*{2,4}|[一二三四五六七八九零]{4})\s*年度?"
    r"|[本今次明当]年|第二年)?\s*的?"
)
_PART = r"(?:[上中下]旬|[上下]半月|月?[初中底末]|(?:\d{1,2}|[一二三]?十?[一二三四五六七八九十])[日号])"
_SEP = r"\s*(?:-{1,2}|~|至|到|、|和|及|,)\s*"
_POINT = rf"{_YEAR}{_MONTH}\s*月份?(?:\s*{_PART})?"
_RANGE_END = rf"(?:{_SEP}(?:{_POINT}|{_PART}))?"
_WEEK = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"

_SPAN = re.compile(
    rf"(?P<bare>{_YEAR}{_MONTH}(?:{_SEP}{_MONTH})+\s*月份?(?:\s*{_PART})?)"
    rf"|(?P<months>{_POINT}{_RANGE_END})"
    r"|(?P<quarter>第?[一二三四1-4]季度)"
    rf"|(?P<weeks>第{_WEEK}\s*周?(?:{_SEP}第?{_WEEK})*\s*周(?:次)?)"
)
_MONTH_NUMBER = re.compile(rf"({_MONTH})(?=\s*月|{_SEP})")
_WEEK_NUMBER = re.compile(_WEEK)
_YEAR_BEFORE = re.compile(r"(?:\d{4}|\d{2}[xX]{1,2}|[一二三四五六七八九零]{4})\s*年度?|第二年")
_WEEKS_START = {"autumn": (9, 1), "spring": (2, 20)}


@dataclass(frozen=True)
class Span:
    """A time that a calendar row names. Months are 1 to 12, or weeks of the term when `weeks` is set."""

    start: int
    end: int
    first: int
    last: int
    weeks: bool = False

    def months(self, term: str) -> tuple[int, int]:
        """Return first and last month; weeks are counted from the usual first day of the term."""
        if not self.weeks:
            return self.first, self.last
        return _month_of_week(self.first, term), _month_of_week(self.last, term)


def span_at(text: str, start: int = 0) -> Span | None:
    """Return the time that stands at `start`, None when there is none."""
    plain = flat(text)
    match = _SPAN.match(plain, start)
    return _span(match) if match else None


def span_at_end(text: str, end: int) -> Span | None:
    """Return the time that reaches up to `end`: the longest one."""
    plain = flat(text)
    for start in range(max(0, end - 30), end):
        match = _SPAN.match(plain, start, end)
        if match and match.end() == end and not (start and plain[start - 1].isdigit()):
            return _span(match)
    return None


def starts_with_month(text: str) -> bool:
    """Say whether the line begins with a time of a calendar."""
    return span_at(text) is not None


def says_only_months(label: str) -> bool:
    """Say whether a row's label adds nothing to its months: 九月份： does not, 9月上旬 and 第一阶段（9月） do."""
    plain = flat(label).rstrip(":,、.;- ")
    match = _SPAN.fullmatch(plain)
    months = match["bare"] or match["months"] if match else None
    return months is not None and not re.search(rf"{_PART}|年|季", months)


def _span(match: re.Match[str]) -> Span:
    text = match[0]
    if match["quarter"]:
        quarter = number_of(text.replace("第", "").replace("季度", ""))
        return Span(match.start(), match.end(), quarter * 3 - 2, quarter * 3)
    if match["weeks"]:
        numbers = [number_of(word) for word in _WEEK_NUMBER.findall(text)]
        return Span(match.start(), match.end(), numbers[0], numbers[-1], weeks=True)
    words = _MONTH_NUMBER.findall(_YEAR_BEFORE.sub("", text))
    months = [_NAMED.get(word) or number_of(word) for word in words]
    return Span(match.start(), match.end(), months[0], months[-1])


def _month_of_week(week: int, term: str) -> int:
    """Return the month in which most of that week of the term lies."""
    month, day = _WEEKS_START.get(term, _WEEKS_START["autumn"])
    return (date(2023, month, day) + timedelta(days=7 * (week - 1) + 3)).month
