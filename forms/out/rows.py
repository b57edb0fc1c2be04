"""The rows of an export, read in batches so that memory does not grow with the number of submissions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils import timezone

from forms.answers.keeping import place_of
from forms.definitions.models import FormVersion
from forms.out.tables import Shower, Table
from forms.sealing.seal import is_sealed, unseal
from forms.submissions.models import Submission, SubmissionRevision, SubmissionState

#: So many are read at a time: half a megabyte of wide forms each.
BATCH = 100


@dataclass(frozen=True)
class Kept:
    """One submission as an export needs it."""

    uuid: Any
    receipt: str
    version_id: int
    head: list[str]
    answers: dict[str, Any]
    calculated: dict[str, Any]


def read(submissions: QuerySet[Submission], *, sensitive: bool = False) -> Iterator[Kept]:
    """Give the submissions of a form in the order of handing in. Constant memory: the order is an index's."""
    newest = SubmissionRevision.objects.filter(submission=OuterRef("pk"), number=OuterRef("revision"))
    rows = (
        submissions.order_by("submitted_at", "pk")
        .annotate(
            answers=Subquery(newest.values("kept_answers")[:1]),
            worked=Subquery(newest.values("kept_calculated")[:1]),
            answered_version=Subquery(newest.values("version_id")[:1]),
            family=F("submitted_by__last_name"),
            given=F("submitted_by__first_name"),
        )
        .values_list(
            "pk", "receipt", "school__name", "subject__label", "family", "given", "state", "submitted_at", "changed_at",
            "answered_version", "answers", "worked",
        )
    )  # fmt: skip
    states = {str(value): str(label) for value, label in SubmissionState.choices}
    for row in rows.iterator(chunk_size=BATCH):
        yield _kept(row, states, sensitive)


def _kept(row: tuple[Any, ...], states: dict[str, str], sensitive: bool) -> Kept:
    pk, receipt, school, subject, family, given, state, submitted, changed, version, answers, worked = row
    head = [
        receipt, school or "", subject or "", f"{family or ''}{given or ''}", states.get(state, state),
        _local(submitted), _local(changed),
    ]  # fmt: skip
    answers, worked = answers or {}, worked or {}
    if sensitive:
        answers, worked = _opened(answers, pk), _opened(worked, pk)
    return Kept(pk, receipt, version, head, answers, worked)


def _local(moment: Any) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")


def _opened(kept: dict[str, Any], owner: Any, item: str = "") -> dict[str, Any]:
    """Return the kept answers of an item, and of those in it, with the sealed values opened."""
    opened: dict[str, Any] = dict(kept)
    opened["values"] = {
        name: unseal(value, place_of(owner, item, name)) if is_sealed(value) else value
        for name, value in kept.get("values", {}).items()
    }
    opened["rosters"] = {
        name: [_opened(child, owner, child["id"]) for child in children]
        for name, children in kept.get("rosters", {}).items()
    }
    return opened


class Rows:
    """Makes the rows of tables out of submissions; keeps one shower for each version and table."""

    def __init__(self, tables: list[Table], versions: dict[int, FormVersion]) -> None:
        self.tables, self.versions = tables, versions
        self._showers: dict[tuple[int, str], Shower] = {}

    def of(self, kept: Kept, table: Table) -> Iterator[list[str]]:
        """Give the rows of one submission for a table: one, or one for each item of the roster."""
        shower = self._shower(kept.version_id, table)
        if not table.rosters:
            yield kept.head + shower.cells(kept.answers.get("values", {}), kept.calculated.get("values", {}))
            return
        for number, answers, calculated in _items(kept.answers, kept.calculated, table.rosters, ""):
            yield [kept.receipt, number, *shower.cells(answers, calculated)]

    def _shower(self, version: int, table: Table) -> Shower:
        key = (version, table.name)
        if key not in self._showers:
            self._showers[key] = Shower(self.versions[version].document, table.columns.values())
        return self._showers[key]


def _items(
    answers: dict[str, Any], calculated: dict[str, Any], rosters: tuple[str, ...], number: str
) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Give (number such as 2 or 2.1, values, calculated values) of each item of the last of the rosters."""
    worked = {item["id"]: item for item in calculated.get("rosters", {}).get(rosters[0], [])}
    for position, item in enumerate(answers.get("rosters", {}).get(rosters[0], []), 1):
        label = f"{number}.{position}" if number else str(position)
        own = worked.get(item["id"], {})
        if len(rosters) > 1:
            yield from _items(item, own, rosters[1:], label)
        else:
            yield label, item.get("values", {}), own.get("values", {})
