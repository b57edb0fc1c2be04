"""Automatic numbers of a Word document, written out: Word keeps 一、 in the list, not in the text."""

from __future__ import annotations

import re
from typing import Any

from docx.oxml.ns import qn

from cms.plan_import.readers.docx_styles import Styles

_HAN = "零一二三四五六七八九"
_CHINESE = {
    "chineseCounting", "chineseCountingThousand", "chineseLegalSimplified", "japaneseCounting",
    "ideographDigital", "taiwaneseCounting", "taiwaneseCountingThousand", "japaneseDigitalTenThousand",
}  # fmt: skip
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_PLACE = re.compile(r"%(\d)")


class Numbering:
    """Counts along with the document and says which number a paragraph shows."""

    def __init__(self, document: Any, styles: Styles) -> None:
        self.styles = styles
        self.levels: dict[str, dict[int, Any]] = {}
        self.list_of: dict[str, str] = {}
        self.starts: dict[tuple[str, int], int] = {}
        self.counters: dict[str, dict[int, int]] = {}
        part = next(
            (r.target_part for r in document.part.rels.values() if r.reltype.endswith("/numbering")), None
        )
        if part is not None:
            self._read(part.element)

    def _read(self, root: Any) -> None:
        for abstract in root.findall(qn("w:abstractNum")):
            levels = {int(level.get(qn("w:ilvl"))): level for level in abstract.findall(qn("w:lvl"))}
            self.levels[abstract.get(qn("w:abstractNumId"))] = levels
        for number in root.findall(qn("w:num")):
            number_id = number.get(qn("w:numId"))
            self.list_of[number_id] = number.find(qn("w:abstractNumId")).get(qn("w:val"))
            for override in number.findall(qn("w:lvlOverride")):
                start = override.find(qn("w:startOverride"))
                if start is not None:
                    self.starts[(number_id, int(override.get(qn("w:ilvl"))))] = int(start.get(qn("w:val")))

    def of(self, paragraph: Any) -> tuple[str, bool]:
        """Return the number to write before the paragraph's text, and whether it is a bullet instead."""
        number_id, depth = self._reference(paragraph)
        levels = self.levels.get(self.list_of.get(number_id, ""), {})
        if number_id in ("", "0") or depth not in levels:
            return "", False
        counters = self._count(number_id, depth, levels)
        kind = _value(levels[depth], "numFmt") or "decimal"
        if kind in ("bullet", "none"):
            return "", kind == "bullet"
        return _PLACE.sub(
            lambda place: self._show(place, levels, counters), _value(levels[depth], "lvlText")
        ), False

    def _reference(self, paragraph: Any) -> tuple[str, int]:
        """Return list and depth, from the paragraph or else from its style."""
        for holder in (paragraph, *self.styles.chain(paragraph)):
            found = holder.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            if found is not None and (number := _value(found, "numId")):
                return number, int(_value(found, "ilvl") or 0)
        return "", 0

    def _count(self, number_id: str, depth: int, levels: dict[int, Any]) -> dict[int, int]:
        """Count one up at this depth; deeper ones begin anew. Lists of one kind count on together."""
        restarts = any((number_id, level) in self.starts for level in levels)
        counters = self.counters.setdefault(number_id if restarts else self.list_of[number_id], {})
        for level in range(depth + 1):
            first = self.starts.get((number_id, level), int(_value(levels.get(level), "start") or 1))
            counters.setdefault(level, first if level < depth else first - 1)
        counters[depth] += 1
        for level in [level for level in counters if level > depth]:
            del counters[level]
        return counters

    def _show(self, place: re.Match[str], levels: dict[int, Any], counters: dict[int, int]) -> str:
        level = int(place[1]) - 1
        return written(counters.get(level, 1), _value(levels.get(level), "numFmt") or "decimal")


def written(number: int, kind: str) -> str:
    """Return the number as Word shows it in that format."""
    if kind in _CHINESE:
        return chinese(number)
    if kind == "decimalEnclosedCircle" and 1 <= number <= 20:
        return chr(ord("①") + number - 1)
    if kind in ("lowerLetter", "upperLetter") and 1 <= number <= 26:
        letter = chr(ord("a") + number - 1)
        return letter.upper() if kind == "upperLetter" else letter
    if kind == "ideographTraditional" and 1 <= number <= 10:
        return _STEMS[number - 1]
    if kind in ("lowerRoman", "upperRoman"):
        return _roman(number) if kind == "upperRoman" else _roman(number).lower()
    return f"{number:02}" if kind == "decimalZero" else str(number)


def chinese(number: int) -> str:
    """Return 十二 for 12; plain digits from a hundred up."""
    if not 0 <= number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_HAN[tens]}十"
    return f"{head}{_HAN[ones] if ones or not tens else ''}"


def _roman(number: int) -> str:
    signs = [
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ]
    text = ""
    for value, sign in signs:
        text += sign * (number // value)
        number %= value
    return text


def _value(element: Any, name: str) -> str:
    found = element.find(qn(f"w:{name}")) if element is not None else None
    return found.get(qn("w:val")) or "" if found is not None else ""
