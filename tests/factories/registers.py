"""Registers, records, and what is filed about them."""

from __future__ import annotations

import itertools
import uuid
from typing import Any

from cms.service import School
from forms.answers.answers import Answers
from forms.answers.keeping import pack
from forms.definitions.models import FormVersion
from forms.filling.models import Draft, DraftState
from forms.registers.models import Origin, Record, RecordKeeper, Register
from forms.registers.versions import Written, write_version
from forms.submissions.models import Submission, SubmissionRevision

_numbers = itertools.count(1)

CHILD_PROPERTIES: list[dict[str, Any]] = [
    {"name": "child", "label": "姓名", "type": "name", "role": "name", "required": True},
    {"name": "id_number", "label": "身份证号", "type": "id_number", "role": "id_number", "sensitive": True},
    {"name": "born", "label": "出生日期", "type": "date", "role": "birth_date"},
    {"name": "sex", "label": "性别", "type": "gender", "role": "gender"},
    {"name": "phone", "label": "监护人电话", "type": "phone", "sensitive": True},
    {"name": "class", "label": "班级", "searchable": True},
    {
        "name": "home",
        "label": "家庭情况",
        "type": "choice",
        "choices": [{"value": "both", "label": "双亲外出"}, {"value": "one", "label": "单亲外出"}],
    },
]


def make_register(properties: list[dict[str, Any]] | None = None, **fields: Any) -> Register:
    """A register of children."""
    number = next(_numbers)
    values = {"name": f"children-{number}", "title": f"儿童台账{number}", "record_name": "儿童", **fields}
    register = Register(properties=CHILD_PROPERTIES if properties is None else properties, **values)
    register.full_clean()
    register.save()
    return register


def make_record(register: Register, school: School, keeper: Any = None, **facts: Any) -> Record:
    """A record with these facts, its name given if none is."""
    record = Record(register=register, school=school)
    named = (
        {"child": f"王小{'一二三四五六七八九'[next(_numbers) % 9]}"}
        if "child" in register.schema.properties
        else {}
    )
    write_version(record, Written({**named, **facts}, Origin.HAND, 0))
    if keeper is not None:
        RecordKeeper.objects.create(record=record, user=keeper)
    return record


def make_filing(
    version: FormVersion,
    answers: dict[str, Any],
    school: School | None,
    user: Any = None,
    subject: Record | None = None,
    seen: int | None = None,
) -> SubmissionRevision:
    """A submission's first revision, as it stands before anything is written to a register."""
    draft = Draft(
        uuid=uuid.uuid4(),
        version=version,
        owner=user,
        school=school,
        subject=subject,
        subject_version=seen if seen is not None or subject is None else subject.version,
        state=DraftState.SUBMITTED,
    )
    given = Answers.from_plain(answers, set(version.document.rosters))
    draft.keep(given)
    draft.save()
    submission = Submission.objects.create(
        uuid=draft.uuid,
        receipt=f"R{next(_numbers):06}",
        form=version.form,
        version=version,
        school=school,
        subject=subject,
        submitted_by=user,
    )
    return make_revision(submission, given, user)


def make_revision(submission: Submission, answers: Answers, user: Any = None) -> SubmissionRevision:
    """The next revision of a submission."""
    number = submission.revisions.count() + 1
    Submission.objects.filter(pk=submission.pk).update(revision=number)
    return SubmissionRevision.objects.create(
        submission=submission,
        number=number,
        version=submission.version,
        kept_answers=pack(submission.version.document, answers, submission.pk),
        digest="x",
        created_by=user or submission.submitted_by,
    )
