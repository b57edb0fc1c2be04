"""Reads the data files: records of `key: value` lines, each with a body in a small markup.

=== title of the record
key: value
---
body
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Record:
    """One thing of a data file."""

    title: str
    fields: dict[str, str]
    body: str

    def get(self, key: str, default: str = "") -> str:
        return self.fields.get(key, default)

    def words(self, key: str) -> list[str]:
        """Return the comma-separated words of a field (either comma)."""
        return [word.strip() for word in self.get(key).replace("，", ",").split(",") if word.strip()]

    def day(self, key: str = "date") -> date | None:
        return date.fromisoformat(self.fields[key]) if key in self.fields else None


def read(name: str) -> list[Record]:
    """Return the records of `data/<name>.txt`, in order."""
    text = (DATA / f"{name}.txt").read_text(encoding="utf-8")
    return [_record(chunk) for chunk in f"\n{text}".split("\n=== ")[1:]]


def _record(chunk: str) -> Record:
    head, _line, body = chunk.partition("\n---\n")
    title, *lines = head.strip().splitlines()
    pairs = (line.partition(":") for line in lines if line.strip())
    return Record(title.strip(), {key.strip(): value.strip() for key, _colon, value in pairs}, body.strip())
