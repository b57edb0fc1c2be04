"""What is offered while somebody types: titles and names, found by characters, pinyin and initials."""

from __future__ import annotations

import rjieba
from pypinyin import Style, lazy_pinyin

from search.fold import fold
from search.tokens import is_ideograph

MAX_ENTRY = 40  # characters of an entry that typing can reach
MAX_STARTS = 6  # words inside a title that may be typed first


def entries(term: str) -> list[str]:
    """Return what can be typed to be offered `term`.

    From its beginning and from each of its first words: the characters (留守), the pinyin (liushou), the initials (ls).
    """
    words = [word for word in rjieba.cut(fold(term)) if any(map(_counts, word))][:MAX_STARTS]
    found: dict[str, None] = {}
    for start in range(len(words)):
        rest = "".join(filter(_counts, "".join(words[start:])))
        syllables = lazy_pinyin(rest)
        letters = lazy_pinyin(rest, style=Style.FIRST_LETTER)
        found |= dict.fromkeys(entry[:MAX_ENTRY] for entry in (rest, "".join(syllables), "".join(letters)))
    return list(found)


def typed(text: str) -> str:
    """Return what somebody typed in the form that entries have."""
    return "".join(filter(_counts, fold(text)))[:MAX_ENTRY]


def _counts(char: str) -> bool:
    return char.isalnum() or is_ideograph(char)
