"""The outline of a plan: which lines are headings, and which of those open a section."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from cms.plan_import.lines import Line, flat
from cms.plan_import.recognise.headings import glued_heading, is_known_heading, looks_like_heading
from cms.plan_import.recognise.marks import Mark, mark_of

HEADING_LIMIT = 200  # PlanSectionBlock.heading
_OWN_LINE = 45  # a heading in a line of its own
_RUN_IN = 20  # a heading that its paragraph follows in the same line, without the number
_UPPER = 2  # 第一部分 and 一、 are sections whatever they look like
_SENTENCE_END = re.compile(r"[。!?]|:(?=.{12})|\s(?=.{40})")
_CUT = re.compile(r"[。;,:!?]")
_CUT_HARD = re.compile(r"[。;!?]")


@dataclass
class Group:
    """Numbered lines that count up together: 一、 二、 三、. `headings` says whether they head anything."""

    rank: int
    members: list[int] = field(default_factory=list)
    first: int = 0
    number: int = 0
    headings: bool = False


@dataclass
class Outline:
    """`cuts`: line -> where its heading ends; `opens`: the lines that open a section."""

    cuts: dict[int, int] = field(default_factory=dict)
    opens: set[int] = field(default_factory=set)


def outline_of(lines: list[Line], free: list[int]) -> Outline:
    """Return headings and sections among the free lines; the other lines count as text below them."""
    texts = {index: lines[index] for index in free if lines[index].table is None and not lines[index].bullet}
    marks = {index: mark for index, line in texts.items() if (mark := mark_of(line.text))}
    groups = _groups(marks)
    outline = Outline()
    for group in groups:
        shaped = {i: cut for i in group.members if (cut := _heading_cut(lines, i, marks)) is not None}
        group.headings = _heads_something(group, shaped, lines, marks)
        if group.headings:
            outline.cuts |= {i: shaped.get(i, 0) or _bare_cut(lines[i].text, marks[i]) for i in group.members}
    outline.cuts = {index: cut for index, cut in outline.cuts.items() if 0 < cut <= HEADING_LIMIT}
    _open_sections(outline, lines, texts, marks, groups)
    return outline


def _groups(marks: dict[int, Mark]) -> list[Group]:
    """Put the numbers into groups; one that starts again at 1 is a new group, one that goes on is not."""
    groups: list[Group] = []
    open_at: dict[int, Group] = {}
    for index in sorted(marks):
        mark = marks[index]
        group = open_at.get(mark.rank)
        if group is None or mark.number <= group.number or (mark.number == 1 and group.number):
            group = Group(mark.rank, first=mark.number)
            groups.append(group)
            open_at[mark.rank] = group
        group.members.append(index)
        group.number = mark.number
    return groups


def _heading_cut(lines: list[Line], index: int, marks: dict[int, Mark]) -> int | None:
    """Return where the heading of a numbered line ends, None when the line has no heading's shape."""
    line, mark = lines[index], marks[index]
    words = line.flat[mark.end :]
    if line.level is not None:
        return len(line.text)
    stop = _SENTENCE_END.search(words)
    if stop and 2 <= stop.start() <= _RUN_IN and len(words) > stop.end() + 4:
        return mark.end + stop.end()
    inner = words.rstrip("。.;,:!")
    if 2 <= len(inner) <= _OWN_LINE and not _CUT_HARD.search(inner) and _has_text_below(index, lines, marks):
        return len(line.text)
    return None


def _has_text_below(index: int, lines: list[Line], marks: dict[int, Mark]) -> bool:
    """Say whether plain text, or points of a lower rank, follow the line."""
    if index + 1 >= len(lines):
        return False
    below = marks.get(index + 1)
    return below is None or below.rank > marks[index].rank


def _heads_something(group: Group, shaped: dict[int, int], lines: list[Line], marks: dict[int, Mark]) -> bool:
    """A group heads something when half of its members look like headings; the last one proves little."""
    if len(group.members) == 1 and group.first > 1:
        return False
    if group.rank <= _UPPER:
        short = sum(len(lines[index].text) <= _OWN_LINE for index in group.members)
        return bool(shaped) or short * 2 >= len(group.members)
    members = group.members[:-1] if len(group.members) >= 3 else group.members
    return sum(index in shaped for index in members) * 2 >= len(members)


def _bare_cut(text: str, mark: Mark) -> int:
    """Cut a heading with no text below: a short one whole, a long 一、 after its first clause."""
    words = flat(text)[mark.end :].rstrip("。.;,:!")
    if len(text) <= _OWN_LINE and not _CUT_HARD.search(words):
        return len(text)
    stop = _CUT.search(flat(text), mark.end + 4) if mark.rank <= _UPPER else None
    return stop.end() if stop and stop.end() <= 60 else 0


def _open_sections(
    outline: Outline, lines: list[Line], texts: dict[int, Line], marks: dict[int, Mark], groups: list[Group]
) -> None:
    """Choose the headings that open sections: those that stand under no other heading."""
    heading_groups = [group for group in groups if group.headings]
    upper = any(group.rank <= _UPPER for group in heading_groups)
    known, weak = _unnumbered(lines, texts, marks)
    outline.cuts |= known | weak
    strong = set() if upper else set(known)
    top = [group for group in heading_groups if not _is_inside(group, heading_groups, strong)]
    outline.opens = strong | {index for group in top for index in group.members}
    if not upper and not strong:
        outline.opens |= set(weak)
    outline.opens &= set(outline.cuts)


def _unnumbered(
    lines: list[Line], texts: dict[int, Line], marks: dict[int, Mark]
) -> tuple[dict[int, int], dict[int, int]]:
    """Return headings without a number: known or styled ones, and short lines above a paragraph."""
    known: dict[int, int] = {}
    weak: dict[int, int] = {}
    for index, line in texts.items():
        if index in marks:
            continue
        if line.level is not None or is_known_heading(line.text):
            known[index] = len(line.text)
        elif cut := glued_heading(line.text):
            known[index] = cut
        elif looks_like_heading(line.text, _text(lines, index - 1), _text(lines, index + 1)):
            weak[index] = len(line.text)
    return known, weak


def _is_inside(group: Group, groups: list[Group], strong: set[int]) -> bool:
    """Say whether an upper heading was open when the group began, or a group goes on after it."""
    first = group.members[0]
    if any(index < first for index in strong):
        return True
    return any(
        other.members[0] < first and (other.rank < group.rank or other.members[-1] > first)
        for other in groups
    )


def _text(lines: list[Line], index: int) -> str:
    return lines[index].text if 0 <= index < len(lines) else ""
