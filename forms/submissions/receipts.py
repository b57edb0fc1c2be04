"""Receipt numbers (回执编号): short, readable over the telephone, and telling nothing but the form and the day.

`LSETDA-261124-K7Q4M-9`: the first letters of the form's title in pinyin, the day, five letters or digits drawn at
random, and a check character by ISO/IEC 7064 MOD 37,36 over all before it. Drawn, not counted: a running number would
tell how many were handed in, and would make all who hand in wait for each other. There are 30^5, 24 million, a form
and day; the database holds each number once.
"""

from __future__ import annotations

import secrets
from datetime import date

#: Without the letters and digits that are taken for others: 0 O, 1 I L, and U.
DRAWN = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
DRAWN_LENGTH = 5
INITIALS = 6
_ISO = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def new_receipt(title: str, day: date) -> str:
    """Return a receipt number for a form of this title; whether it is new, the database says."""
    drawn = "".join(secrets.choice(DRAWN) for _ in range(DRAWN_LENGTH))
    body = f"{initials(title)}-{day:%y%m%d}-{drawn}"
    return f"{body}-{check_character(body)}"


def initials(title: str) -> str:
    """Return the first letters of a title in pinyin, at most six: LSETDA for 留守儿童档案; F when it has none."""
    from pypinyin import Style, lazy_pinyin  # 60 MB of dictionaries: read when they are asked for

    letters = "".join(lazy_pinyin(title, style=Style.FIRST_LETTER, errors="ignore")).upper()
    return "".join(letter for letter in letters if "A" <= letter <= "Z")[:INITIALS] or "F"


def check_character(body: str) -> str:
    """Return the check character of ISO/IEC 7064 MOD 37,36 (the hybrid system for letters and digits)."""
    rest = 36
    for sign in body.upper():
        if sign in _ISO:
            rest = (rest + _ISO.index(sign)) % 36 or 36
            rest = rest * 2 % 37
    return _ISO[(37 - rest) % 36]


def receipt_is_sound(receipt: str) -> bool:
    """Say whether the last character fits the others: a slip of the pen does not."""
    body, _, check = receipt.strip().upper().rpartition("-")
    return bool(body) and check == check_character(body)
