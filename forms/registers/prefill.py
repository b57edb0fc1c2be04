"""What a form about a record begins with: the record's facts, and last time's answers."""

from __future__ import annotations

from typing import Any

from forms.answers.answers import TOP, Answers
from forms.definitions.document import Document, Placed
from forms.kinds.base import is_raw
from forms.registers.counting import saving_questions
from forms.registers.models import Record
from forms.registers.versions import facts_now
from forms.sealing.permissions import user_can_see_sensitive
from forms.submissions.models import Submission

#: Never copied from last time: files belong to one draft, agreement and signature to one day, the rest is worked out.
NOT_COPIED = frozenset({"file", "photo", "signature", "consent", "calculation", "hidden", "location"})


def prefill(
    document: Document, record: Record, last: Submission | None = None, reader: Any = None
) -> Answers:
    """Return the answers that a form about the record begins with.

    `last` is the submission to copy ("copy last visit"); what the record knows goes before it. Sensitive answers are
    filled in only for a reader who may see those of the record.
    """
    sensitive = reader is not None and user_can_see_sensitive(reader, record)
    answers = Answers()
    if last is not None:
        _copy(last, document, answers, sensitive=sensitive)
    facts, schema = facts_now(record), record.register.schema
    for question in saving_questions(document):
        value = facts.get(question.saves_to)
        known = schema.properties.get(question.saves_to)
        hidden = question.sensitive or known is None or known.sensitive
        if value is not None and question.asks and (sensitive or not hidden):
            answers.put(question.name, value)
    return answers


def last_submission(form: Any, record: Record, reader: Any) -> Submission | None:
    """Return the newest submission of the form about the record that the reader may see."""
    return Submission.objects.for_user(reader).counted().filter(form=form, subject=record).first()


def _copy(last: Submission, document: Document, answers: Answers, *, sensitive: bool) -> None:
    """Put what still fits the form into the answers; items of rosters get ids of their own."""
    revision = last.revisions.select_related("version").get(number=last.revision)
    old = revision.answers
    ids = {TOP: TOP}
    for parent, roster, item in old.walk_items():
        if roster in document.rosters and parent in ids:
            ids[item] = answers.add_item(roster, ids[parent])
    before = revision.version.document.questions
    for (item, name), value in old.values.items():
        now = document.questions.get(name)
        if item in ids and now is not None and _fits(now, before.get(name), sensitive) and not is_raw(value):
            answers.put(name, value, ids[item])


def _fits(now: Placed, before: Placed | None, sensitive: bool) -> bool:
    """Say whether an answer may be copied: the question is the same kind in the same place, and may be seen."""
    if before is None or now.item.type in NOT_COPIED or now.item.type != before.item.type:
        return False
    same_place = [one.name for one in now.rosters] == [one.name for one in before.rosters]
    return same_place and (sensitive or not (now.item.sensitive or before.item.sensitive))
