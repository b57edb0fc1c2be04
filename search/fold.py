"""Folding: differences of writing that must not keep a search from finding.

Full and half width, capital and small letters, traditional and simplified characters fall together. The folded
text has exactly the length of the original, so that a place found in one is the same place in the other.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

#: Goes up whenever the same text folds or splits differently: every index must then be built anew.
VERSION = 1

_DATA = Path(__file__).with_name("data") / "traditional.txt"
_FULL_WIDTH = range(0xFF01, 0xFF5F)
_TO_ASCII = 0xFEE0
#: The brackets around the year of a document number (文号) are typed in many ways: 〔2026〕【2026】.
_BRACKETS = {"〔": "[", "〕": "]", "【": "[", "】": "]", "\u3000": " "}
#: Chinese punctuation parts what it stands between; its ASCII sisters join digits (1,000) and letters (a:b).
_PARTING = dict.fromkeys("，；：", " ")


@cache
def _table() -> dict[int, str]:
    traditional, simplified = _DATA.read_text(encoding="utf-8").splitlines()
    table = {ord(old): new for old, new in zip(traditional, simplified, strict=True)}
    table |= {code: chr(code - _TO_ASCII) for code in _FULL_WIDTH}
    return table | {ord(old): new for old, new in (_BRACKETS | _PARTING).items()}


def fold(text: str) -> str:
    """Return the text folded, at the same length."""
    folded = text.translate(_table())
    small = folded.lower()
    if len(small) == len(text):
        return small
    # A few letters (İ) grow when lowered: those stay as they are.
    return "".join(low if len(low := char.lower()) == 1 else char for char in folded)
