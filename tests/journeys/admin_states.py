"""What an answer on our own admin screens leads to: faults at their fields, previews, what is shown once."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

from django.urls import reverse
from playwright.sync_api import Page

from cms.people.models import Role
from cms.people.sheet import columns_for
from cms.schools.sheet import COLUMNS
from cms.sheets.writer import XLSX, write_sheet
from tests.journeys.waiting import leaving

ADMIN, EDITOR, TEACHER = Role.BUREAU_ADMIN, Role.SCHOOL_EDITOR, Role.CLASS_TEACHER
Reach = Callable[[Page, SimpleNamespace], None]
SCHOOLS = [
    {"code": "n-01", "name": "新建小学", "stage": "primary", "township": "柳溪镇", "boarding": "1"},
    {"code": "n-02", "name": "新建教学点", "stage": "primary", "township": "柳溪镇", "boarding": "0"},
]
PEOPLE = [{"name": "王老师", "phone": "13800000001", "role": "class_teacher"}]


def to(page: Page, name: str, *args: object) -> None:
    """Go to the screen of this name."""
    host = "/".join(page.url.split("/")[:3])
    page.goto(host + reverse(name, args=args))


def send(page: Page, button: str) -> None:
    """Press the button that sends the form."""
    with leaving(page):
        page.get_by_role("button", name=button, exact=True).click()


def empty(screen: str, button: str, which: str = "") -> Reach:
    """The form of the screen, sent without anything filled in; `which` names what the screen is about."""

    def reach(page: Page, site: SimpleNamespace) -> None:
        to(page, screen, *([getattr(site, which).pk] if which else []))
        send(page, button)

    return reach


def sheet(screen: str, columns: Callable[[SimpleNamespace], list], rows: list[dict]) -> Reach:
    """What the import screen says about a sheet of these rows."""

    def reach(page: Page, site: SimpleNamespace) -> None:
        to(page, screen)
        kept = [{column.name: "" for column in columns(site)} | row for row in rows]
        content = write_sheet(columns(site), kept, "名单")
        upload(page, "名单.xlsx", content)
        send(page, "检查文件")

    return reach


def upload(page: Page, name: str, content: bytes) -> None:
    """Choose a file of this name and content."""
    file = {"name": name, "mimeType": XLSX, "buffer": content}
    page.locator("input[type=file]").set_input_files(file)


def no_sheet(page: Page, site: SimpleNamespace) -> None:
    to(page, "cms_school_import")
    upload(page, "名单.xlsx", b"nothing of the kind")
    send(page, "检查文件")


def links_once(page: Page, site: SimpleNamespace) -> None:
    to(page, "cms_people_invite")
    page.get_by_label("姓名").fill("高小兰")
    page.get_by_label("角色").select_option(Role.SCHOOL_EDITOR)
    page.get_by_label("学校").select_option(label=site.school.name)
    send(page, "邀请")
    assert page.locator(".xq-link").count() == 1


def token_once(page: Page, site: SimpleNamespace) -> None:
    to(page, "content-tokens_modeladmin_create")
    page.locator("[name=name]").fill("网站前端")
    page.locator("select[name=user]").select_option(str(site.people[EDITOR].pk))
    page.locator("[name=scopes]").first.check()
    send(page, "生成令牌")
    assert page.locator("#new-token").input_value().startswith("xq_")


def secret_once(page: Page, site: SimpleNamespace) -> None:
    to(page, "webhooks_modeladmin_inspect", site.webhook.pk)
    send(page, "生成新密钥")
    assert page.get_by_text("whsec_").count() == 1


def inside_address(page: Page, site: SimpleNamespace) -> None:
    to(page, "webhooks_modeladmin_create")
    page.locator("[name=name]").fill("内网")
    page.locator("[name=url]").fill("https://127.0.0.1/hook")
    send(page, "保存")


def shared(page: Page, site: SimpleNamespace) -> None:
    to(page, "cms_share_preview", site.draft.pk)
    send(page, "生成链接")
    assert "preview" in page.locator("#preview-link").input_value()


def taken_back(page: Page, site: SimpleNamespace) -> None:
    to(page, "cms_plan_import_batch", site.batches["imported"].pk)
    page.locator(".xq-import-undo summary").click()
    send(page, "删除本次导入的页面")


def recognised(page: Page, site: SimpleNamespace) -> None:
    to(page, "cms_plan_import_batch", site.batches["checked"].pk)
    page.locator(".xq-import-plan summary").first.click()


def role_taken(page: Page, site: SimpleNamespace) -> None:
    to(page, "cms_person", site.forgetful.pk)
    send(page, "免去角色")


def weak_password(page: Page, site: SimpleNamespace) -> None:
    to(page, "cms_account_link", site.invitation.token)
    for box in page.locator("input[type=password]").all():
        box.fill("12345678")
    page.locator("main form button[type=submit]").click()
    page.wait_for_load_state()


def wrong_password(page: Page, site: SimpleNamespace) -> None:
    to(page, "cms_login")
    page.locator("[name=username]").fill("nobody")
    page.locator("[name=password]").fill("nothing")
    with leaving(page):
        page.locator("main button[type=submit]").click()


def _columns_of_people(site: SimpleNamespace) -> list:
    return [column for column in columns_for(site.people[ADMIN]) if not column.export_only]


def _columns_of_schools(site: SimpleNamespace) -> list:
    return [column for column in COLUMNS if not column.export_only]


FAULTY_SCHOOLS = [*SCHOOLS, {**SCHOOLS[0], "name": "", "stage": "大学"}]
FAULTY_PEOPLE = [*PEOPLE, {"name": "", "phone": "12", "role": "class_teacher", "school": "no-such"}]

STATES: list[tuple[Role | None, Reach]] = [
    (None, wrong_password),
    (None, weak_password),
    (TEACHER, empty("cms_desk_password", "保存密码")),
    (ADMIN, empty("cms_people_invite", "邀请")),
    (ADMIN, links_once),
    (ADMIN, role_taken),
    (ADMIN, sheet("cms_people_import", _columns_of_people, PEOPLE)),
    (ADMIN, sheet("cms_people_import", _columns_of_people, FAULTY_PEOPLE)),
    (ADMIN, empty("schools_modeladmin_create", "保存")),
    (ADMIN, empty("cms_school_merge", "合并学校", "school")),
    (ADMIN, empty("cms_school_reopen", "恢复办学", "closed")),
    (ADMIN, sheet("cms_school_import", _columns_of_schools, SCHOOLS)),
    (ADMIN, sheet("cms_school_import", _columns_of_schools, FAULTY_SCHOOLS)),
    (ADMIN, empty("cms_school_import", "检查文件")),
    (ADMIN, no_sheet),
    (ADMIN, empty("content-tokens_modeladmin_create", "生成令牌")),
    (ADMIN, token_once),
    (ADMIN, inside_address),
    (ADMIN, secret_once),
    (EDITOR, empty("cms_start_plan", "新建计划")),
    (EDITOR, shared),
    (EDITOR, empty("cms_plan_import", "检查文件")),
    (EDITOR, recognised),
    (EDITOR, taken_back),
]
