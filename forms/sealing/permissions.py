"""Who may have sensitive answers shown to her, one at a time, for a reason that is logged."""

from __future__ import annotations

from typing import Any

from cms.service import Role, school_ids_of, user_is_bureau, user_is_bureau_admin


def user_can_see_sensitive(user: Any, thing: Any) -> bool:
    """Say whether the user may have the sensitive answers of a record, submission or draft shown.

    Of a record: its keepers, the head of its school, the bureau's administrator. Of a submission also who handed it
    in and who reviews it. A draft is its owner's. Editors and inspectors see masks.
    """
    from forms.filling.models import Draft
    from forms.registers.models import Record
    from forms.submissions.models import Submission

    if user is None or not user.is_authenticated or not user.is_active:
        return False
    if isinstance(thing, Draft):
        return thing.owner_id == user.pk
    if user_is_bureau_admin(user) or thing.school_id in school_ids_of(user, Role.SCHOOL_HEAD):
        return True
    if isinstance(thing, Submission):
        here = thing.school_id is None or thing.school_id in school_ids_of(user) or user_is_bureau(user)
        return here and user.pk in {thing.submitted_by_id, thing.reviewer_id}
    return isinstance(thing, Record) and user_keeps_record(user, thing)


def user_keeps_record(user: Any, record: Any) -> bool:
    """Say whether the user looks after the record, in the school that keeps it. One query."""
    return record.school_id in school_ids_of(user) and record.keepers.filter(user=user).exists()
