"""Cutting a document into plans. Every line goes to exactly one of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from cms.plan_import.lines import Line
from cms.plan_import.recognise.headings import is_known_heading
from cms.plan_import.recognise.marks import mark_of
from cms.plan_import.recognise.titles import is_generic, is_plan_name, is_title_part, series_titles

_MIN_PLAN = 80  # characters between two plan names; fewer is one title in two lines
_FOOTER = re.compile(
    r"本(?:文|文档|内容|资料|范文).{0,12}(?:由|来自|来源).{0,40}(?:整理|收集|提供|分享|网)|https?://|www\.|"
    r"版权所有|更多.{0,20}(?:范文|文档|文章)|(?:zhann|xuexila|diyifanwen|unjs|ruiwen|yjbys)\.|下载(?:文档|本文)|相关(?:文章|推荐|阅读)[:：]"
)
_FOOTER_LINES = 3


@dataclass
class PlanText:
    """The lines of one plan: title, text, and what stands around it (`front`, `footer`)."""

    title: list[Line]
    lines: list[Line]
    front: list[Line] = field(default_factory=list)
    footer: list[Line] = field(default_factory=list)

    def all_lines(self) -> list[Line]:
        """Return every line, in the order of the file."""
        return [*self.front, *self.title, *self.lines, *self.footer]


def split_plans(lines: list[Line]) -> list[PlanText]:
    """Return the plans of a document, at least one when there is any line."""
    if not lines:
        return []
    starts = [title.line for title in series_titles(lines)]
    starts = starts or _plan_names(lines) or _first_title(lines)
    if not starts:
        return [_take_footer(PlanText([], list(lines)))]
    plans = []
    for place, start in enumerate(starts):
        end = starts[place + 1] if place + 1 < len(starts) else len(lines)
        plans.append(_plan(lines[start:end]))
    _place_front(plans[0], lines[: starts[0]])
    _take_footer(plans[-1])
    return plans


def _plan(block: list[Line]) -> PlanText:
    """Take the title off the block: its first line, and lines below that name the plan or its period."""
    size = 1
    while size < min(3, len(block) - 1) and _extends_title(block, size):
        size += 1
    return PlanText(block[:size], block[size:])


def _extends_title(block: list[Line], size: int) -> bool:
    line = block[size]
    if is_generic("".join(part.text for part in block[:size])) and is_plan_name(line):
        return True
    return is_title_part(line) and sum(len(part.text) for part in block[: size + 1]) <= 80


def _place_front(plan: PlanText, front: list[Line]) -> None:
    """An organisation's name right above the first title belongs to it; the rest is front matter."""
    if front and is_title_part(front[-1]) and len(front) <= 3:
        plan.title.insert(0, front.pop())
    plan.front = front


def _plan_names(lines: list[Line]) -> list[int]:
    """Return the lines where a plan's own name opens a plan; they must look alike, with text between."""
    starts: list[int] = []
    for index, line in enumerate(lines):
        if not is_plan_name(line):
            continue
        if not starts and index > 12 and line.level != 0:
            return []
        between = sum(len(part.text) for part in lines[(starts[-1] if starts else 0) + 1 : index])
        if not starts or (between >= _MIN_PLAN and _alike(lines[starts[0]], line)):
            starts.append(index)
    return starts


def _alike(first: Line, line: Line) -> bool:
    """A second plan's name looks like the first's: same style, same last word, no less of a name."""
    if first.text == line.text:
        return True
    if first.level != line.level or first.bold != line.bold:
        return False
    return first.text[-2:] == line.text[-2:] and len(line.text) >= 8 and not is_generic(line.text)


def _first_title(lines: list[Line]) -> list[int]:
    """A styled title, or a short first line without an end, is the title of the only plan."""
    for index, line in enumerate(lines[:4]):
        if line.level == 0:
            return [index]
    first = lines[0]
    short = 4 <= len(first.text) <= 40 and first.text[-1] not in "。；，、：:;,." and first.table is None
    heading = first.bullet or mark_of(first.text) is not None or is_known_heading(first.text)
    return [0] if short and len(lines) > 1 and not heading else []


def _take_footer(plan: PlanText) -> PlanText:
    """Move a web page's last lines (本文由…整理) out of the text."""
    while plan.lines and len(plan.footer) < _FOOTER_LINES and _FOOTER.search(plan.lines[-1].text):
        plan.footer.insert(0, plan.lines.pop())
    return plan
