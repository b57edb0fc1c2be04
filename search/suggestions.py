"""What is offered while somebody types: titles and names, found by characters, pinyin and initials."""

from __future__ import annotations

from functools import lru_cache

from search.fold import fold
from search.tokens import is_ideograph

MAX_ENTRY = 40  # characters of an entry that typing can reach
MAX_STARTS = 6  # words inside a title that may be typed first


def entries(term: str) -> list[str]:
    """Return what can be typed to be offered `term`.

    From its beginning and from each of its first words: the characters (留守), the pinyin (liushou), the initials (ls).
    """
    import rjieba  # 30 MB of words: read when they are asked for

    words = [counted for word in rjieba.cut(fold(term)) if (counted := "".join(filter(_counts, word)))]
    spelled = [_spelled(word) for word in words]
    found: dict[str, None] = {}
    for start in range(min(len(words), MAX_STARTS)):
        rest = "".join(words[start:])
        sounds = "".join(sound for sound, _letters in spelled[start:])
        letters = "".join(letters for _sound, letters in spelled[start:])
        found |= dict.fromkeys(entry[:MAX_ENTRY] for entry in (rest, sounds, letters))
    return list(found)


@lru_cache(maxsize=20_000)
def _spelled(word: str) -> tuple[str, str]:
    """Return the pinyin of a word, and its initials. Letters and digits stay whole in both."""
    from pypinyin import Style, lazy_pinyin  # 60 MB of dictionaries: read when they are asked for

    return "".join(lazy_pinyin(word)), "".join(lazy_pinyin(word, style=Style.FIRST_LETTER))


def sounds_of(text: str) -> tuple[str, str]:
    """Return the pinyin (shiqiaoxiaoxue) and the initials (sqxx) of a short text."""
    return _spelled("".join(filter(_counts, fold(text))))


def typed(text: str) -> str:
    """Return what somebody typed in the form that entries have."""
    return "".join(filter(_counts, fold(text)))[:MAX_ENTRY]


def _counts(char: str) -> bool:
    return char.isalnum() or is_ideograph(char)
