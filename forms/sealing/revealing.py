"""Showing one sensitive answer to one person, who has the right and gives a reason."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from forms.sealing.models import RevealLog
from forms.sealing.permissions import user_can_see_sensitive

REASON_LIMIT = 200


@dataclass(frozen=True)
class Sealed:
    """A thing with sensitive answers: what the log says of it, and how one of its answers is read."""

    thing: Any
    kind: str
    title: str
    read: Callable[[str, str], tuple[str, str]]
    record: Any = None


@dataclass
class Reveal:
    """Show a sensitive answer (查看敏感信息). The look is logged before anything is opened.

    `kind` is "record" or "submission", `place` (item id, question or property name). Raises ValidationError without a
    reason or for an unknown place, PermissionDenied for a thing that the user may not see or not see into.
    """

    kind: str
    thing_id: str
    item: str
    name: str
    reason: str
    user: Any
    ip: str | None = None

    @transaction.atomic
    def execute(self) -> str:
        reason = " ".join(self.reason.split())
        if not reason:
            raise ValidationError(_("Please say why you need to see this."))
        sealed = find_sealed(self.kind, self.thing_id, self.user)
        if sealed is None or not user_can_see_sensitive(self.user, sealed.thing):
            raise PermissionDenied
        label, shown = sealed.read(self.item, self.name)
        log_reveal(sealed, self.user, label, reason, self.ip)
        return shown


def log_reveal(sealed: Sealed, user: Any, questions: str, reason: str, ip: str | None) -> RevealLog:
    """Write that the user looks; the caller is in the transaction in which she gets to see it."""
    return RevealLog.objects.create(
        user=user,
        thing=sealed.kind,
        thing_id=str(sealed.thing.pk),
        title=sealed.title[:200],
        record=sealed.record,
        school_id=getattr(sealed.thing, "school_id", None),
        questions=questions[:500],
        reason=reason[:REASON_LIMIT],
        ip=ip or None,
    )


def find_sealed(kind: str, thing_id: str, user: Any) -> Sealed | None:
    """Return the thing when the user may see it at all; None for what is not there as for what is not hers."""
    try:
        pk = uuid.UUID(thing_id)
    except ValueError:
        return None
    finder = _FINDERS.get(kind)
    return finder(pk, user) if finder else None


def _record(pk: uuid.UUID, user: Any) -> Sealed | None:
    from forms.registers.models import Record
    from forms.registers.versions import facts_now

    record = Record.objects.for_user(user).filter(pk=pk).select_related("register").first()
    if record is None:
        return None
    schema = record.register.schema

    def read(_item: str, name: str) -> tuple[str, str]:
        one = schema.properties.get(name)
        if one is None:
            raise ValidationError(_("The register no longer has this property."))
        return one.label, schema.show(name, facts_now(record).get(name))

    title = f"{record.register.record_name} {record.label}"
    return Sealed(record, "record", title, read, record=record)


def _submission(pk: uuid.UUID, user: Any) -> Sealed | None:
    from forms.kinds import kind_of
    from forms.submissions.models import Submission

    submission = Submission.objects.for_user(user).filter(pk=pk).select_related("form", "subject").first()
    if submission is None:
        return None

    def read(item: str, name: str) -> tuple[str, str]:
        revision = submission.revisions.select_related("version").get(number=submission.revision)
        placed = revision.version.document.questions.get(name)
        if placed is None:
            raise ValidationError(_("The form has no such question."))
        document = revision.version.document
        shown = kind_of(placed.item).display(placed.item, revision.answers.get(name, item), document)
        return placed.item.label, shown

    title = f"{submission.form.title} {submission.receipt}"
    return Sealed(submission, "submission", title, read, record=submission.subject)


_FINDERS: dict[str, Callable[[uuid.UUID, Any], Sealed | None]] = {
    "record": _record,
    "submission": _submission,
}
