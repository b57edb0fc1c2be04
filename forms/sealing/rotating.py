"""Sealing everything under the newest key, while people work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction

from forms.answers.answers import TOP
from forms.answers.keeping import place_of
from forms.filling.models import Draft
from forms.registers.keeping import place_of_fact
from forms.registers.models import RecordConflict, RecordVersion
from forms.sealing.keys import newest_key
from forms.sealing.seal import BrokenSealError, is_sealed, key_id_of, seal, unseal
from forms.submissions.models import SubmissionRevision

BATCH = 200
#: Gives the place of each sealed value of a row's JSON: (holder, key in the holder, place).
Walk = Callable[[Any, Any], Iterator[tuple[dict[str, Any], str, str]]]


@dataclass(frozen=True)
class Store:
    """A column that holds sealed values."""

    model: type[models.Model]
    column: str
    walk: Walk

    def __str__(self) -> str:
        return f"{self.model.__name__}.{self.column}"


def walk_answers(owner: Callable[[Any], object]) -> Walk:
    """Return the walk over answers packed by `forms.answers.keeping.pack` for `owner(row)`."""

    def walk(row: Any, kept: Any) -> Iterator[tuple[dict[str, Any], str, str]]:
        yield from _walk_item(kept, TOP, owner(row))

    return walk


def _walk_item(node: dict[str, Any], item: str, owner: object) -> Iterator[tuple[dict[str, Any], str, str]]:
    values = node.get("values", {})
    for name, value in values.items():
        if is_sealed(value):
            yield values, name, place_of(owner, item, name)
    for children in node.get("rosters", {}).values():
        for child in children:
            yield from _walk_item(child, child["id"], owner)


def walk_flat(place: Callable[[Any, str], str]) -> Walk:
    """Return the walk over a flat object whose values are sealed to `place(row, key)`."""

    def walk(row: Any, kept: Any) -> Iterator[tuple[dict[str, Any], str, str]]:
        for name, value in kept.items():
            if is_sealed(value):
                yield kept, name, place(row, name)

    return walk


def all_stores() -> list[Store]:
    """Return every column that holds sealed values."""
    return [
        Store(Draft, "kept_answers", walk_answers(lambda row: row.pk)),
        Store(SubmissionRevision, "kept_answers", walk_answers(lambda row: row.submission_id)),
        Store(SubmissionRevision, "kept_calculated", walk_answers(lambda row: row.submission_id)),
        Store(RecordVersion, "kept_data", walk_flat(lambda row, name: place_of_fact(row.owner, name))),
        Store(RecordConflict, "kept_values", walk_flat(lambda row, name: place_of_fact(row.owner, name))),
    ]


@dataclass
class Tally:
    """What a rotation did: values sealed anew, values that could not be opened (by row), keys still in use."""

    rows: int = 0
    resealed: int = 0
    broken: list[str] = field(default_factory=list)
    keys: Counter[str] = field(default_factory=Counter)


def rotate(tally: Tally, told: Callable[[Store, int, int], None] = lambda *_: None) -> Tally:
    """Seal every value under the newest key, a batch of rows at a time.

    Each batch is a transaction over locked rows, so a writer waits a moment and nothing that she writes is lost; what
    is sealed under the newest key already is left alone, so a rotation that was broken off is simply run again. A
    value that cannot be opened is left as it is, and named. `told(store, done, total)` hears of each batch.
    """
    for store in all_stores():
        total, done, last = store.model._default_manager.count(), 0, None
        while pks := _next_pks(store, last):
            _rotate_batch(store, pks, tally)
            last, done = pks[-1], done + len(pks)
            told(store, done, max(done, total))
    return tally


def _next_pks(store: Store, last: Any) -> list[Any]:
    rows = store.model._default_manager.order_by("pk")
    later = rows if last is None else rows.filter(pk__gt=last)
    return list(later.values_list("pk", flat=True)[:BATCH])


@transaction.atomic
def _rotate_batch(store: Store, pks: list[Any], tally: Tally) -> None:
    newest = newest_key().id
    rows = store.model._default_manager.select_for_update(of=("self",)).filter(pk__in=pks)
    changed = []
    for row in rows:
        tally.rows += 1
        if _reseal(store, row, newest, tally):
            changed.append(row)
    if changed:
        # bulk_update leaves the other columns alone, "saved at" among them.
        store.model._default_manager.bulk_update(changed, [store.column])


def _reseal(store: Store, row: Any, newest: str, tally: Tally) -> bool:
    """Seal the row's values anew; say whether any was not under the newest key."""
    kept, changed = getattr(row, store.column), False
    for holder, key, place in list(store.walk(row, kept)):
        key_id = key_id_of(holder[key])
        if key_id != newest:
            try:
                holder[key] = seal(unseal(holder[key], place), place)
            except BrokenSealError:
                tally.broken.append(f"{store} {row.pk}")
            else:
                changed, key_id = True, newest
                tally.resealed += 1
        tally.keys[key_id] += 1
    return changed


def keys_in_use() -> Counter[str]:
    """Return how many values each key seals. Reads everything, changes nothing."""
    found: Counter[str] = Counter()
    for store in all_stores():
        for row in store.model._default_manager.only("pk", store.column, *_owner_columns(store)).iterator(
            BATCH
        ):
            for holder, key, _place in store.walk(row, getattr(row, store.column)):
                found[key_id_of(holder[key])] += 1
    return found


def _owner_columns(store: Store) -> tuple[str, ...]:
    names = {column.name for column in store.model._meta.fields}
    return tuple(names & {"submission", "record", "number", "uuid"})
