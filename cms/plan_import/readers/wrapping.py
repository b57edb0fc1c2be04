"""Paragraphs from lines: a PDF and some text files break a paragraph wherever the page ends."""

from __future__ import annotations

import re
import unicodedata

from cms.plan_import.lines import Line
from cms.plan_import.recognise.marks import mark_of
from cms.plan_import.recognise.months import starts_with_month
from cms.plan_import.recognise.titles import is_plan_name

_ENDS = "。！？；：.!?;:…”’」』》）)]】"
_LONG = 30  # a broken paragraph has at least so many characters before the break
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LABEL = re.compile(r"^\s*(?:附件?|注|备注|副?组长|组员|成员|主任|时间|地点|主题)\s*[：:]")


def unwrap(lines: list[str], page_breaks: bool = False) -> list[str]:
    """Join lines that belong to one paragraph.

    A document counts as hard-wrapped when most of its unfinished lines are of one width (a PDF always
    does); there, full lines go on in the next. Elsewhere only a long line without an end goes on.
    """
    width = _page_width(lines, always=page_breaks)
    joined: list[str] = []
    last = ""
    for line in lines:
        if joined and _goes_on(last, line, width):
            joined[-1] = _join(joined[-1], line)
        else:
            joined.append(line)
        last = line
    return joined


def width_of(text: str) -> int:
    """Return the width in columns: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)


def _page_width(lines: list[str], always: bool) -> int | None:
    """Return the width of a full line, None when the text is not hard-wrapped."""
    widths = sorted(width_of(line) for line in lines)
    if len(widths) < (4 if always else 12):
        return None
    full = widths[int(len(widths) * 0.9)]
    near = sum(full - 6 <= width <= full + 2 for width in widths) / len(widths)
    wrapped = 30 <= full <= 160 and widths[-1] <= full + 8 and near >= (0.15 if always else 0.4)
    return full if wrapped else None


def _goes_on(last: str, line: str, width: int | None) -> bool:
    if mark_of(line) or starts_with_month(line) or _LABEL.match(line):
        return False
    if is_plan_name(Line(last)):
        return False
    if width is not None:
        return width_of(last) >= width - 6
    return len(last) >= _LONG and last[-1] not in _ENDS and "，" in last and _finishes(line)


def _finishes(line: str) -> bool:
    """Say whether the line looks like the rest of a sentence: starts in the middle, ends with a full stop."""
    return len(line) >= _LONG and bool(_HAN.match(line)) and line[-1] in _ENDS


def _join(first: str, second: str) -> str:
    glue = " " if first[-1:].isascii() and first[-1:].isalnum() and second[:1].isascii() else ""
    return f"{first}{glue}{second}"
