"""Title lines: 留守儿童工作计划篇一, 第二篇：…, 范文三, and a plan's own name standing alone in a line."""

from __future__ import annotations

import re
from typing import NamedTuple

from cms.plan_import.lines import Line, flat
from cms.plan_import.recognise.marks import mark_of, number_of

_ORDINAL = r"([一二三四五六七八九十百]{1,4}|\d{1,3})"
_OPEN, _CLOSE = r"[(\[【〔<《]?\s*", r"\s*[)\]】〕>》]?"
_SAMPLE = "范文|例文|样本|模板|样例"
_WORKS = "计划书?|方案|规划|要点|总结|策划书?"

#: Kind of series -> pattern over the flat text without spaces at its ends; one group is the number.
_SERIES: list[tuple[str, re.Pattern[str]]] = [
    ("piece", re.compile(rf".{{0,40}}?{_OPEN}(?:第{_ORDINAL}篇|篇\s*{_ORDINAL}){_CLOSE}")),
    ("piece", re.compile(rf"{_OPEN}(?:第{_ORDINAL}篇|篇\s*{_ORDINAL}){_CLOSE}\s*[:、.\s-]?\s*.{{0,40}}")),
    (
        "sample",
        re.compile(rf".{{0,40}}?{_OPEN}(?:{_SAMPLE})(?:第?{_ORDINAL}篇?){_CLOSE}(?:\s*[:、.]\s*.{{0,40}})?"),
    ),
    ("bracket", re.compile(rf".{{2,40}}?(?:{_WORKS}|{_SAMPLE})\s*[(\[【〔]\s*(?:之)?{_ORDINAL}\s*[)\]】〕]")),
    ("bare", re.compile(rf".{{2,40}}?(?:{_WORKS})\s*(?:之)?{_ORDINAL}")),
]
_SENTENCE = re.compile(r"[。;!?,]")
_NAME = re.compile(
    rf".{{4,60}}(?:{_WORKS}|意见|安排|预案|办法|意见书)\s*(?:[(\[【〔《].{{1,24}}[)\]】〕》])?"
)
_OWN = re.compile(
    r"\d{2,4}\s*年|\d{2}[xX]{2}\s*年?|[xX]{2,4}年|学年|学期|年度|小学|中学|学校|幼儿园|镇|乡|县|区|市|班|教育局|中心校"
    r"|留守|关爱|工作计划|工作方案|实施方案|活动方案|工作规划|工作要点"
)
_ORGANISATION = re.compile(
    r".{2,30}(?:小学|中学|学校|幼儿园|中心校|教育局|学区|完小|教学点|教育办公室|委员会|关工委|妇联|办公室)"
)
_PERIOD = re.compile(
    r"[(\[【]?\s*(?:\d{4}|\d{2}[xX]{2}|[二零一三四五六七八九]{4}).{0,24}?(?:学年度?|学期|年度?)(?:第[一二]学期|[上下]学期)?\s*[)\]】]?"
)
_MIN_BODY = 10  # characters under a title; fewer is a table of contents


class Title(NamedTuple):
    """A line of a series that opens a plan; `number` is its place in the series."""

    line: int
    kind: str
    number: int


def series_titles(lines: list[Line]) -> list[Title]:
    """Return the titles of the file's series, numbers going up; an empty list when it has none."""
    by_kind: dict[str, list[Title]] = {}
    for index, line in enumerate(lines):
        if title := _series_title(index, line):
            by_kind.setdefault(title.kind, []).append(title)
    chosen = [_ascending(_without_contents(titles, lines)) for titles in by_kind.values()]
    best = max(chosen, key=len, default=[])
    return best if len(best) >= 2 or (best and best[0].kind == "piece") else []


def _series_title(index: int, line: Line) -> Title | None:
    text = line.flat.strip()
    if len(text) > 60 or line.table is not None or mark_of(text) or _SENTENCE.search(text):
        return None
    for kind, pattern in _SERIES:
        match = pattern.fullmatch(text)
        if match and (number := number_of(next(group for group in match.groups() if group))):
            return Title(index, kind, number)
    return None


def _without_contents(titles: list[Title], lines: list[Line]) -> list[Title]:
    """Drop titles with nothing beneath: a table of contents lists them before the plans begin."""
    ends = [*(title.line for title in titles[1:]), len(lines)]
    return [
        title
        for title, end in zip(titles, ends, strict=True)
        if sum(len(line.text) for line in lines[title.line + 1 : end]) >= _MIN_BODY or end == len(lines)
    ]


def _ascending(titles: list[Title]) -> list[Title]:
    kept: list[Title] = []
    for title in titles:
        if not kept or title.number > kept[-1].number:
            kept.append(title)
    return kept


def is_plan_name(line: Line) -> bool:
    """Say whether the line alone is the name of a plan: …工作计划, …实施方案, without a full sentence."""
    text = line.flat.strip()
    if line.table is not None or mark_of(text) or _SENTENCE.search(text) or ":" in text[:-1]:
        return False
    return bool(_NAME.fullmatch(text)) and (line.level == 0 or bool(_OWN.search(text)))


def is_title_part(line: Line) -> bool:
    """Say whether a line above or below a title belongs to it: the organisation, the period."""
    text = line.flat.strip()
    return bool(_ORGANISATION.fullmatch(text) or _PERIOD.fullmatch(text)) and mark_of(text) is None


def is_generic(text: str) -> bool:
    """Say whether the title is only a number in a series (篇一, 第二篇, 范文三): it needs a name."""
    rest = re.sub(
        rf"{_OPEN}(?:第?{_ORDINAL}?(?:{_SAMPLE}|篇)(?:第?{_ORDINAL}篇?)?){_CLOSE}\s*[:、.]?", "", flat(text)
    )
    return len(rest.strip()) < 4
