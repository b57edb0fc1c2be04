"""The admin with one of everything: what waits, came back, failed, was closed, taken back or was stopped."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

from django.utils import timezone

from cms.api.tokens.actions import CreateToken, RevokeToken
from cms.api.tokens.models import Scope
from cms.outbox.models import Event, EventKind
from cms.pages.actions import StartPlan
from cms.pages.models import HomePage, PlanIndexPage, StandardPage
from cms.people.actions import DeactivateUser, InvitePerson, IssueLink
from cms.people.models import Role
from cms.plan_import.actions import ConfirmImport, StartImport, UndoImport
from cms.plan_import.models import ImportBatch
from cms.plan_import.running import RunBatch
from cms.schools.actions import CloseSchool, EditSchool, MergeSchools
from cms.webhooks.actions import create_webhook, send_ping
from cms.webhooks.models import DeliveryState, Webhook, WebhookDelivery
from search.models import IndexChange, IndexRun, SearchGap, Synonym
from tests.cms.plan_import.samples import SCHOOL_PLAN
from tests.factories import (
    make_bureau_user,
    make_document,
    make_image,
    make_news,
    make_plan,
    make_policy,
    make_school,
    make_school_user,
    make_template,
    make_topic,
)
from tests.factories.pages import make_kind

LONG = "心桥县柳溪镇中心小学附属第二幼儿园（柳溪村教学点）"
WHY = "请补充活动的参加人数，并说明照片中的学生是否有监护人签字的肖像授权。"


def build() -> SimpleNamespace:
    """Make the site; return its people by role and the things that screens are about."""
    site = SimpleNamespace()
    _schools_and_people(site)
    _pages(site)
    _imports(site)
    _webhooks_and_tokens(site)
    _search(site)
    return site


def _search(site: SimpleNamespace) -> None:
    site.synonyms = Synonym.objects.create(words="双减，减轻作业负担")
    SearchGap.objects.create(text="托幼机构", count=7)
    IndexChange.objects.create(kind="policy", object_id="7", parked=True, error=f"ValueError: {WHY}")
    numbers = {"plan": [12, 12], "policy": [9, 10]}
    differences = {
        "missing": {"count": 1, "first": ["policy:7"]},
        "left_over": {"count": 0},
        "different": {"count": 0},
    }
    IndexRun.objects.create(
        kind="compare", state="done", report={"numbers": numbers, "mended": 1, **differences},
        finished_at=timezone.now(),
    )  # fmt: skip
    IndexRun.objects.create(kind="rebuild", state="running", done=500, total=2000)


def _schools_and_people(site: SimpleNamespace) -> None:
    names = {
        Role.BUREAU_ADMIN: "欧阳主任",
        Role.BUREAU_EDITOR: "陈编辑",
        Role.INSPECTOR: "高督导",
    }
    site.people = {role: make_bureau_user(role, name=name) for role, name in names.items()}
    admin = site.people[Role.BUREAU_ADMIN]
    site.school = make_school(LONG, phone="0000-7654321", address="柳溪镇柳溪村三组东侧")
    EditSchool(site.school, {"boarding": True}, user=admin).execute()
    for role, name in {
        Role.SCHOOL_HEAD: "何校长",
        Role.SCHOOL_EDITOR: "甄小兰",
        Role.CLASS_TEACHER: "白老师",
    }.items():
        site.people[role] = make_school_user(site.school, role, name=name, phone="13800000000")
    site.closed, site.merged = make_school("山口教学点"), make_school("河口小学")
    CloseSchool(site.closed, note="学生并入中心小学。", user=admin).execute()
    MergeSchools(site.merged, site.school, user=admin).execute()
    site.invitation = InvitePerson(
        name="新老师", role=Role.CLASS_TEACHER, school=site.school, user=admin
    ).execute()
    site.forgetful = make_school_user(site.school, name="忘老师")
    site.new_password = IssueLink(site.forgetful, user=admin).execute()
    site.gone = make_school_user(site.school, name="离老师")
    DeactivateUser(site.gone, user=admin).execute()


def _pages(site: SimpleNamespace) -> None:
    editor, bureau = site.people[Role.SCHOOL_EDITOR], site.people[Role.BUREAU_EDITOR]
    site.topic, site.kind = make_topic(), make_kind()
    site.image, site.document = make_image(), make_document()
    site.policy = make_policy("关于加强留守儿童关爱服务工作的实施意见", topics=[site.topic])
    site.draft = make_news(site.school, "中秋写家书", live=False, owner=editor)
    site.live = make_news(site.school, "秋季运动会")
    site.submitted = make_news(site.school, "图书角开放了", live=False, owner=editor)
    site.returned = make_news(site.school, "家长会", live=False, owner=editor)
    for page in (site.submitted, site.returned):
        page.save_revision(user=editor)
        page.get_workflow().start(page, editor)
    state = type(site.returned).objects.get(pk=site.returned.pk).current_workflow_state
    state.current_task_state.task.specific.on_action(state.current_task_state, bureau, "reject", comment=WHY)
    site.about = HomePage.objects.get().add_child(instance=StandardPage(title="关于我们", slug="about"))
    site.template = make_template("学校关爱工作计划模板", intro="供各校制定年度计划。")
    parent = PlanIndexPage.objects.get(school=site.school)
    start = StartPlan(template=site.template, parent=parent, user=editor, school_year=2026)
    site.plan = start.execute()
    site.followed = make_plan(site.school, template_page=None)
    _publish_changes(site.template)


def _publish_changes(template) -> None:
    """Publish the template anew: a section, a row and guidance that the plan has not."""
    draft = template.get_latest_revision_as_object()
    first = draft.sections[0]
    draft.sections[0] = ("section", {**first.value, "guidance": "<p>写清依据的文件和文号。</p>"}, first.id)
    added = {"heading": "监督考核", "guidance": "<p>写清谁检查。</p>", "required": True, "starter": ""}
    draft.sections.append(("section", added))
    row = draft.calendar[0]
    draft.calendar[0] = ("row", {**row.value, "work": "摸清底数，建立台账和联系卡"}, row.id)
    draft.save_revision().publish()


def _imports(site: SimpleNamespace) -> None:
    editor = site.people[Role.SCHOOL_EDITOR]
    made = [_checked(editor, site.school, number) for number in range(3)]
    site.batches = {"checked": made[0], "imported": made[1], "taken back": made[2]}
    for batch in made[1:]:
        plans = {plan.pk for file in batch.files.all() for plan in file.plans.all()}
        confirmed = ConfirmImport(editor, batch, plans).execute()
        RunBatch(confirmed).execute()
    UndoImport(ImportBatch.objects.get(pk=made[2].pk), editor).execute()
    site.batches["busy"] = StartImport(
        editor, site.school, [("待读.txt", SCHOOL_PLAN.encode(), "")]
    ).execute()
    failed = StartImport(editor, site.school, [("旧格式.doc", b"x", "")]).execute()
    RunBatch(failed).execute()
    site.batches["failed"] = failed


def _checked(user, school, number: int) -> ImportBatch:
    """A batch that waits to be confirmed: one plan, and one file that was refused."""
    text = SCHOOL_PLAN.replace("城关镇中心小学2023", f"城关镇第{number}小学2023").encode()
    batch = StartImport(user, school, [("计划.txt", text, ""), ("旧格式.doc", b"x", "")]).execute()
    RunBatch(batch).execute()
    return batch


def _webhooks_and_tokens(site: SimpleNamespace) -> None:
    admin = site.people[Role.BUREAU_ADMIN]
    kinds = [EventKind.PUBLISHED, EventKind.UNPUBLISHED, EventKind.DELETED]
    site.webhook = Webhook(
        name="县政府门户网站", url="https://portal.example.invalid/hooks/xinqiao", kinds=kinds
    )
    site.stopped = Webhook(
        name="旧门户", url="https://old.example.invalid/", kinds=kinds, school=site.school, active=False
    )
    for webhook in (site.webhook, site.stopped):
        create_webhook(webhook, user=admin)
    Webhook.objects.filter(pk=site.stopped.pk).update(
        stopped_because="连续三天没有送达", failures=12, failing_since=timezone.now() - timedelta(days=3)
    )
    now = timezone.now()
    results = [
        {"state": DeliveryState.DELIVERED, "status_code": 204, "duration_ms": 87},
        {"state": DeliveryState.GIVEN_UP, "error": "连接超时", "attempts": 9},
        {"state": DeliveryState.WAITING, "status_code": 503, "attempts": 2, "next_attempt_at": now},
    ]
    events = Event.objects.filter(kind=EventKind.PUBLISHED).order_by("-pk")
    site.deliveries = [
        WebhookDelivery.objects.create(
            webhook=site.webhook, event=event, kind=event.kind, object_type=event.object_type,
            object_id=event.object_id, last_attempt_at=now, **{"attempts": 1, **result},
        )
        for event, result in zip(events, results, strict=False)
    ]  # fmt: skip
    send_ping(site.webhook, user=admin)
    scopes = [Scope.READ_PUBLIC, Scope.READ_DRAFTS, Scope.WRITE_PREVIEWS]
    owner = site.people[Role.SCHOOL_EDITOR]
    site.token, _key = CreateToken("门户网站", owner, scopes, school=site.school, user=admin).execute()
    revoked, _key = CreateToken("旧程序", owner, scopes[:1], user=admin).execute()
    RevokeToken(revoked, user=admin).execute()
