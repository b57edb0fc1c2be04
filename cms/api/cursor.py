"""Keyset cursors: where a list goes on, opaque to the client and sealed against change.

A cursor names the last thing seen (its sort value and id), so that things added or removed meanwhile neither
repeat nor hide others. It is signed: nobody else's words reach the query.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from hmac import compare_digest
from typing import Any

from django.db.models import F, OrderBy, Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from cms.api.problems import ApiProblem

SEAL_BYTES = 12
PARSERS: dict[str, Callable[[Any], Any]] = {
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "text": str,
    "none": lambda _v: None,
}


@dataclass(frozen=True)
class Order:
    """An order of a list: by `column`, then by id in the same direction; missing values come last."""

    name: str
    column: str
    descending: bool = False

    def by(self) -> tuple[OrderBy, OrderBy]:
        """Return the ORDER BY terms."""
        if self.descending:
            return F(self.column).desc(nulls_last=True), F("pk").desc()
        return F(self.column).asc(nulls_last=True), F("pk").asc()

    def after(self, value: Any, pk: int) -> Q:
        """Return the condition of everything that comes after the row with this value and id."""
        beyond = "lt" if self.descending else "gt"
        if value is None:
            return Q((f"{self.column}__isnull", True), (f"pk__{beyond}", pk))
        return (
            Q((f"{self.column}__{beyond}", value))
            | Q((self.column, value), (f"pk__{beyond}", pk))
            | Q((f"{self.column}__isnull", True))
        )


def write_cursor(scope: str, order: Order, value: Any, pk: int) -> str:
    """Return the cursor that goes on after this row. `scope` is the list that it belongs to."""
    kind = "none" if value is None else "text"
    if isinstance(value, datetime):
        kind, value = "datetime", value.isoformat()
    elif isinstance(value, date):
        kind, value = "date", value.isoformat()
    body = json.dumps([order.name, kind, value, pk], separators=(",", ":"), ensure_ascii=False).encode()
    return urlsafe_b64encode(_seal(scope, body) + body).rstrip(b"=").decode()


def read_cursor(scope: str, order: Order, cursor: str) -> tuple[Any, int]:
    """Return the sort value and id of a cursor. Raises ApiProblem 400 for a foreign one."""
    try:
        raw = urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
        seal, body = raw[:SEAL_BYTES], raw[SEAL_BYTES:]
        if not compare_digest(seal, _seal(scope, body)):
            raise ValueError
        name, kind, value, pk = json.loads(body)
        if name != order.name:
            raise ValueError
        return PARSERS[kind](value), pk
    except ValueError as error:
        raise bad_cursor() from error


def bad_cursor() -> ApiProblem:
    """Return the problem of a cursor that is broken or belongs to another list or order."""
    return ApiProblem(
        400,
        "bad-cursor",
        _("This cursor does not belong to this list and order. Start again without a cursor."),
    )


def _seal(scope: str, body: bytes) -> bytes:
    return salted_hmac(f"cms.api.cursor:{scope}", body, algorithm="sha256").digest()[:SEAL_BYTES]
