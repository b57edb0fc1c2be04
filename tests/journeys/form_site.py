"""Forms, submissions and records for the screens of the admin: one of each that a screen is about."""

from __future__ import annotations

from types import SimpleNamespace

from cms.people.models import Role
from forms.builder.models import LibraryQuestion
from forms.definitions.actions import PublishForm
from forms.filling.models import Draft
from forms.out.models import ExportJob, ExportState
from forms.registers.actions import AskTransfer, EditRecord, MergeRecords
from forms.registers.models import RecordImport
from tests.factories import make_school
from tests.factories.forms import make_form, make_form_page, make_submission, one_step, question
from tests.factories.registers import make_record, make_register

LISTS = {"how": {"choices": [{"value": "home", "label": "上门"}, {"value": "phone", "label": "电话"}]}}


def add_forms(site: SimpleNamespace) -> None:
    """Put forms and what was filled into them on the site."""
    teacher, head = site.people[Role.CLASS_TEACHER], site.people[Role.SCHOOL_HEAD]
    content = one_step(
        question("text", "who", searchable=True),
        question("choice", "how", list="how"),
        question("integer", "minutes"),
        question("phone", "tel", sensitive=True),
        title="家访记录",
        lists=LISTS,
    )
    site.form = make_form(content)
    PublishForm(site.form, {**content, "title": "家访记录（新）"}, note="标题更清楚").execute()
    site.public_form = make_form(one_step(question("phone", "tel", required=True)), audience="public")
    make_form_page(site.public_form)
    version = site.form.live
    assert version is not None
    site.handed_in = [
        make_submission(version, teacher, {"who": who, "how": "home", "minutes": 30}, school=site.school)
        for who in ("白老师", "何老师")
    ]
    site.library_question = LibraryQuestion.objects.create(
        title="联系电话", kind="phone", content=question("phone", "tel")
    )
    site.exports = {
        state: ExportJob.objects.create(form=site.form, user=site.people[Role.BUREAU_ADMIN], state=state)
        for state in (ExportState.RUNNING, ExportState.DONE, ExportState.FAILED, ExportState.LAPSED)
    }
    site.trial = Draft.objects.filter(owner=teacher).first()
    _records(site, head)


def _records(site: SimpleNamespace, head) -> None:
    teacher = site.people[Role.CLASS_TEACHER]
    site.register = make_register(name="children")
    facts = {"id_number": "11010519491231002X", "phone": "13812345678", "class": "三年级"}
    site.record = make_record(site.register, site.school, keeper=teacher, child="江小雨", **facts)
    site.other = make_record(site.register, site.school, child="江小雨", **facts)
    MergeRecords(site.other, make_record(site.register, site.school, child="江晓雨")).execute()
    for name in ("一班", "二班"):
        EditRecord(site.record, {"class": name}, 1).execute()
    site.transfer = AskTransfer(site.other, make_school(), "随父母迁居", head).execute()
    site.import_ = RecordImport.objects.create(
        register=site.register, school=site.school, file_name="儿童名单.xlsx"
    )
