"""Two records of one child become one, and two again."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from cms.service import Role
from forms.filling.models import Draft
from forms.registers.actions import EditRecord, MergeRecords, UndoMerge
from forms.registers.models import Record
from forms.registers.timeline import timeline_of
from forms.registers.versions import facts_now
from forms.registers.writing import write_from_submission
from tests.factories import make_bureau_user, make_school_user
from tests.factories.registers import make_filing, make_record

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(register, school, teacher):
    one = make_record(register, school, child="张晓敏", **{"class": "一班"})
    other = make_record(
        register, school, keeper=teacher, child="张小敏", phone="13812345678", **{"class": "二班"}
    )
    return one, other


def now(record):
    return Record.objects.select_related("register").get(pk=record.pk)


def test_the_survivor_takes_what_it_lacks_and_what_was_chosen(pair, head):
    one, other = pair
    MergeRecords(one, other, ["class"], head).execute()
    assert facts_now(now(one)) == {"child": "张晓敏", "phone": "13812345678", "class": "二班"}
    assert (now(other).state, now(other).merged_into) == ("merged", one)
    assert list(Record.objects.active()) == [one]


def test_submissions_drafts_and_keepers_move_and_come_back(pair, head, teacher, visit, school):
    one, other = pair
    revision = make_filing(visit, {"who": "张小敏"}, school, teacher, subject=other)
    merge = MergeRecords(one, other, (), head).execute()
    revision.submission.refresh_from_db()
    assert revision.submission.subject == one
    assert list(Record.objects.for_user(teacher)) == [one]
    assert "一班" not in [entry.title for entry in timeline_of(now(one), head)]
    UndoMerge(merge, head).execute()
    draft = Draft.objects.get(pk=revision.submission_id)
    assert (draft.subject, draft.subject_version) == (other, 1)
    assert list(Record.objects.for_user(teacher)) == [other]


def test_undoing_brings_back_exactly_what_was(pair, head):
    one, other = pair
    before = [facts_now(record) for record in pair]
    merge = MergeRecords(one, other, ["child", "class"], head).execute()
    UndoMerge(merge, head).execute()
    assert [facts_now(now(record)) for record in pair] == before
    assert now(other).state == "active"
    with pytest.raises(ValidationError):
        UndoMerge(merge, head).execute()


def test_undoing_keeps_what_was_changed_since(pair, head):
    one, other = pair
    merge = MergeRecords(one, other, ["class"], head).execute()
    EditRecord(now(one), {"class": "三班"}, now(one).version, head).execute()
    UndoMerge(merge, head).execute()
    assert facts_now(now(one)) == {"child": "张晓敏", "class": "三班"}


def test_a_draft_begun_on_the_other_record_changes_only_what_its_writer_changed(pair, head, visit, school):
    one, other = pair
    revision = make_filing(visit, {"who": "张小敏", "klass": "五班"}, school, head, subject=other)
    MergeRecords(one, other, (), head).execute()
    write_from_submission(revision)
    assert facts_now(now(one))["child"] == "张晓敏"
    assert facts_now(now(one))["class"] == "五班"


def test_a_later_merge_must_be_undone_first(pair, register, school, head):
    one, other = pair
    first = MergeRecords(one, other, (), head).execute()
    third = make_record(register, school)
    MergeRecords(third, now(one), (), head).execute()
    with pytest.raises(ValidationError):
        UndoMerge(first, head).execute()


def test_records_of_two_schools_are_merged_by_the_bureau_alone(pair, register, other_school, head):
    foreign = make_record(register, other_school)
    with pytest.raises(PermissionDenied):
        MergeRecords(pair[0], foreign, (), head).execute()
    with pytest.raises(PermissionDenied):
        MergeRecords(*pair, (), make_school_user(pair[0].school, Role.SCHOOL_EDITOR)).execute()
    MergeRecords(pair[0], foreign, (), make_bureau_user(Role.BUREAU_ADMIN)).execute()


def test_what_the_other_was_stays_in_the_timeline(pair, head):
    one, other = pair
    MergeRecords(one, other, (), head).execute()
    labels = {change.label for entry in timeline_of(now(one), head) for change in entry.changes}
    shown = {change.after for entry in timeline_of(now(one), head) for change in entry.changes}
    assert "监护人电话" in labels
    assert "138****5678" in shown
    assert "13812345678" not in shown
