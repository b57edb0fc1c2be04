r"""Lists written one entry a line: choices, rows of a matrix, score bands.

Columns stand between bars, half or full width; a bar within a text is written \|.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from forms.builder.naming import Namer, value_from

_BAR = re.compile(r"(?<!\\)[|｜]")


def columns(line: str) -> list[str]:
    """Return the columns of a line."""
    return [part.strip().replace("\\|", "|") for part in _BAR.split(line)]


def joined(parts: list[str]) -> str:
    """Return a line of these columns, without empty ones at its end."""
    while parts and not parts[-1]:
        parts = parts[:-1]
    return "|".join(part.replace("|", "\\|").replace("\n", " ") for part in parts)


def rows_of(text: str) -> list[list[str]]:
    """Return the columns of each line that is not empty."""
    return [columns(line) for line in (text or "").splitlines() if line.strip(" \t|｜　")]


def read_choices(text: str, *, scored: bool = False) -> list[dict[str, Any]]:
    """Return the choices of a text: `text`, `value|text`, `value|text|points`, `value|text|points|column=...;...`.

    In a scored question `text|points` is read as well. Values that are missing are made from the texts.
    """
    found = [_choice(row, scored) for row in rows_of(text)]
    namer = Namer(choice["value"] for choice in found if choice["value"])
    for number, choice in enumerate(found, 1):
        choice["value"] = choice["value"] or namer.free(value_from(choice["label"], str(number)))
    return found


def _choice(row: list[str], scored: bool) -> dict[str, Any]:
    if len(row) == 1:
        return {"value": "", "label": row[0]}
    if scored and len(row) == 2 and as_number(row[1]) is not None:
        return {"value": "", "label": row[0], "score": row[1]}
    choice: dict[str, Any] = {"value": row[0], "label": row[1]}
    if len(row) > 2 and row[2]:
        choice["score"] = row[2]
    if len(row) > 3:
        pairs = (pair.partition("=") for pair in "|".join(row[3:]).split(";"))
        choice["extra"] = {key.strip(): value.strip() for key, _, value in pairs if key.strip()}
    return choice


def write_choices(choices: list[dict[str, Any]]) -> str:
    """Return the text that `read_choices` reads."""
    return "\n".join(
        joined(
            [
                str(choice.get("value", "")),
                str(choice.get("label", "")),
                str(choice["score"]) if choice.get("score") is not None else "",
                ";".join(f"{key}={value}" for key, value in (choice.get("extra") or {}).items()),
            ]
        )
        for choice in choices
    )


def as_number(text: str) -> Decimal | None:
    """Return the number that a text is, None when it is none."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def read_rows(text: str, namer: Namer) -> list[dict[str, Any]]:
    """Return the rows of a matrix: `text`, `name|text`, `name|text|condition`."""
    rows = []
    for number, row in enumerate(rows_of(text), 1):
        name, label, relevant = ("", row[0], "") if len(row) == 1 else (row[0], row[1], "|".join(row[2:]))
        made = {"name": name or namer.make(label, f"row_{number}"), "label": label}
        rows.append({**made, "relevant": relevant} if relevant else made)
    return rows


def write_rows(rows: list[dict[str, Any]]) -> str:
    """Return the text that `read_rows` reads."""
    return "\n".join(
        joined([row.get("name", ""), row.get("label", ""), row.get("relevant", "")]) for row in rows
    )
