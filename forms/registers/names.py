"""Chinese names as sounds: how a record is sorted, found by initials, and compared with others.

Edit distance says nothing about names of two characters. What makes two children the same on paper is that a name
was heard and written by someone else: 张晓敏, 张小敏, 章晓明. So names are compared by syllables, and syllables that
people of many regions do not keep apart (z/zh, n/l, in/ing) count as one.
"""

from __future__ import annotations

import itertools
import re

from cms.service import pinyin_key

#: Readings of a name that are tried, when characters have several (多音字: 单, 曾, 乐).
MOST_READINGS = 8
#: Surnames that are read otherwise than the same character elsewhere.
SURNAMES = {
    "单": "shan", "曾": "zeng", "仇": "qiu", "解": "xie", "查": "zha", "区": "ou", "朴": "piao", "任": "ren",
    "华": "hua", "盖": "ge", "翟": "zhai", "乐": "yue", "缪": "miao", "覃": "qin", "种": "chong", "黑": "he",
    "繁": "po", "秘": "bi", "折": "she", "召": "shao", "员": "yun", "令": "ling", "牟": "mou", "郇": "xun",
}  # fmt: skip
_FOLDS = ((r"^zh", "z"), (r"^ch", "c"), (r"^sh", "s"), (r"^[lr]", "n"), (r"^f", "h"), (r"ng$", "n"))


def sort_key_of(name: str) -> str:
    """Return the key that sorts names by pinyin."""
    return pinyin_key(name)[:200]


def syllables_of(name: str) -> list[str]:
    """Return the syllables of the name's likeliest reading, without tones: ["zhang", "xiao", "min"]."""
    return [readings[0] for readings in _readings(name)]


def initials_of(name: str) -> str:
    """Return the first letters of the syllables: zxm."""
    return "".join(part[0] for part in syllables_of(name))[:40]


def sound_of(name: str) -> str:
    """Return what the name sounds like, folded: equal for names that are easily taken for each other."""
    return " ".join(map(_fold, syllables_of(name)))[:120]


def sounds_of(name: str) -> set[str]:
    """Return the folded sounds of every reading of the name, at most MOST_READINGS."""
    combined = itertools.product(*(dict.fromkeys(map(_fold, readings)) for readings in _readings(name)))
    return {" ".join(parts)[:120] for parts in itertools.islice(combined, MOST_READINGS)}


def _readings(name: str) -> list[list[str]]:
    """Return the readings of each character, the likeliest in its word first."""
    from pypinyin import Style, pinyin  # 60 MB of dictionaries: read when they are asked for

    text = re.sub(r"[^\w]|_", "", name)
    likely = [found[0] for found in pinyin(text, style=Style.NORMAL)]
    if text[:1] in SURNAMES:
        likely[0] = SURNAMES[text[0]]
    every = pinyin(text, style=Style.NORMAL, heteronym=True)
    return [
        list(dict.fromkeys([first, *others])) for first, others in zip(likely, every, strict=False) if first
    ]


def _fold(syllable: str) -> str:
    folded = syllable.lower()
    for pattern, by in _FOLDS:
        folded = re.sub(pattern, by, folded)
    return folded
