"""Going once over the submissions, feeding every question's summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from forms.definitions.document import Document
from forms.definitions.questions import Matrix, Question
from forms.kinds import kind_name, kind_of
from forms.out.rows import Kept
from forms.out.statistics.measuring import Measuring
from forms.out.statistics.summaries import Bar, Counting, Dating, Noting, Summary, over_months

Counter_ = Counting | Measuring | Dating | Noting
_SKIPPED = frozenset({"hidden", "file", "photo", "signature", "consent", "location", "address", "record"})


@dataclass
class Statistics:
    """What a form's submissions come to."""

    total: int
    summaries: list[Summary]
    by_month: list[Bar]
    by_school: list[Bar]

    def as_data(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {
            "total": self.total,
            "by_month": [{"label": bar.label, "count": bar.count} for bar in self.by_month],
            "by_school": [{"label": bar.label, "count": bar.count} for bar in self.by_school],
            "questions": [summary.as_data() for summary in self.summaries],
        }


def counters_of(document: Document) -> dict[tuple[str, ...], Counter_]:
    """Return a fresh counter for each question: by the rosters it stands in and its name. No sensitive ones."""
    found: dict[tuple[str, ...], Counter_] = {}
    for placed in document.walk():
        if (
            not isinstance(placed.item, Question)
            or placed.item.sensitive
            or kind_name(placed.item) in _SKIPPED
        ):
            continue
        rosters = tuple(roster.name for roster in placed.rosters)
        for name, counter in _counters(placed.item, document):
            found[*rosters, name] = counter
    for score in document.scores:
        found[score.name,] = Measuring(score.name, score.label)
    return found


def _counters(question: Question, document: Document) -> Iterable[tuple[str, Counter_]]:
    name, label = question.name, question.label or question.name
    if isinstance(question, Matrix):
        labels = _labels(question, document)
        return [(row.name, Counting(row.name, f"{label}：{row.label}", labels)) for row in question.rows]
    kind = kind_name(question)
    if kind in {"choice", "choices", "scored", "ranking", "yes_no", "gender"}:
        return [(name, Counting(name, label, _labels(question, document)))]
    if kind_of(question).numeric or getattr(question, "result", "") == "number":
        return [(name, Measuring(name, label))]
    return [(name, Dating(name, label) if kind in {"date", "month"} else Noting(name, label))]


def _labels(question: Any, document: Document) -> dict[str, str]:
    if question.type in {"yes_no", "gender"}:
        return kind_of(question).labels()  # type: ignore[attr-defined]
    chosen = document.lists.get(question.list)
    return {choice.value: choice.label for choice in chosen.choices} if chosen else {}


#: The counters of each group of questions that stand in the same rosters, by name.
Groups = dict[tuple[str, ...], dict[str, Counter_]]


def gather(document: Document, kept: Iterable[Kept], crossing: CrossTable | None = None) -> Statistics:
    """Return the statistics of submissions, by the questions of this document, and fill the table on the way.

    The submissions are read once, one after the other: memory does not grow with their number.
    """
    counters = counters_of(document)
    groups: Groups = {}
    for (*rosters, name), counter in counters.items():
        groups.setdefault(tuple(rosters), {})[name] = counter
    total, months, schools = 0, Counter[str](), Counter[str]()
    for submission in kept:
        total += 1
        months[submission.head[5][:7]] += 1
        schools[submission.head[1]] += 1
        _feed(groups, (), submission.answers, submission.calculated)
        if crossing is not None:
            crossing.add(submission)
    by_school = [Bar(name or "—", count, 100 * count / total) for name, count in schools.most_common(40)]
    by_month = over_months(months, total) if months else []
    return Statistics(total, [counter.summary() for counter in counters.values()], by_month, by_school)


def _feed(groups: Groups, rosters: tuple[str, ...], answers: dict[str, Any], worked: dict[str, Any]) -> None:
    counters = groups.get(rosters, {})
    values = {**worked.get("values", {}), **answers.get("values", {})}
    for value in [one for one in values.values() if isinstance(one, dict)]:
        values.update({row: one for row, one in value.items() if row in counters})
    for name, counter in counters.items():
        counter.add(values.get(name))
    for roster, items in answers.get("rosters", {}).items():
        own = {item["id"]: item for item in worked.get("rosters", {}).get(roster, [])}
        for item in items:
            _feed(groups, (*rosters, roster), item, own.get(item["id"], {}))


@dataclass
class CrossTable:
    """A table of two questions: how often each pair came. Fed one submission at a time."""

    #: The names of the questions, their labels, and the labels of their choices.
    names: tuple[str, str]
    down: str
    across: str
    down_labels: dict[str, str]
    across_labels: dict[str, str]
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, submission: Kept) -> None:
        """Count the pairs of a submission; of a multiple choice each that was chosen."""
        values = submission.answers.get("values", {})
        flat = {
            **values,
            **{k: v for one in values.values() if isinstance(one, dict) for k, v in one.items()},
        }
        down, across = self.names
        for left in _as_list(flat.get(down)):
            for top in _as_list(flat.get(across)):
                if left in self.down_labels and top in self.across_labels:
                    self.pairs[left, top] += 1

    def rows(self) -> list[tuple[str, list[int], int]]:
        """Return (label, counts, sum) of each row."""
        found = []
        for value, label in self.down_labels.items():
            counts = [self.pairs[value, top] for top in self.across_labels]
            found.append((label, counts, sum(counts)))
        return found


def crossing_of(document: Document, across: str, down: str) -> CrossTable | None:
    """Return the empty table of two choice questions; None when one is no such question."""
    counters = counters_of(document)
    columns, rows = counters.get((across,)), counters.get((down,))
    if not isinstance(columns, Counting) or not isinstance(rows, Counting):
        return None
    return CrossTable((down, across), rows.label, columns.label, rows.labels, columns.labels)


def _as_list(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else value if isinstance(value, list) else []
