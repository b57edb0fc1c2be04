"""Plans with their months, news with their plan, schools with both."""

import re

import pytest

from cms.schools.models import SchoolStatus
from cms.web.calendar import months_of
from tests.factories import make_image, make_news, make_plan, make_policy, make_school, make_template

pytestmark = pytest.mark.django_db


def row(first: str, last: str = "", work: str = "家访", **values) -> tuple[str, dict]:
    return ("row", {"first_month": first, "last_month": last, "label": "", "work": work, "key": "", **values})


def html_of(client, page) -> str:
    return client.get(page.url).content.decode()


def test_rows_of_the_same_months_stand_together(client):
    months = months_of(make_plan(calendar=[row("9"), row("9", work="谈心"), row("10")]).calendar)
    assert [(month.name, len(month.rows)) for month in months] == [("9月", 2), ("10月", 1)]


def test_a_stretch_over_new_year_covers_its_months():
    months = months_of(make_plan(calendar=[row("11", "1")]).calendar)
    assert [(month.name, month.numbers) for month in months] == [("11月至1月", "11 12 1")]


def test_the_current_month_is_left_to_the_script(client):
    html = html_of(client, make_plan(calendar=[row(str(n)) for n in range(1, 13)]))
    assert "month--now" not in html
    assert 'data-months="9"' in html


def test_the_table_of_contents_leads_to_every_part(client):
    plan = make_plan(
        calendar=[row("9")],
        leading_group=[("person", {"role": "组长", "names": "校长", "duty": ""})],
        basis=[("basis", {"policy": None, "title": "省意见"})],
    )
    html = html_of(client, plan)
    targets = re.findall(r'<li><a href="#([^"]+)">', html)
    assert {"basis", "leading-group", "calendar"} <= set(targets)
    assert all(html.count(f'id="{target}"') == 1 for target in targets)


def test_a_basis_document_of_this_site_is_a_link(client):
    policy = make_policy("关爱办法")
    plan = make_plan(basis=[("basis", {"policy": policy, "title": ""})])
    assert f'<a href="{policy.url}">关爱办法</a>' in html_of(client, plan)


def test_an_unpublished_basis_document_is_not_named(client):
    policy = make_policy("未发布的办法")
    plan = make_plan(basis=[("basis", {"policy": policy, "title": ""})])
    policy.unpublish()
    assert "未发布的办法" not in html_of(client, plan)


def test_a_plan_names_its_template_and_the_template_its_plans(client):
    template = make_template("学校计划模板")
    plan = make_plan(make_school(), template_page=template)
    assert "学校计划模板" in html_of(client, plan)
    assert plan.title in html_of(client, template)


def test_news_shows_the_plan_and_the_row_it_carries_out(client):
    school = make_school()
    plan = make_plan(school, calendar=[row("9", work="中秋写家书")])
    html = html_of(client, make_news(school, related_plan=plan, related_row=plan.calendar[0].id))
    assert plan.title in html
    assert "中秋写家书" in html


def test_news_shows_no_plan_that_is_not_published(client):
    school = make_school()
    plan = make_plan(school, "内部计划")
    news = make_news(school, related_plan=plan)
    plan.unpublish()
    assert "内部计划" not in html_of(client, news)


def test_news_leads_to_the_news_before_and_after_of_the_same_school(client):
    one, two = make_school(), make_school()
    first, second, third = make_news(one), make_news(one), make_news(one)
    make_news(two)
    html = html_of(client, second)
    assert re.search(rf'href="{first.url}" rel="prev"', html)
    assert re.search(rf'href="{third.url}" rel="next"', html)


def test_pictures_in_news_have_caption_and_credit(client):
    block = ("picture", {"image": make_image(), "alt": "操场上的孩子", "caption": "拔河", "credit": "王老师"})
    html = html_of(client, make_news(make_school(), body=[block]))
    assert 'alt="操场上的孩子"' in html
    assert re.search("拔河.*（图片：王老师）", html, re.DOTALL)


def test_news_without_picture_has_a_drawing_of_the_same_ratio_in_lists(client):
    make_news(make_school())
    assert "frame--empty" in client.get("/news/").content.decode()


def test_a_school_shows_its_news_and_plans_and_no_other_schools(client):
    one, two = make_school(), make_school()
    mine, plan, other = make_news(one), make_plan(one), make_news(two)
    html = html_of(client, one.page)
    assert mine.title in html
    assert plan.title in html
    assert other.title not in html


def test_a_merged_school_leads_to_the_one_it_became_part_of(client):
    old, new = make_school(), make_school("合并后学校")
    old.status, old.merged_into = SchoolStatus.MERGED, new
    old.save()
    html = html_of(client, old.page)
    assert "页面继续保留" in html
    assert f'href="{new.page.url}"' in html


@pytest.mark.parametrize("count", [1, 6])
def test_detail_pages_stay_within_their_queries(client, django_assert_max_num_queries, count):
    school = make_school()
    template = make_template()
    picture = {"image": make_image(), "alt": "x", "caption": "", "credit": ""}
    body = [("picture", {**picture, "image": make_image()}) for _number in range(count)]
    plans = [make_plan(school, template_page=template) for _number in range(count)]
    news = [make_news(school, body=body, picture=make_image(), related_plan=plans[0]) for _n in range(count)]
    policy = make_policy(body=body)
    client.get("/")
    for url, limit in (
        (news[0].url, 26),
        (plans[0].url, 20),
        (template.url, 18),
        (policy.url, 18),
        (school.page.url, 20),
    ):
        with django_assert_max_num_queries(limit):
            assert client.get(url).status_code == 200
