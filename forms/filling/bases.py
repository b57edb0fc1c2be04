"""Fingerprints of answers: a page says with them which answers it was made from, without telling them."""

from __future__ import annotations

import json
from typing import Any

from forms.sealing.seal import blind

LENGTH = 12


def base_of(value: Any) -> str:
    """Return the fingerprint of an answer; empty for none."""
    if value is None:
        return ""
    return blind(json.dumps(value, sort_keys=True, ensure_ascii=False), "base")[:LENGTH]
