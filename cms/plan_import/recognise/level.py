"""For whom a plan is: class, school, township, county or city (层级), by the words it uses for itself."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cms.plan_import.lines import flat

#: Level -> (word, weight). 我班 says who writes; 各班 only who is spoken to.
_WORDS: dict[str, list[tuple[str, float]]] = {
    "class": [
        (r"本班|我班|我所带的班级|我们班|本班级", 4),
        (r"(?<!各)(?<!全体)班主任工作中|作为(?:一名)?班主任|我在(?:日常的)?班主任", 4),
        (r"[一二三四五六七八九1-9]年级?[(（]?[一二三四五六七八九十\d]{1,2}[)）]?班", 3),
    ],
    "school": [
        (r"我校|本校(?!\()|我园|本园|我院|全校|我们学校|全园", 3),
        (r"学校(?:要|将|对|每|定期|设立|成立|领导|组织|关工委|通过)|校长负责制|校领导", 1),
        (r"(?:小学|中学|幼儿园|学校)$", 3),
    ],
    "township": [(r"我[镇乡]|本[镇乡]|全[镇乡]|[镇乡]关工委|[镇乡]党委", 3), (r"中心校|学区|镇域|各村", 1.5)],
    "county": [
        (r"我县|本县|全县|我区|本区|全区|县委县?政府", 3),
        (r"县(?:教育局|教体局|妇联|关工委|直|级)|区教体?育?局|各乡镇|各乡\(镇\)", 1.5),
    ],
    "city": [
        (r"我市|本市|全市|市委市?政府", 3),
        (r"市(?:教育局|教体局|妇联|关工委|直|级|农村)|各县\(?[市区]?|各县区|县市区|各地各校", 1.5),
    ],
}
_TITLE = [
    ("city", r"全市|我市"),
    ("county", r"全县|我县|全区|我区"),
    ("township", r"全[镇乡]|我[镇乡]"),
    ("class", r"班级?(?!主任).{0,16}(?:计划|方案|总结)|年级.{0,4}班|^我?班"),
    ("school", r"学校|小学|中学|幼儿园|完小|[我本]校|[我本]园"),
    ("township", r"镇|(?<!城)乡(?!村)|中心校|学区|街道"),
    ("county", r"县|(?<![社地校学园])区(?!域)"),
    ("city", r"市(?!场)"),
]
_CAP = 5  # a word counts so many times at most: long texts repeat themselves
_ORDER = ["class", "school", "township", "county", "city"]


def level_of(title: str, lines: Iterable[str]) -> tuple[str, bool]:
    """Return the level, and whether the text says so (False: it is a guess)."""
    if level := _level_of_title(flat(title)):
        return level, True
    text = "\n".join(flat(line) for line in lines)
    scores = {level: _score(level, text) for level in _ORDER}
    if (
        scores["class"] and scores["school"]
    ):  # a class plan speaks of its school, a school plan of its classes
        scores["class" if _speaks_as_class(text) else "school"] += 6
    best = max(_ORDER, key=lambda level: scores[level])
    return (best, True) if scores[best] >= 2 else ("school", False)


def _level_of_title(title: str) -> str:
    """A title names its author last: 心桥县城关镇中心小学三年级二班工作计划 is a class's."""
    return next((level for level, pattern in _TITLE if re.search(pattern, title)), "")


def _score(level: str, text: str) -> float:
    return sum(
        min(len(re.findall(pattern, text, re.MULTILINE)), _CAP) * weight for pattern, weight in _WORDS[level]
    )


def _speaks_as_class(text: str) -> bool:
    ours = len(re.findall(r"我班|本班|作为班主任|我所带", text))
    return ours > len(re.findall(r"我校|本校|我园|全校", text))
