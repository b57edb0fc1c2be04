"""The change feed (变更流): what changed in public since a cursor, in order of commit, nothing skipped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max

from cms.outbox.models import GONE, Bookmark, Event

MAX_LIMIT = 500
CLEANED = "cleaned"
_TOP = 2**63 - 1


class BadCursor(ValueError):  # noqa: N818 - named as the client sees it
    """The cursor is none of ours."""


class CursorExpired(BadCursor):
    """Events after the cursor are already cleaned away: the client must read everything anew."""


@dataclass(frozen=True)
class Change:
    """One change. `title` is empty when the thing is gone, and on all but its newest change."""

    id: int
    kind: str
    object_type: str
    object_id: int
    type: str
    title: str
    url: str | None
    school: str | None
    at: datetime
    payload: dict[str, Any]

    @property
    def gone(self) -> bool:
        return self.kind in GONE


def changes_after(cursor: int | str | None, limit: int = 100, **where: Any) -> tuple[list[Change], str]:
    """Return up to `limit` changes after the cursor, and the cursor to go on from (the same when none came).

    "" or 0 begins at the oldest change kept. Raises BadCursor, or CursorExpired when changes after the cursor
    were cleaned away. Every change that commits later has a greater id (see `cms.outbox.order`).
    `where` narrows by fields of Event (`school__code=...`, `kind__in=...`).
    """
    position = _position(cursor)
    if position and position < cleaned_until():
        raise CursorExpired
    rows = Event.objects.filter(pk__gt=position, **where).select_related("school").order_by("pk")
    changes = [_change(event) for event in rows[: max(1, min(limit, MAX_LIMIT))]]
    return changes, str(changes[-1].id if changes else position)


def latest_cursor() -> str:
    """Return the cursor of now: ask before a full read, then follow the feed from it."""
    newest = Event.objects.aggregate(newest=Max("pk"))["newest"]
    return str(newest or cleaned_until())


def cleaned_until() -> int:
    """Return the highest id that was cleaned away."""
    return Bookmark.objects.filter(name=CLEANED).values_list("position", flat=True).first() or 0


def _position(cursor: int | str | None) -> int:
    text = str(cursor or 0)
    if not (text.isascii() and text.isdigit()) or int(text) > _TOP:
        raise BadCursor(text[:40])
    return int(text)


def _change(event: Event) -> Change:
    return Change(
        id=event.pk,
        kind=event.kind,
        object_type=event.object_type,
        object_id=event.object_id,
        type=event.payload.get("type", event.object_type),
        title=event.title,
        url=event.payload.get("url"),
        school=event.school.code if event.school else None,
        at=event.created_at,
        payload=event.payload,
    )
