"""Possible duplicates at handing in through the API: told as on the check page, and decided in the same request."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cms.service import ApiProblem
from forms.filling.twins import TAKE_BACK, decide, twins_of
from forms.submissions.actions import SubmitDraft

if TYPE_CHECKING:
    from collections.abc import Sequence

    from forms.api.schemas import DecisionIn
    from forms.filling.models import Draft
    from forms.filling.twins import Twin
    from forms.public.visitor import Visitor
    from forms.submissions.models import Submission


def hand_in(
    draft: Draft, user: Any, seen: int | None, said: Sequence[DecisionIn], visitor: Visitor | None
) -> Submission:
    """Decide about possible duplicates and hand in, both or neither; `seen` is the revision that the client had read.

    What was handed in before is not asked about. Raises the problem 409 with the records that are still to be
    decided, ValidationError at `duplicates[i]`, and what SubmitDraft raises.
    """
    # Without a decision there is nothing to keep together, and the long run stays outside of any transaction.
    with transaction.atomic() if said else nullcontext():
        if draft.is_open and seen in (None, draft.revision):
            _decide(draft, user, said)
            seen = draft.revision if seen is not None else None
        return SubmitDraft(draft, user, seen, visitor=visitor).execute()


def _decide(draft: Draft, user: Any, said: Sequence[DecisionIn]) -> None:
    for number, one in enumerate(said):
        try:
            if draft.owner_id is None or one.mark == TAKE_BACK:
                raise ValidationError(_("There is nothing to decide about this record any more."))
            same = "yes" if one.same else "no"
            decide(draft, user, {"duplicate": one.mark, "same": same, "reason": one.reason})
        except ValidationError as error:
            raise ValidationError({f"duplicates[{number}]": error.messages}) from error
        draft.refresh_from_db()
    if waiting := twins_of(draft, user):
        words = _(
            "The child may be in the register already. Please decide about each record, in `duplicates`."
        )
        raise ApiProblem(
            409, "possible-duplicates", words, more={"duplicates": [_told(twin) for twin in waiting]}
        )


def _told(twin: Twin) -> dict[str, Any]:
    found, record = twin.found, twin.found.record
    told = {
        "mark": twin.mark,
        "how": found.how,
        "where": found.where,
        "must_say_why": twin.must_say_why,
    }
    if found.where != "seen":
        return told
    born = record.birth_date.isoformat() if record.birth_date else None
    return {**told, "record": str(record.pk), "label": record.label, "birth_date": born}
