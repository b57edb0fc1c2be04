"""What a reader hands to the recogniser: a document as a list of paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

#: Characters that carry no text: controls (databases refuse NUL), byte order marks, zero-width signs.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffe\uffff]"
)
_SPACES = re.compile(r"\s+")

#: Full-width forms -> the plain sign, one to one, so that positions in both texts agree.
_FLAT = {code + 0xFEE0: code for code in range(0x21, 0x7F)} | {
    ord("〔"): ord("("), ord("〕"): ord(")"), ord("﹙"): ord("("), ord("﹚"): ord(")"),
    ord("。"): ord("。"), ord("﹑"): ord("、"), ord("､"): ord("、"), ord("﹒"): ord("."), ord("·"): ord("·"),
    ord("～"): ord("~"), ord("〜"): ord("~"), ord("—"): ord("-"), ord("–"): ord("-"), ord("―"): ord("-"),
    ord("－"): ord("-"), ord("−"): ord("-"), ord("‐"): ord("-"), ord("‑"): ord("-"), ord("─"): ord("-"),
    ord("　"): ord(" "), ord("\xa0"): ord(" "), ord("\t"): ord(" "),
    ord("〇"): ord("零"), ord("○"): ord("零"),
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One paragraph, or one row of a table.

    `text` has no line break and no space at its ends; `level` is the level of a heading style (0 the
    document's title, None plain text); `cells` are the columns of a table's row, `table` its number.
    """

    text: str
    level: int | None = None
    bold: bool = False
    bullet: bool = False
    cells: tuple[str, ...] = ()
    table: int | None = None

    @property
    def flat(self) -> str:
        """The text with full-width digits, letters and brackets made plain; same length as `text`."""
        return flat(self.text)


@dataclass
class SourceText:
    """A document that was read: its lines, and what the reader has to say about it."""

    lines: list[Line]
    warnings: list[str] = field(default_factory=list)


def flat(text: str) -> str:
    """Return the text with full-width forms made plain, character by character."""
    return text.translate(_FLAT)


def clean(text: str) -> str:
    """Return the text without invisible characters, white space made single, none at the ends."""
    return _SPACES.sub(" ", _INVISIBLE.sub("", text)).strip()


def count_characters(text: str) -> int:
    """Count the characters that are not white space."""
    return sum(not character.isspace() for character in text)
