"""The dashboard: each role finds what waits for her, and nothing of other schools."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.pages.models import BasePage
from cms.people.models import Role
from cms.text import school_year_of
from tests.factories import make_bureau_user, make_news, make_plan, make_school, make_school_user, make_user

pytestmark = pytest.mark.django_db
YEAR = school_year_of(timezone.localdate())


def submit(page, user):
    page.save_revision(user=user)
    page.get_workflow().start(page, user)
    return page


def decide(page, user, action, **form):
    state = BasePage.objects.get(pk=page.pk).current_workflow_state.current_task_state
    state.task.specific.on_action(state, user, action, **form)


def front_page(client, user) -> str:
    client.force_login(user)
    response = client.get("/admin/")
    assert response.status_code == 200
    return response.content.decode().split("<main")[1]


def test_the_bureau_finds_what_schools_submitted_oldest_first(client):
    school = make_school(name="城关小学")
    editor = make_school_user(school, name="甄编辑")
    first = submit(make_news(school, title="先交的新闻", live=False), editor)
    submit(make_plan(school, title="后交的计划", live=False), editor)
    text = front_page(client, make_bureau_user(Role.BUREAU_EDITOR))
    assert text.index("先交的新闻") < text.index("后交的计划")
    for part in ("城关小学", "甄编辑", "活动新闻", f"/admin/pages/{first.pk}/edit/"):
        assert part in text


def test_a_school_finds_why_a_page_came_back_and_from_whom(client):
    school = make_school()
    editor = make_school_user(school)
    page = submit(make_news(school, title="要改的新闻", live=False), editor)
    decide(
        page, make_bureau_user(Role.BUREAU_EDITOR, name="薛审核"), "reject", comment="请补充活动照片的说明。"
    )
    text = front_page(client, editor)
    for part in ("要改的新闻", "请补充活动照片的说明。", "薛审核", f"/admin/pages/{page.pk}/edit/"):
        assert part in text


def test_a_school_finds_its_drafts_its_submissions_and_what_went_out(client):
    school = make_school()
    editor = make_school_user(school)
    draft = make_news(school, title="我的草稿", live=False)
    draft.save_revision(user=editor)
    submit(make_news(school, title="已提交的新闻", live=False), editor)
    make_news(school, title="已发布的新闻")
    text = front_page(client, editor)
    places = [text.index(title) for title in ("我的草稿", "已提交的新闻", "已发布的新闻")]
    assert places == sorted(places)
    assert text.count("已提交的新闻") == 1 + text.count('span class="w-sr-only">: 已提交的新闻')


def test_a_school_finds_nothing_of_another_school(client):
    other = make_school(name="外校")
    stranger = make_school_user(other)
    make_news(other, title="外校已发布")
    submit(make_news(other, title="外校已提交", live=False), stranger)
    returned = submit(make_news(other, title="外校被退回", live=False), stranger)
    decide(returned, make_bureau_user(), "reject", comment="外校的原因")
    make_news(other, title="外校的草稿", live=False).save_revision(user=stranger)
    for role in (Role.SCHOOL_EDITOR, Role.SCHOOL_HEAD):
        assert "外校" not in front_page(client, make_school_user(make_school(), role))


def test_the_bureau_finds_what_it_approved_and_what_goes_out_later(client):
    school = make_school()
    bureau, editor = make_bureau_user(), make_school_user(school)
    decide(submit(make_news(school, title="刚通过的新闻", live=False), editor), bureau, "approve")
    later = submit(make_news(school, title="明天的新闻", live=False), editor)
    tomorrow = timezone.now() + timedelta(days=1)
    decide(later, bureau, "approve", publish_at=tomorrow)
    text = front_page(client, bureau)
    assert 'id="approved-section"' in text
    assert "刚通过的新闻" in text.split('id="approved-section"')[1]
    assert "明天的新闻" in text.split('id="scheduled-section"')[1].split("</section>")[0]


def test_a_head_finds_the_people_of_her_school(client):
    school = make_school()
    head = make_school_user(school, Role.SCHOOL_HEAD)
    make_school_user(school, Role.CLASS_TEACHER)
    text = front_page(client, head)
    assert 'id="people-section"' in text
    assert "/admin/people/invite/" in text
    assert 'id="people-section"' not in front_page(client, make_school_user(school))


def test_the_bureau_administrator_finds_the_schools(client):
    make_school()
    text = front_page(client, make_bureau_user(Role.BUREAU_ADMIN))
    assert 'id="schools-section"' in text
    assert 'id="waiting-section"' in text
    assert 'id="schools-section"' not in front_page(client, make_bureau_user(Role.BUREAU_EDITOR))


def test_an_inspector_finds_the_plans_of_this_year_school_by_school(client):
    school, idle = make_school(name="有计划小学"), make_school(name="没有计划小学")
    make_plan(school, school_year=YEAR)
    make_plan(school, school_year=YEAR - 1)
    submit(make_plan(school, school_year=YEAR, live=False), make_school_user(school))
    client.force_login(make_bureau_user(Role.INSPECTOR))
    panel = client.get("/admin/").context["panels"][0]
    rows = {row.school: (row.published, row.waiting, row.returned) for row in panel.overview.rows}
    assert rows == {school: (1, 1, 0), idle: (0, 0, 0)}
    assert panel.overview.without_plan == 1


def test_an_inspector_gets_no_button_to_change_anything(client):
    text = front_page(client, make_bureau_user(Role.INSPECTOR))
    assert "/edit/" not in text
    assert "<button" not in text.split('id="overview-section"')[1].split("data-panel-toggle")[-1]


@pytest.mark.parametrize("role", Role.values)
def test_no_role_is_led_to_another_host_or_shown_wagtails_own_panels(client, role):
    if role == Role.CLASS_TEACHER:
        return
    bureau = role in ("bureau_admin", "bureau_editor", "inspector")
    client.force_login(make_bureau_user(role) if bureau else make_school_user(make_school(), role))
    text = client.get("/admin/").content.decode()
    assert "guide.wagtail" not in text
    assert "Your pages" not in text
    assert "仪表盘" not in text.split("<main")[1]


@pytest.mark.parametrize("role", [Role.BUREAU_ADMIN, Role.SCHOOL_HEAD, Role.INSPECTOR])
def test_the_dashboard_takes_the_same_queries_for_many_rows(client, role, django_assert_max_num_queries):
    school = make_school()
    bureau, editor = make_bureau_user(), make_school_user(school)
    user = make_school_user(school, role) if role == Role.SCHOOL_HEAD else make_bureau_user(role)

    def add_one_of_each() -> None:
        make_news(school)
        make_news(school, live=False).save_revision(user=user)
        submit(make_plan(school, live=False, school_year=YEAR), editor)
        decide(submit(make_news(school, live=False), editor), bureau, "reject", comment="改")
        decide(submit(make_news(school, live=False), editor), bureau, "approve")

    add_one_of_each()
    client.force_login(user)
    client.get("/admin/")
    with CaptureQueriesContext(connection) as few:
        client.get("/admin/")
    for _number in range(2):
        add_one_of_each()
        make_school()
    with django_assert_max_num_queries(len(few)):
        client.get("/admin/")
    assert len(few) <= 40


def test_somebody_without_any_role_is_told_so(client):
    from django.contrib.auth.models import Group, Permission

    user = make_user()
    group = Group.objects.create(name="只有后台")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user.groups.add(group)
    assert "您目前没有角色" in front_page(client, user)


def test_the_menu_shows_the_whole_name(client):
    """Wagtail's own shows the given name alone: 编辑 for 甄编辑."""
    client.force_login(make_bureau_user(name="甄编辑"))
    page = client.get("/admin/")
    assert page.context["request"].user.first_name == "编辑"
    props = page.content.decode().split('id="wagtail-sidebar-props"', 1)[1].split(">", 1)[1]
    assert '"name": "甄编辑"' in json.dumps(json.loads(props.split("</script>")[0]), ensure_ascii=False)
