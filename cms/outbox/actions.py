"""Writing to the outbox. Every function here belongs into the transaction of the change it tells about."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Model

from cms.outbox.models import GONE, Event, EventKind
from cms.outbox.order import take_turn
from cms.outbox.public import PublicPage, public_pages
from cms.pages.models import BasePage
from cms.schools.models import School


def record_event(kind: str, obj: Model, *, school: School | None = None, **payload: Any) -> Event | None:
    """Write that `kind` happened to `obj`; `payload` must hold public facts alone (JSON values).

    A page needs no payload: its facts are read. Returns None, and writes nothing, for a page that the public
    cannot see. Raises TransactionManagementError outside a transaction.
    """
    if isinstance(obj, BasePage) and not payload:
        pages = public_pages(pk=obj.pk)
        return record_pages(kind, pages.values())[0] if pages else None
    title = str(payload.pop("title", ""))
    event = Event(
        kind=kind,
        object_type=_type_of(obj),
        object_id=obj.pk,
        school=school or getattr(obj, "school", None),
        title="" if kind in GONE else title,
        payload=payload,
    )
    return _write([event])[0]


def record_school(school: School) -> Event:
    """Write that the facts of the school changed."""
    facts = {"title": school.name, "code": school.code, "status": school.status, "stage": school.stage}
    event = record_event(EventKind.SCHOOL_CHANGED, school, school=school, **facts)
    assert event is not None  # noqa: S101 - only pages can be invisible
    return event


def record_pages(
    kind: str, pages: Iterable[PublicPage], old_urls: dict[int, str] | None = None
) -> list[Event]:
    """Write one event for each page; `old_urls` by page id, for pages that moved."""
    pages = list(pages)
    codes = dict(School.objects.filter(pk__in={p.school_id for p in pages}).values_list("pk", "code"))
    return _write(
        Event(
            kind=kind,
            object_type=page.model,
            object_id=page.pk,
            school_id=page.school_id,
            title="" if kind in GONE else page.title,
            payload=_facts(page, codes.get(page.school_id or 0), (old_urls or {}).get(page.pk)),
        )
        for page in pages
    )


def _facts(page: PublicPage, school: str | None, old_url: str | None) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "type": page.type,
        "url": page.url,
        "school": school,
        "first_published_at": _iso(page.first_published_at),
        "last_published_at": _iso(page.last_published_at),
    }
    return {**facts, "old_url": old_url} if old_url else facts


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None


def _type_of(obj: Model) -> str:
    return str((getattr(obj, "specific_class", None) or type(obj))._meta.model_name)


def _write(events: Iterable[Event]) -> list[Event]:
    """Draw ids in the order of commit, and take the titles off the older events of the same things."""
    events = list(events)
    if events:
        take_turn()
        types, ids = {e.object_type for e in events}, {e.object_id for e in events}
        older = Event.objects.filter(object_type__in=types, object_id__in=ids)
        older.exclude(title="").update(title="")
    return [_saved(event) for event in events] if len(events) == 1 else Event.objects.bulk_create(events)


def _saved(event: Event) -> Event:
    event.save(force_insert=True)
    return event
