"""Test collections as files: JSON lines of documents and of judged questions, checked line by line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

Row = dict[str, Any]


def documents(path: Path) -> Iterator[Row]:
    """Yield `{"id", "title", "body"}`; a text that is missing is empty, of two with one id the later counts.

    Raises CommandError with the number of the line that is wrong.
    """
    last = {str(row["id"]): number for number, row in _rows(path)}
    for number, row in _rows(path):
        if last[str(row["id"])] == number:
            yield {"id": row["id"], **{name: _text(path, number, row, name) for name in ("title", "body")}}


def queries(path: Path) -> Iterator[Row]:
    """Yield `{"id", "text", "relevant"}`. Raises CommandError with the number of the line that is wrong."""
    for number, row in _rows(path):
        relevant = row.get("relevant", [])
        if not isinstance(relevant, list):
            raise _fault(path, number, "“relevant” is no list of ids")
        yield {"id": row["id"], "text": _text(path, number, row, "text"), "relevant": relevant}


def _rows(path: Path) -> Iterator[tuple[int, Row]]:
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield number, _row(path, number, line)
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}") from error


def _row(path: Path, number: int, line: bytes) -> Row:
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise _fault(path, number, "this is no UTF-8") from error
    except ValueError as error:
        raise _fault(path, number, str(error)) from error
    except RecursionError as error:
        raise _fault(path, number, "too deep") from error
    if not isinstance(row, dict) or not isinstance(row.get("id"), str | int):
        raise _fault(path, number, "an object with an “id” is wanted")
    return row


def _text(path: Path, number: int, row: Row, name: str) -> str:
    text = row.get(name)
    if text is None:
        return ""
    if not isinstance(text, str):
        raise _fault(path, number, f"“{name}” is no text")
    # Half of a pair of surrogates, which JSON can say, is no character.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _fault(path: Path, number: int, text: str) -> CommandError:
    return CommandError(f"{path}, line {number}: {text}")
