"""Duplicates at entry: what a draft that makes a record is like."""

from __future__ import annotations

from typing import Any

from forms.filling.models import Draft
from forms.registers.counting import saving_questions
from forms.registers.duplicates import Duplicate, find_duplicates
from forms.registers.models import Register


def duplicates_in_draft(draft: Draft, user: Any) -> list[Duplicate]:
    """Return the records that may be of the child that the draft is about to make, likeliest first.

    None when the draft makes no record, or the person said already whose it is; those that she called another child
    are left out.
    """
    document = draft.version.document
    if document.about is None or document.about.mode != "makes" or draft.subject_id is not None:
        return []
    register = Register.objects.filter(name=document.about.register_name).first()
    if register is None:
        return []
    facts, answers = {}, draft.answers
    for question in saving_questions(document):
        value = answers.get(question.name)
        if value is not None and question.saves_to in register.schema.properties:
            facts[question.saves_to] = register.schema.parse(question.saves_to, value)
    said = draft.duplicate_answers.values_list("record_id", flat=True)
    return find_duplicates(register, draft.school, facts, user, exclude=said)
