"""Lines that may be rows of a calendar: they begin with a time, carry one in brackets, or end with one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cms.plan_import.lines import flat
from cms.plan_import.recognise.marks import Mark, mark_of, number_of
from cms.plan_import.recognise.months import Span, span_at, span_at_end

LABEL_LIMIT = 40  # CalendarRowBlock.label
_OPEN = re.compile(r"[(\[【〔<〈“\"*●◆■▲★•-]*\s*")
_CLOSE = re.compile(r"\s*[)\]】〕>〉”\"*]*\s*(?:[:,、.;。]|-{1,2})?\s*")
_NOUNS = re.compile(r"(?:主要|具体|重点|教研|德育|活动|工作|安排|计划|内容|要点|任务)+\s*:?$")
_NAMED_STAGE = re.compile(r"[^。;!?,]{2,24}?\s*(?=[(\[【])")
_TAIL = re.compile(r"[。.;,、!\s)\]】]*$")
_TWO_NUMBERS = re.compile(r"(\d+|[一二三四五六七八九十]+)、(\d+|[一二三四五六七八九十]+)月")
_SENTENCE = re.compile(r"[。;!?]")


@dataclass(frozen=True)
class Entry:
    """A line that may be a calendar row. `label` and `work` together hold every character of the line."""

    index: int
    span: Span
    label: str
    work: str
    rank: int  # of its numbering, 9 without
    firm: bool  # the time stands apart from the work, by a sign or alone in its line
    trailing: bool = False  # the time stands at the end
    alone: tuple[str, str] | None = (
        None  # label and work when no work follows: the time, and the stage's name
    )


def entry_of(index: int, text: str, numbered_months: bool) -> Entry | None:
    """Read the line as a calendar row, None when it names no time in the right place.

    `numbered_months`: 1、9月 is the first item, about September, not January and September.
    """
    mark = mark_of(text)
    return (
        _leading(index, text, mark, numbered_months)
        or _bracketed(index, text, mark)
        or _trailing(index, text, mark)
    )


def numbers_before_months(lines: list[tuple[int, str]]) -> set[int]:
    """Return the lines where 3、4月 means item 3, about April: items count up, or the months lie apart."""
    found: set[int] = set()
    matches = [(index, match) for index, text in lines if (match := _TWO_NUMBERS.match(flat(text)))]
    pairs = [(index, number_of(match[1]), number_of(match[2])) for index, match in matches]
    for place, (index, number, month) in enumerate(pairs):
        around = [pairs[other][1] for other in (place - 1, place + 1) if 0 <= other < len(pairs)]
        if month != number + 1 or number - 1 in around[:1] or number + 1 in around[-1:]:
            found.add(index)
    return found


def _leading(index: int, text: str, mark: Mark | None, numbered_months: bool) -> Entry | None:
    """九月份： / 5月，召开 / （一）九月：/ 1、9月份 做什么."""
    plain = flat(text)
    starts = [0] if not (mark and numbered_months) else []
    starts += [mark.end] if mark else []
    for start in starts:
        opened = _OPEN.match(plain, start)
        begin = opened.end() if opened else start
        if span := span_at(text, begin):
            closed = _NOUNS.match(plain, span.end) or _CLOSE.match(plain, span.end)
            end = closed.end() if closed else span.end
            if end > LABEL_LIMIT:
                return None
            rank = mark.rank if mark and start else 9
            firm = end > span.end or end == len(text)
            return Entry(index, span, text[:end].strip(), text[end:].strip(), rank, firm)
    return None


def _bracketed(index: int, text: str, mark: Mark | None) -> Entry | None:
    """第一阶段（2023年9月）：宣传发动."""
    plain = flat(text)
    start = mark.end if mark else 0
    stage = _NAMED_STAGE.match(plain, start)
    opened = _OPEN.match(plain, stage.end()) if stage else None
    span = span_at(text, opened.end()) if opened else None
    if stage is None or span is None or plain[span.end : span.end + 1] not in tuple(")]】"):
        return None
    closed = _CLOSE.match(plain, span.end)
    end = closed.end() if closed else span.end
    if end > LABEL_LIMIT:
        return None
    label, work = text[:end].strip(), text[end:].strip()
    alone = (text[stage.end() : end].strip(), text[: stage.end()].strip())
    return Entry(index, span, label, work, mark.rank if mark else 9, firm=True, alone=alone)


def _trailing(index: int, text: str, mark: Mark | None) -> Entry | None:
    """1、调查摸底阶段4月上旬。 The label is the time; the rest of the line is the work."""
    plain = flat(text)
    tail = _TAIL.search(plain)
    end = tail.start() if tail else len(text)
    span = span_at_end(text, end)
    words = plain[mark.end if mark else 0 : span.start] if span else ""
    if span is None or not 2 <= len(words) <= 30 or _SENTENCE.search(words):
        return None
    work = f"{text[: span.start]}{text[end:]}".strip()
    return Entry(
        index, span, text[span.start : end], work, mark.rank if mark else 9, firm=True, trailing=True
    )
