"""Forms, drafts and submissions as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from forms.answers.answers import TOP, Answers, Key
from forms.definitions.document import SCHEMA_ID, Document
from forms.definitions.models import Audience
from forms.definitions.questions import Question
from forms.expressions import to_json
from forms.kinds import kind_of
from forms.public.opening import opening_of
from forms.run.compiled import STEP_MARK, CompiledForm, compiled
from forms.sealing.masking import mask
from forms.submissions.trail import AnswerComment, EventKind, SubmissionEvent

if TYPE_CHECKING:
    from forms.definitions.models import Form
    from forms.filling.models import Draft
    from forms.run.outcome import Outcome
    from forms.submissions.models import Submission

_TREES = ("relevant", "calculation", "constraint", "required", "count", "choice_filter")


def form_summary(form: Form) -> dict[str, Any]:
    """Return a form in short; its live version must be at hand."""
    assert form.live is not None  # noqa: S101 - only open forms are shown
    about = form.live.document.about
    return {
        "slug": form.slug,
        "title": form.title,
        "audience": form.audience,
        "version": form.live.number,
        "about": about.register_name if about else None,
        "url": reverse("forms_start", args=[form.slug]),
    }


def form_detail(form: Form) -> dict[str, Any]:
    """Return a form whole."""
    assert form.live is not None  # noqa: S101
    document = form.live.document
    return {
        **form_summary(form),
        "definition": document.compact(),
        "answers_schema": answers_schema(document),
        "opening": opening_json(form) if form.audience == Audience.PUBLIC else None,
        "expressions": trees(compiled(document)),
    }


def opening_json(form: Form) -> dict[str, Any]:
    """Return whether a public form takes anything in now."""
    opening = opening_of(form)
    rules = opening.rules
    opens, closes = (rules.opens_at, rules.closes_at) if rules else (None, None)
    return {
        "standing": opening.standing.value,
        "words": opening.words,
        "opens_at": opens.isoformat() if opens else None,
        "closes_at": closes.isoformat() if closes else None,
        "places_left": opening.left,
    }


def trees(form: CompiledForm) -> dict[str, Any]:
    """Return the trees of each part that has any: {"age": {"relevant": [...]}}."""
    found = {}
    for name, part in form.parts.items():
        own = {tree: to_json(getattr(part, tree)) for tree in _TREES if getattr(part, tree) is not None}
        if own:
            found[name] = own
    return found


def answers_schema(document: Document) -> dict[str, Any]:
    """Return the JSON Schema of the answers: what may be sent, whatever is asked of whom."""
    items = [item for step in document.steps for item in step.items]
    return {"$schema": SCHEMA_ID, "title": document.title, **_schema_of(items, document)}


def _schema_of(items: Any, document: Document) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    for item in items:
        if isinstance(item, Question):
            if item.asks:
                title = {"title": item.label} if item.label else {}
                properties[item.name] = {**title, **kind_of(item).schema(item, document)}
        elif item.type == "roster":
            inner = _schema_of(item.items, document)
            inner["properties"]["id"] = {"type": "string"}
            properties[item.name] = {
                "title": item.label, "type": "array", "items": inner,
                "minItems": item.minimum, "maxItems": item.maximum,
            }  # fmt: skip
    return {"type": "object", "properties": properties, "additionalProperties": False}


def draft_json(draft: Draft, outcome: Outcome, key: str | None = None) -> dict[str, Any]:
    """Return a draft with the outcome of its answers."""
    answers = outcome.answers
    names = item_names(answers)
    return {
        "uuid": draft.pk,
        "form": draft.version.form.slug,
        "version": draft.version.number,
        "state": draft.state,
        "revision": draft.revision,
        "url": reverse("forms_check", kwargs={"uuid": draft.pk}),
        "key": key,
        "path": list(outcome.path),
        "answers": nested(answers),
        "relevant": {
            written(key, names): shown
            for key, shown in outcome.relevant.items()
            if not key[1].startswith(STEP_MARK) and key[0] in names
        },
        "calculated": {written(k, names): text for k, text in outcome.calculated.items()},
        "errors": {written(k, names): found for k, found in outcome.errors.items()},
        "complete": outcome.complete,
        **_asked_for(draft, names),
    }


def _asked_for(draft: Draft, names: dict[str, str]) -> dict[str, Any]:
    """Return what the reviewer of a returned submission asks for: on the whole, and at each answer."""
    last = SubmissionEvent.objects.filter(submission=draft.pk).exclude(kind=EventKind.ASSIGNED).last()
    if last is None or last.kind != EventKind.RETURNED:
        return {"comment": "", "comments": {}}
    comments = AnswerComment.objects.open().filter(submission=draft.pk).by_answer()
    return {
        "comment": last.comment,
        "comments": {written(key, names): [one.text for one in found] for key, found in comments.items()},
    }


def item_names(answers: Answers) -> dict[str, str]:
    """Return how each roster item is written: `guardian[1]`, `guardian[1].phone[2]`."""
    names = {TOP: ""}
    for (parent, roster), ids in sorted(answers.rosters.items(), key=lambda one: one[0][0] != TOP):
        for position, item in enumerate(ids, 1):
            before = f"{names[parent]}." if names.get(parent) else ""
            names[item] = f"{before}{roster}[{position}]"
    return names


def written(key: Key, names: dict[str, str]) -> str:
    """Return a key as it is written in JSON: `question`, `roster[1].question`."""
    item = names.get(key[0], key[0])
    return f"{item}.{key[1]}" if item else key[1]


def nested(answers: Answers, item: str = TOP) -> dict[str, Any]:
    """Return the answers as `{"question": value, "roster": [{"id": ..., "question": value}]}`."""
    found = {name: value for (owner, name), value in answers.values.items() if owner == item}
    for (owner, roster), ids in answers.rosters.items():
        if owner == item:
            found[roster] = [{"id": child, **nested(answers, child)} for child in ids]
    return found


def submission_json(submission: Submission, *, answers: bool = False) -> dict[str, Any]:
    """Return a submission; with its answers, the sensitive ones masked."""
    return {
        "uuid": submission.pk,
        "receipt": submission.receipt,
        "form": submission.form.slug,
        "version": submission.version.number,
        "school": submission.school.code if submission.school else None,
        "about": submission.subject_id,
        "state": submission.state,
        "summary": submission.summary,
        "revision": submission.revision,
        "submitted_at": submission.submitted_at.isoformat(timespec="seconds"),
        "changed_at": submission.changed_at.isoformat(timespec="seconds"),
        **(_shown(submission) if answers else {"answers": None, "calculated": None}),
    }


def _shown(submission: Submission) -> dict[str, Any]:
    """Return the answers and what was worked out of them, the sensitive ones masked."""
    revision = submission.revisions.get(number=submission.revision)
    answers, worked = (
        _masked(kept, revision.version.document) for kept in (revision.answers, revision.calculated)
    )
    names = item_names(answers)
    return {
        "answers": nested(answers),
        "calculated": {written(key, names): text for key, text in worked.values.items() if key[0] in names},
    }


def _masked(kept: Answers, document: Document) -> Answers:
    scores = {score.name for score in document.scores}
    for (item, name), value in list(kept.values.items()):
        placed = document.questions.get(name)
        if placed is None and name not in scores:
            kept.put(name, None, item)
        elif placed is not None and placed.item.sensitive:
            kept.put(name, mask(placed.item, value), item)
    return kept
