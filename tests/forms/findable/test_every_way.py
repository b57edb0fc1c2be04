"""Whatever is done to submissions and records, and by whatever way, index and database agree after the worker's go."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from cms.schools.actions.closing import MergeSchools
from forms.codes.models import Code, CodeList
from forms.packs.actions import _replace_codes
from forms.packs.demo import _date_back
from forms.registers.actions import (
    AskTransfer,
    AssignKeepers,
    CancelTransfer,
    DecideTransfer,
    MergeRecords,
    SetRecordState,
    UndoMerge,
)
from forms.registers.models import Record
from forms.submissions.actions import ApproveSubmission, ReturnSubmission, WithdrawSubmission
from search.rebuild import compare
from tests.factories.forms import make_submission, make_version, one_step, question
from tests.factories.registers import make_record

pytestmark = pytest.mark.django_db
CLASSES = [{"value": "a", "label": "三年级"}, {"value": "b", "label": "四年级"}]


@pytest.fixture
def filed(people, register, visit) -> SimpleNamespace:
    """Two records, a submission about the first, and one that chose from a code list."""
    one, other = (
        make_record(register, people.school, people.teacher, child=name) for name in ("王小明", "王晓明")
    )
    about = make_submission(
        visit,
        people.teacher,
        {"who": "", "talk": "谈了心"},
        school=people.school,
        subject=one,
        subject_version=1,
    )
    codes = CodeList.objects.create(name="classes", title="班级")
    _replace_codes(codes, CLASSES)
    content = one_step(question("choice", "which", list="which", searchable=True))
    chosen = make_version(content | {"lists": {"which": {"codes": "classes"}}})
    made = make_submission(chosen, people.teacher, {"which": "a"}, school=people.school)
    given = {**vars(people), "other_school": people.other, "other": other}
    return SimpleNamespace(one=one, about=about, codes=codes, chose=made, **given)


def transfer(at: SimpleNamespace, end: Callable) -> None:
    asked = AskTransfer(at.one, at.other_school, "搬家", at.head).execute()
    end(asked)


def merge(at: SimpleNamespace):
    return MergeRecords(at.one, at.other, user=at.head).execute()


WAYS: dict[str, Callable] = {
    "approving": lambda at: ApproveSubmission(at.about, at.head).execute(),
    "returning": lambda at: ReturnSubmission(at.about, at.head, comment="请补充").execute(),
    "withdrawing": lambda at: WithdrawSubmission(at.about, at.teacher).execute(),
    "merging": merge,
    "taking a merger back": lambda at: UndoMerge(merge(at), at.head).execute(),
    "agreeing to a transfer": lambda at: transfer(
        at, lambda asked: DecideTransfer(asked, agree=True, user=at.other_head).execute()
    ),
    "cancelling a transfer": lambda at: transfer(at, lambda asked: CancelTransfer(asked, at.head).execute()),
    "giving other keepers": lambda at: AssignKeepers([at.one], at.colleague, user=at.head).execute(),
    "leaving": lambda at: SetRecordState(at.one, "left", at.head).execute(),
    "merging schools": lambda at: MergeSchools(at.school, at.other_school, user=at.admin).execute(),
    "renaming a code": lambda at: _replace_codes(
        at.codes, [{"value": "a", "label": "三年级一班"}, CLASSES[1]]
    ),
    "saving a code": lambda at: Code(
        pk=Code.objects.get(value="a").pk, codes=at.codes, value="a", label="新"
    ).save(),
    "dating back": lambda at: _date_back(at.chose, 400),
    "emptying a revision": lambda at: empty(at.chose),
    "deleting a submission": lambda at: at.chose.delete(),
    "deleting many": lambda at: type(at.chose).objects.filter(pk=at.chose.pk).delete(),
    "deleting a record": lambda at: Record.objects.filter(pk=at.other.pk).delete(),
}


def empty(submission) -> None:
    revision = submission.revisions.get()
    revision.kept_answers = {}
    revision.save()


@pytest.mark.parametrize("way", WAYS)
def test_index_and_database_agree_after(filed, people, found, index, way):
    found("", people.admin)
    WAYS[way](filed)
    found("", people.admin)
    assert compare(index).is_none


def test_a_renamed_label_is_found_in_what_was_answered_before(filed, people, found):
    only = {"kind": ["submission"]}
    assert found("三年级", people.head, filters=only)
    WAYS["renaming a code"](filed)
    assert found("一班", people.head, filters=only)
