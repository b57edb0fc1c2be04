"""What XLSForm has no column for travels in columns of our own, so that a form comes back as it went out.

`xinqiao::type` is for people to read. `xinqiao::settings` is JSON: for each key of an item, what the item was without
this column (as a digest) and what it really is. When somebody changed the row since, the digest no longer fits, and
the change counts. A row that only helps another one says so with {"part": name} and is passed over.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

from forms.xlsform.context import Context
from forms.xlsform.workbook import Row

COLUMN = "xinqiao::settings"
#: A cell of a spreadsheet holds 32,767 characters.
CELL = 30_000
_ABSENT = "-"
_UNSAFE = re.compile(r"[^\x20-\x7e\u2010-\u2027\u3001-\ufaff\uff01-\uff5e]|_(?=x)")


def own_cells(plain: dict[str, Any], own: dict[str, Any], column: str = COLUMN) -> dict[str, str]:
    """Return the cells that make `own` of `plain`; none when nothing has to be said."""
    keys = [key for key in {**plain, **own} if plain.get(key, _ABSENT) != own.get(key, _ABSENT)]
    if not keys:
        return {}
    settings = {key: [digest(plain[key]) if key in plain else _ABSENT, *_kept(own, key)] for key in keys}
    return written(settings, column)


def _kept(own: dict[str, Any], key: str) -> list[Any]:
    return [own[key]] if key in own else []


def written(settings: Any, column: str = COLUMN) -> dict[str, str]:
    """Return JSON in as many cells as it needs."""
    text = json.dumps(settings, ensure_ascii=False, separators=(",", ":"))
    text = _UNSAFE.sub(lambda match: "".join(f"\\u{unit:04x}" for unit in _units(match[0])), text)
    pieces = [text[at : at + CELL] for at in range(0, len(text), CELL)]
    return {f"{column}{number + 1 if number else ''}": f"{piece}|" for number, piece in enumerate(pieces)}


def _units(character: str) -> list[int]:
    raw = character.encode("utf-16-be", "surrogatepass")
    return [int.from_bytes(raw[at : at + 2], "big") for at in range(0, len(raw), 2)]


def read(cells: dict[str, str], column: str = COLUMN) -> dict[str, Any]:
    """Return the JSON of the cells; empty when there is none, or none that can be read."""
    names = sorted((name for name in cells if re.fullmatch(re.escape(column) + r"\d*", name)), key=len)
    text = "".join(cells[name].removesuffix("|") for name in names)
    try:
        found = json.loads(text) if text else {}
    except json.JSONDecodeError:
        return {}
    return found if isinstance(found, dict) else {}


def heard(row: Row, plain: dict[str, Any], context: Context) -> dict[str, Any]:
    """Return the item as the row's own column makes it; `plain` is what it is without."""
    context.plain[row.number] = plain
    return applied(plain, read(row.cells))


def applied(plain: dict[str, Any], settings: dict[str, Any]) -> dict[str, Any]:
    """Return `plain` with what the settings say, where it is still what it was. A changed type makes them void."""
    item = dict(plain)
    if not all(isinstance(entry, list) and 0 < len(entry) < 3 for entry in settings.values()):
        return item
    if "type" in settings and not _fits(plain, "type", settings):
        return item
    for key, entry in settings.items():
        if not _fits(plain, key, settings):
            continue
        item.pop(key, None)
        if len(entry) == 2:
            item[key] = entry[1]
    return item


def _fits(plain: dict[str, Any], key: str, settings: dict[str, Any]) -> bool:
    return bool(settings[key][0] == (digest(plain[key]) if key in plain else _ABSENT))


def digest(value: Any) -> str:
    """Return twelve characters that tell a JSON value from others."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def part_of(name: str) -> dict[str, str]:
    """Return the cells of a row that only helps another one."""
    return written({"part": name})


def is_part(row: Row, context: Context) -> bool:
    """Say whether the row only helps another one that is still there."""
    owner = read(row.cells).get("part")
    return isinstance(owner, str) and (owner == "" or any(is_ours(other) for other in context.named(owner)))


def is_ours(row: Row) -> bool:
    """Say whether the row was written here."""
    return "xinqiao::type" in row.cells
