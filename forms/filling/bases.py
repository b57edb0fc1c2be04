"""Fingerprints of answers: a page says with them which answers it was made from, without telling them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from forms.sealing.seal import blind

LENGTH = 12
_encode = json.JSONEncoder(sort_keys=True, ensure_ascii=False).encode


def base_of(value: Any) -> str:
    """Return the fingerprint of an answer; empty for none."""
    if value is None:
        return ""
    return blind(_encode(value), "base")[:LENGTH]


def write_bases(bases: Mapping[str, str]) -> str:
    """Return fingerprints by name as one text: "q:age=1f0c q:name=". Names hold neither spaces nor "="."""
    return " ".join(f"{name}={base}" for name, base in bases.items())


def read_bases(text: str) -> dict[str, str]:
    """Read what `write_bases` wrote."""
    return {name: base for name, _mark, base in (one.partition("=") for one in text.split())}
