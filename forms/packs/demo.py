"""The demonstration of a pack: invented records and what was filed about them, made by the actions that people use."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Protocol

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import override

from cms.service import Membership, Role, School, User, refuse_in_production
from forms.definitions.models import Form
from forms.filling.actions import AddItem, SaveAnswers, StartDraft
from forms.filling.models import Draft
from forms.findable.notes import note_submissions
from forms.packs.actions import LoadPack
from forms.packs.invented import invented_id_number, on_its_day
from forms.packs.reading import Pack
from forms.registers.actions import AssignKeepers, CreateRecord
from forms.registers.models import Record, RecordVersion, Register
from forms.submissions.actions import ApproveSubmission, ReturnSubmission, SubmitDraft
from forms.submissions.actions.decide import CommentOn
from forms.submissions.models import Submission
from forms.submissions.receipts import new_receipt

CHILDREN = "left_behind_children"
#: How many days ago the children were entered: before all that was filed about them.
ENTERED = 70


class Output(Protocol):
    """Something to write progress to."""

    def write(self, text: str, /) -> Any:
        """Write a line."""


def load_forms_demo(stdout: Output) -> None:
    """Load the children's pack, and its invented children once. Raises PermissionDenied in production."""
    refuse_in_production()
    pack = Pack.named(CHILDREN)
    LoadPack(pack).execute()
    sample = pack.sample
    register = Register.objects.get(name=sample["register"])
    if register.records.exists():
        return
    with transaction.atomic(), override("zh-hans"):
        desks = [desk for one in sample["schools"] if (desk := _desk(register, one))]
        for desk in desks:
            desk.fill()
    children, filings = (sum(len(desk.sample[key]) for desk in desks) for key in ("children", "filings"))
    stdout.write(f"  留守儿童 {children} 名（虚构），表单 {filings} 份\n")


def _desk(register: Register, sample: dict[str, Any]) -> Desk | None:
    """Return the desk of the school's class teacher; None where teacher or head are gone."""
    held = Membership.objects.filter(school__code=sample["code"]).select_related("user", "school")
    people = {one.role: one for one in held.order_by("-pk")}
    keeper, head = people.get(Role.CLASS_TEACHER), people.get(Role.SCHOOL_HEAD)
    if keeper is None or head is None or keeper.school is None or not keeper.school.is_open:
        return None
    return Desk(register, sample, keeper.school, keeper.user, head.user)


@dataclass
class Desk:
    """A class teacher of the demo: her children, and what she and her head did."""

    register: Register
    sample: dict[str, Any]
    school: School
    teacher: User
    head: User
    records: list[Record] = field(default_factory=list)

    def fill(self) -> None:
        """Make the children, then what was filed, the oldest first."""
        self.records = [self._enter(child) for child in self.sample["children"]]
        AssignKeepers(self.records, self.teacher, self.head).execute()
        forms = {form.slug: form for form in Form.objects.filter(pack=CHILDREN).select_related("live")}
        for filing in sorted(self.sample["filings"], key=lambda one: -one["days_ago"]):
            self._file(forms[filing["form"]], filing)

    def _enter(self, child: dict[str, Any]) -> Record:
        facts = {**child, "id_number": self._id_number(child), "helper": str(self.teacher)}
        record = CreateRecord(self.register, self.school, facts, self.head).execute()
        _move_back(record.versions.all(), "created_at", ENTERED)
        return record

    def _id_number(self, child: dict[str, Any]) -> str:
        return invented_id_number(date.fromisoformat(child["birth_date"]), child["gender"])

    def _file(self, form: Form, filing: dict[str, Any]) -> None:
        subject = self.records[filing["child"]] if "child" in filing else None
        draft = StartDraft(form, self.teacher, self.school, subject).execute()
        self._answer(draft, filing["answers"])
        if filing["state"] == "draft":
            return
        draft.refresh_from_db()
        submission = SubmitDraft(draft, self.teacher).execute()
        if filing["state"] == "approved":
            ApproveSubmission(submission, self.head).execute()
        elif filing["state"] == "returned":
            said = [CommentOn(name, text) for name, text in filing["comments"].items()]
            ReturnSubmission(submission, self.head, said, filing["comment"]).execute()
        _date_back(submission, filing["days_ago"])

    def _answer(self, draft: Draft, answers: dict[str, Any]) -> None:
        changes: dict[tuple[str, str], Any] = {}
        for name, value in answers.items():
            if name not in draft.version.document.rosters:
                changes["", name] = self._said(value, answers)
                continue
            for entry in value:
                item = AddItem(draft, name, user=self.teacher).execute()
                changes.update({(item, inner): one for inner, one in entry.items()})
        steps = draft.version.document.steps
        SaveAnswers(draft, 0, changes, self.teacher, forced=set(changes), step=steps[0].name).execute()

    def _said(self, value: Any, answers: dict[str, Any]) -> Any:
        """Return the answer, with what only the day and the person can tell."""
        if value == "@keeper":
            return str(self.teacher)
        if value == "@id":
            return self._id_number(answers)
        return on_its_day(value, timezone.localdate())


def _date_back(submission: Submission, days: int) -> None:
    """Let a submission be of the day that it tells of: a demonstration of one day shows nothing."""
    now = Submission.objects.select_related("form").get(pk=submission.pk)
    at = now.submitted_at - timedelta(days=days)
    receipt = new_receipt(now.form.title, timezone.localdate(at))
    Submission.objects.filter(pk=now.pk).update(submitted_at=at, receipt=receipt)
    note_submissions([now.pk])
    _move_back(now.events.all(), "at", days)
    _move_back(now.revisions.all(), "created_at", days)
    _move_back(RecordVersion.objects.filter(source__submission=now), "created_at", days)


def _move_back(rows: QuerySet[Any], name: str, days: int) -> None:
    for pk, moment in rows.values_list("pk", name):
        rows.filter(pk=pk).update(**{name: moment - timedelta(days=days)})
