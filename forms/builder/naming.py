"""Names made from texts: 出生日期 becomes chu_sheng_ri_qi."""

from __future__ import annotations

from collections.abc import Iterable

from cms.service import ascii_slug

NAME_LIMIT = 40


def name_from(text: str, otherwise: str) -> str:
    """Return a name in ASCII for the text: pinyin with _ between; `otherwise` when nothing in it can be written so."""
    name = ascii_slug(text, NAME_LIMIT).replace("-", "_")
    if not name:
        return otherwise
    return name if name[0].isalpha() else f"q_{name}"


def value_from(text: str, otherwise: str) -> str:
    """Return a choice's value for its text; values may begin with a digit."""
    return ascii_slug(text, NAME_LIMIT).replace("-", "_") or otherwise


class Namer:
    """Gives names that nobody has yet."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self.taken = {name.casefold() for name in taken}

    def make(self, text: str, otherwise: str) -> str:
        """Return a free name for the text and keep it."""
        return self.free(name_from(text, otherwise))

    def free(self, wanted: str) -> str:
        """Return the wanted name, or with a number behind it when it is taken."""
        name, number = wanted, 1
        while name.casefold() in self.taken:
            number += 1
            name = f"{wanted}_{number}"
        self.taken.add(name.casefold())
        return name
