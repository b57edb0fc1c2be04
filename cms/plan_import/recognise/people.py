"""Lists of people (领导小组): 组长：… 副组长：… 成员：…, names kept as they stand, empty ones too."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from cms.plan_import.lines import Line, flat
from cms.plan_import.recognise.marks import mark_of

ROLE_LIMIT, NAMES_LIMIT = 40, 400  # PersonBlock
_HEADS = r"总?组\s*长|主\s*任|主\s*席|总\s*指\s*挥|指挥长|总负责人?|顾\s*问"
_OTHERS = (
    r"副\s*(?:组\s*长|主\s*任|主\s*席|指挥|总指挥)|成\s*员|组\s*员|委\s*员|秘书长?|干\s*事|联络[员人]"
    r"|具体负责人?|执行组长|常务副组长"
)
_PREFIX = r"(?:(?:工作|关爱|领导|留守儿童|活动)*(?:领导)?(?:小组|委员会|机构)的?)?(?:办公室)?"
_ROLE = re.compile(rf"{_PREFIX}(?:第一)?(?:{_OTHERS}|{_HEADS})\s*:\s*")
_HEAD = re.compile(rf"{_PREFIX}(?:第一)?(?:{_HEADS})\s*:")
_NEXT = re.compile(rf"[\s,;、。](?=(?:第一)?(?:{_OTHERS}|{_HEADS})\s*:)")
_NAME = r"(?:[\u4e00-\u9fff·]{2,4}(?:\s*\([^)]{1,12}\))?|[xX]{2,3})"
_ONE_NAME = re.compile(_NAME)
_NAMES_ONLY = re.compile(rf"{_NAME}(?:[\s、,]+{_NAME})+")


@dataclass
class Person:
    """One role and its names. `role` keeps its colon: no character is dropped."""

    role: str
    names: str
    lines: list[int] = field(default_factory=list)


def find_people(lines: list[Line], free: Iterable[int]) -> list[Person]:
    """Return the people of the lists found in the free lines: a head and at least one other role together."""
    found: list[Person] = []
    for run in _runs(lines, [index for index in free if lines[index].table is None]):
        roles: list[Person] = []
        for index in run:
            for person in _people_of(index, lines[index].text):
                _add(roles, person)
        if len(roles) >= 2 and any(_HEAD.match(flat(person.role)) for person in roles):
            found += roles
    return found + _from_tables(lines, free)


def _add(people: list[Person], person: Person) -> None:
    """Add a person; names without a role go on with the person before."""
    if person.role or not people:
        people.append(person)
    else:
        people[-1].names = f"{people[-1].names} {person.names}".strip()
        people[-1].lines += person.lines


def _runs(lines: list[Line], free: list[int]) -> list[list[int]]:
    """Return runs of lines that begin with a role, or go on with names."""
    runs: list[list[int]] = []
    for index in free:
        text = lines[index].flat
        if _starts_with_role(text):
            if runs and runs[-1][-1] == index - 1:
                runs[-1].append(index)
            else:
                runs.append([index])
        elif runs and runs[-1][-1] == index - 1 and _goes_on(lines, index):
            runs[-1].append(index)
    return runs


def _goes_on(lines: list[Line], index: int) -> bool:
    """Say whether the line only has names: several of them, or one above the next role."""
    text = lines[index].flat
    if len(text) > 80:
        return False
    below = lines[index + 1].flat if index + 1 < len(lines) else ""
    return bool(_NAMES_ONLY.fullmatch(text) or (_ONE_NAME.fullmatch(text) and _starts_with_role(below)))


def _starts_with_role(text: str) -> bool:
    mark = mark_of(text)
    return _ROLE.match(text, mark.end if mark else 0) is not None and len(text) <= NAMES_LIMIT


def _people_of(index: int, text: str) -> list[Person]:
    """Cut one line into its roles: 组长：张三 副组长：李四."""
    plain = flat(text)
    cuts = [0, *(match.end() for match in _NEXT.finditer(plain)), len(text)]
    people = []
    for start, end in pairwise(cuts):
        part = text[start:end]
        match = _ROLE.match(flat(part), getattr(mark_of(part), "end", 0))
        size = match.end() if match else 0
        people.append(Person("".join(part[:size].split()), part[size:].strip(), [index]))
    return people


def _from_tables(lines: list[Line], free: Iterable[int]) -> list[Person]:
    """Read a table whose first column holds the roles: 组长 | 张三 | 校长."""
    tables: dict[int, list[int]] = {}
    for index in free:
        if (number := lines[index].table) is not None:
            tables.setdefault(number, []).append(index)
    people: list[Person] = []
    for rows in tables.values():
        roles = [index for index in rows if _ROLE.fullmatch(f"{flat(lines[index].cells[0])}:")]
        if len(roles) >= 2 and any(_HEAD.match(f"{flat(lines[index].cells[0])}:") for index in roles):
            for index in roles:
                role, *rest = lines[index].cells
                people.append(Person(role, " ".join(cell for cell in rest if cell), [index]))
    return [
        person for person in people if len(person.role) <= ROLE_LIMIT and len(person.names) <= NAMES_LIMIT
    ]
