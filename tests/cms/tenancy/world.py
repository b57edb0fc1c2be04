"""Two schools, A and B. Whatever school B has not published carries the canary word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.test import Client
from modelsearch.index import insert_or_update_object
from wagtail.models import APIToken, TaskState

from cms.api.tokens.actions import CreateToken
from cms.api.tokens.models import ApiToken, Scope
from cms.media.models import SiteDocument, SiteImage
from cms.pages.models import ActivityNewsPage, BasePage, NewsIndexPage, PlanPage
from cms.people.models import Role, User
from cms.plan_import.models import ImportBatch, ImportFile
from cms.schools.models import School
from forms.builder.models import LibraryQuestion
from forms.definitions.models import Form
from forms.files.actions import StoreFile
from forms.files.models import AnswerFile
from forms.filling.actions import AddItem, SaveAnswers, StartDraft
from forms.filling.models import Draft
from forms.out.models import ExportJob
from forms.public.models import FormPage
from forms.registers.actions import AskTransfer, EditRecord, MergeRecords
from forms.registers.models import Record, RecordConflict, RecordImport, RecordMerge, Register, Transfer
from forms.submissions.models import Submission
from tests.factories import (
    make_bureau_user,
    make_document,
    make_image,
    make_news,
    make_plan,
    make_policy,
    make_school,
    make_school_user,
    make_user,
)
from tests.factories.forms import make_form, make_form_page, make_submission, one_step, question
from tests.factories.media import png_bytes
from tests.factories.registers import make_record, make_register

CANARY = "金丝雀"


@dataclass
class RecordThings:
    """Records of one school, and what happened to them."""

    record: Record
    other: Record
    merge: RecordMerge
    conflict: RecordConflict
    transfer: Transfer
    batch: RecordImport


@dataclass
class Things:
    """What one school (or the bureau) has: a draft, a submission, a public page with a newer draft, media."""

    school: School
    draft: ActivityNewsPage
    submitted: ActivityNewsPage
    live: ActivityNewsPage
    plan: PlanPage
    image: SiteImage
    document: SiteDocument
    news_index: NewsIndexPage
    writer: User
    batch: ImportBatch
    api_token: ApiToken
    filling: Draft
    answer_file: AnswerFile
    handed_in: Submission
    export: ExportJob
    records: RecordThings
    form: Form
    library_question: LibraryQuestion
    form_page: FormPage

    @property
    def task_state(self) -> TaskState:
        return self.submitted.current_workflow_task_state


@dataclass
class World:
    """Both schools and the people."""

    a: Things
    b: Things
    people: dict[str, User]

    @classmethod
    def build(cls) -> World:
        a, b = make_things("甲校"), make_things(CANARY, canary=True)
        make_policy(f"未发布政策{CANARY}", live=False)
        people = {
            "anonymous": None,
            "class_teacher": make_school_user(a.school, Role.CLASS_TEACHER),
            "school_editor": a.writer,
            "school_head": make_school_user(a.school, Role.SCHOOL_HEAD),
            "inspector": make_bureau_user(Role.INSPECTOR),
            "bureau_editor": make_bureau_user(Role.BUREAU_EDITOR),
            "bureau_admin": make_bureau_user(Role.BUREAU_ADMIN),
            "superuser": make_user(is_superuser=True),
        }
        fill_search_index()
        return cls(a, b, people)

    def client(self, role: str) -> Client:
        client = Client(raise_request_exception=False)
        if user := self.people[role]:
            client.force_login(user)
        return client

    def content_token(self, role: str) -> str:
        """Return a token of the content API that allows all that the person may do."""
        return CreateToken("test", self.people[role], list(Scope.values)).execute()[1]

    def token(self, role: str) -> str:
        return APIToken.create_token(user=self.people[role], name="test")[1]


def fill_search_index() -> None:
    """Do what the worker would: without it no search finds anything, and no search could leak."""
    for model in (BasePage, SiteImage, SiteDocument):
        for thing in model.objects.all():
            insert_or_update_object(thing.specific if isinstance(thing, BasePage) else thing)


def make_things(word: str, canary: bool = False) -> Things:
    """Everything of one school, with `word` in each text."""
    school = make_school(name="乙校" if canary else "甲校")
    writer = make_school_user(school, name=f"{word}老师", email=f"w{school.pk}@school.test")
    image = make_image(f"照片{word}", school, credit=f"摄影{word}", uploaded_by_user=writer)
    image.tags.add(f"标签{word}")
    document = make_document(f"文件{word}", school, uploaded_by_user=writer)
    document.tags.add(f"档案{word}")
    picture = {"image": image, "alt": f"说明{word}", "caption": f"图注{word}", "credit": f"署名{word}"}
    body = [("text", f"<p>正文{word}</p>"), ("picture", picture)]
    fields: dict[str, Any] = {"intro": f"导语{word}", "place": f"地点{word}", "body": body, "owner": writer}
    draft = make_news(school, f"草稿{word}", live=False, **fields)
    submitted = make_news(school, f"送审稿{word}", live=False, **fields)
    submitted.get_workflow().start(submitted, writer)
    plan = make_plan(school, f"计划{word}", live=False, owner=writer, date=date(2026, 9, 2))
    APIToken.create_token(user=writer, name=f"令牌{word}")
    live = make_news(school, "公开新闻", owner=writer)
    live.title, live.intro = f"新标题{word}", f"新导语{word}"
    live.save_revision(user=writer, log_action=True)
    for name, value in ({"first_name": word} if canary else {}).items():
        setattr(writer, name, value)
        writer.save()
    batch = ImportBatch.objects.create(school=school, user=writer)
    ImportFile.objects.create(batch=batch, name=f"计划{word}.txt")
    filling = make_filling(school, writer, word)
    return Things(
        school=school,
        draft=draft,
        submitted=ActivityNewsPage.objects.get(pk=submitted.pk),
        live=ActivityNewsPage.objects.get(pk=live.pk),
        plan=plan,
        image=image,
        document=document,
        news_index=NewsIndexPage.objects.get(school=school),
        writer=writer,
        batch=batch,
        form=make_form(
            one_step(question("text", "a", label=f"题目{word}")), title=f"表单{word}", school=school
        ),
        library_question=LibraryQuestion.objects.create(
            title=f"题库{word}", school=school, kind="text", content=question("text", f"题目{word}")
        ),
        form_page=make_public_page(school, word),
        api_token=CreateToken(f"程序{word}", writer, [Scope.READ_DRAFTS]).execute()[0],
        filling=filling,
        answer_file=filling.files.get(),
        handed_in=make_handed_in(school, writer, word),
        export=ExportJob.objects.create(form=filling.version.form, user=writer, reason=word),
        records=make_record_things(school, word),
    )


def make_filling(school: School, writer: User, word: str) -> Draft:
    """A form of the school that its writer is filling in, with a file and an entry of a roster."""
    roster = {
        "type": "roster",
        "name": "entry",
        "label": f"名册{word}",
        "items": [question("text", "inside")],
    }
    content = one_step(question("text", "a"), question("photo", "f"), roster, title=f"表单{word}")
    draft = StartDraft(make_form(content, school=school), writer, school).execute()
    picture = ContentFile(png_bytes(), name=f"照片{word}.png")
    file = StoreFile(draft, "f", picture, writer).execute()
    item = AddItem(draft, "entry", user=writer).execute()
    answers = {("", "a"): f"答案{word}", ("", "f"): [str(file.pk)], (item, "inside"): f"内容{word}"}
    return SaveAnswers(draft, 0, answers, user=writer, forced=set(answers)).execute()


def make_public_page(school: School, word: str) -> FormPage:
    """A public form of the school, which anybody may read, and a page for it that is not published yet."""
    form = make_form(one_step(question("text", "a")), audience="public", school=school)
    body = [("text", f"<p>正文{word}</p>")]
    return make_form_page(form, school, live=False, title=f"表单页{word}", intro=word, body=body)


def make_handed_in(school: School, writer: User, word: str) -> Submission:
    """A form of the school that its writer handed in."""
    content = one_step(question("text", "a", searchable=True), title=f"提交{word}", summary="${a}")
    version = make_form(content, school=school).live
    return make_submission(version, writer, {"a": f"已交{word}"}, school=school)


def make_record_things(school: School, word: str) -> RecordThings:
    """Records with `word` in each text: one in conflict, one merged, one on its way to a third school."""
    register = Register.objects.first() or make_register(name="children")
    facts = {"id_number": "11010519491231002X", "phone": "13812345678", "class": f"班{word}"}
    record, other = (make_record(register, school, child=f"孩子{word}", **facts) for _ in range(2))
    merge = MergeRecords(other, make_record(register, school, child=f"并入{word}")).execute()
    for text in ("一班", "二班"):
        EditRecord(record, {"class": f"{text}{word}"}, 1).execute()
    head = make_school_user(school, Role.SCHOOL_HEAD)
    transfer = AskTransfer(other, make_school(), f"理由{word}", head).execute()
    batch = RecordImport.objects.create(register=register, school=school, file_name=f"名单{word}.xlsx")
    return RecordThings(record, other, merge, record.conflicts.get(), transfer, batch)
