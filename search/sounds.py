"""Characters that sound alike: what an input method offers beside the one that was meant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache

#: Sounds that many speakers do not tell apart; both sides fall together.
_ALIKE = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ing", "in"), ("eng", "en"), ("ang", "an"))
_FIRST, _LAST = 0xB0, 0xD7  # rows of GB 2312 with the 3,755 common characters


def blurred(syllable: str) -> str:
    """Return the syllable as it is heard: zh and z, in and ing, n and l at the beginning are one."""
    for precise, plain in _ALIKE:
        if syllable.startswith(precise):
            syllable = plain + syllable.removeprefix(precise)
        if syllable.endswith(precise):
            syllable = syllable.removesuffix(precise) + plain
    return f"l{syllable[1:]}" if syllable.startswith("n") and len(syllable) > 1 else syllable


def _syllables(char: str) -> list[str]:
    """Return all readings of a character."""
    from pypinyin import Style, pinyin  # 60 MB of dictionaries: read when they are asked for

    readings: list[str] = pinyin(char, style=Style.NORMAL, heteronym=True)[0]
    return readings


@cache
def _by_sound() -> dict[str, str]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for char in common_characters():
        for syllable in _syllables(char):
            found[blurred(syllable)][char] = None
    return {sound: "".join(chars) for sound, chars in found.items()}


def common_characters() -> Iterator[str]:
    """Yield the common characters, in the order of their sound."""
    for row in range(_FIRST, _LAST + 1):
        for cell in range(0xA1, 0xFF):
            char = bytes((row, cell)).decode("gb2312", "ignore")
            if char:
                yield char


def sounds_like(char: str) -> str:
    """Return the common characters that sound like this one, itself left out."""
    table = _by_sound()
    found = dict.fromkeys(one for syllable in _syllables(char) for one in table.get(blurred(syllable), ""))
    return "".join(one for one in found if one != char)


def stretches(term: str, typed: str) -> Iterator[str]:
    """Yield the parts of a term that are spelled as typed: whole syllables (liushou), or their initials (ls)."""
    from pypinyin import lazy_pinyin

    syllables = lazy_pinyin(list(term))
    for start in range(len(term)):
        whole = initials = ""
        for end in range(start, len(term)):
            whole += syllables[end]
            initials += syllables[end][:1]
            if typed in {whole, initials}:
                yield term[start : end + 1]
            if not typed.startswith(whole) and not typed.startswith(initials):
                break
