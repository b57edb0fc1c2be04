"""Small helpers for Chinese text: sort keys, slugs, school years."""

from __future__ import annotations

import re
from datetime import date

_NOT_SLUG = re.compile(r"[^a-z0-9]+")
SCHOOL_YEAR_STARTS = 9  # 1 September


def pinyin_key(text: str) -> str:
    """Return a key that sorts Chinese by pinyin, then by the characters themselves."""
    from pypinyin import Style, lazy_pinyin  # 60 MB of dictionaries: read when they are asked for

    return f"{' '.join(lazy_pinyin(text, style=Style.TONE3)).lower()[:160]}|{text[:30]}"


def ascii_slug(text: str, limit: int = 60) -> str:
    """Return a readable ASCII slug: whole pinyin syllables of the title, cut at a syllable."""
    from pypinyin import lazy_pinyin

    parts: list[str] = []
    for part in lazy_pinyin(text):
        word = _NOT_SLUG.sub("-", part.lower()).strip("-")
        if word and sum(map(len, parts)) + len(parts) + len(word) > limit:
            break
        if word:
            parts.append(word)
    return "-".join(parts)


def school_year_of(day: date) -> int:
    """Return the year in which the school year (学年) of `day` began: it starts on 1 September."""
    return day.year if day.month >= SCHOOL_YEAR_STARTS else day.year - 1


def school_year_label(year: int) -> str:
    """Return 2026—2027学年 for 2026."""
    return f"{year}—{year + 1}学年"
