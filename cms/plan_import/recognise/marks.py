"""Numbering (编号) as official documents use it: 一、 （一） 1、 （1） ① and what people make of it."""

from __future__ import annotations

import re
from typing import NamedTuple

from cms.plan_import.lines import flat

_HAN = "一二三四五六七八九十"
_DIGITS = {character: number for number, character in enumerate("零一二三四五六七八九")}
_DIGITS |= {"〇": 0, "○": 0, "两": 2}

#: Rank -> pattern over the flat text. A smaller rank stands above a greater (GB/T 9704: 一、（一）1.（1）).
_PATTERNS: list[tuple[int, re.Pattern[str]]] = [
    (1, re.compile(rf"第([{_HAN}百]+|\d+)(?:部分|章|节)[、,:.]?\s*")),
    (2, re.compile(rf"([{_HAN}]{{1,3}})\s*(?:[、.]|,(?=\D))\s*")),
    (3, re.compile(rf"\(\s*([{_HAN}]{{1,3}})\s*\)\s*[、.,:]?\s*")),
    (4, re.compile(r"(\d{1,2})\s*(?:、|[.](?!\d)|,(?!\d))\s*")),
    (5, re.compile(r"\(?\s*(\d{1,2})\s*\)\s*[、.,:]?\s*")),
    (6, re.compile(r"([①-⑳])\s*[、.,:]?\s*")),
    (7, re.compile(r"\(?([A-Za-z])(?:[、)]|[.](?=[^A-Za-z0-9]))\s*")),
]


class Mark(NamedTuple):
    """A number at the start of a line: `rank` by its style, `end` where the words begin."""

    rank: int
    number: int
    end: int


def mark_of(text: str) -> Mark | None:
    """Return the numbering that the line starts with, None when there is none."""
    plain = flat(text)
    for rank, pattern in _PATTERNS:
        if match := pattern.match(plain):
            return Mark(rank, number_of(match[1]), match.end())
    return None


def number_of(word: str) -> int:
    """Return the number that 三, 十二, 廿一, 12, ⑤ or B stands for; 0 when it stands for none."""
    if word.isdecimal():
        return int(word)
    if "①" <= word <= "⑳":
        return ord(word) - ord("①") + 1
    if len(word) == 1 and word.isascii() and word.isalpha():
        return ord(word.lower()) - ord("a") + 1
    return _han_number(word)


def _han_number(word: str) -> int:
    if "百" in word:
        hundreds, _sign, rest = word.partition("百")
        return (_DIGITS.get(hundreds, 1)) * 100 + (_han_number(rest.lstrip("零")) if rest else 0)
    if "十" in word:
        tens, _sign, ones = word.partition("十")
        return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)
    digits = [_DIGITS[character] for character in word if character in _DIGITS]
    return int("".join(map(str, digits))) if digits and len(digits) == len(word) else 0
