"""Whatever changes a page reaches the index, with the right readers."""

from io import BytesIO

import pytest
from django.contrib.auth.models import AnonymousUser
from pypdf import PdfWriter
from wagtail.models import PageViewRestriction

from cms.findable.access import tokens_of_reader
from cms.pages.models import PlanIndexPage
from cms.people.models import Role
from search.outbox import drain
from search.rebuild import compare
from search.service import Query
from tests.factories import (
    make_bureau_user,
    make_document,
    make_news,
    make_plan,
    make_policy,
    make_school,
    make_school_user,
    make_template,
    make_topic,
)

pytestmark = pytest.mark.django_db


def titles(index, text: str, user=None, **fields) -> list[str]:
    while drain().changed:
        pass
    access = tokens_of_reader(user or AnonymousUser())
    result = index.search(Query(text, access=access, **fields))
    return [] if result.relaxed else sorted(hit.title for hit in result.hits)


def test_a_published_page_is_found_by_everybody(index):
    make_plan(make_school(), "留守儿童关爱计划")
    assert titles(index, "关爱计划") == ["留守儿童关爱计划"]


@pytest.mark.parametrize("word", ["谈心", "亲情电话", "第一组", "联系卡"])
def test_the_text_of_every_part_of_a_plan_is_found(index, word):
    make_plan(
        make_school(),
        "计划",
        sections=[("section", {"heading": "措施", "body": "<p>班主任每月谈心一次。</p>", "key": ""})],
        calendar=[
            ("row", {"first_month": "9", "last_month": "", "label": "", "work": "开通亲情电话", "key": ""})
        ],
        leading_group=[("person", {"role": "组长", "names": "第一组", "duty": ""})],
        body=[("text", "<p>建立联系卡。</p>")],
    )
    assert titles(index, word) == ["计划"]


def test_a_draft_is_found_by_its_school_and_the_bureau_alone(index):
    school = make_school()
    make_plan(school, "家访草稿", live=False)
    assert titles(index, "家访草稿") == []
    assert titles(index, "家访草稿", make_school_user(make_school())) == []
    assert titles(index, "家访草稿", make_school_user(school, Role.CLASS_TEACHER)) == []
    assert titles(index, "家访草稿", make_school_user(school)) == ["家访草稿"]
    assert titles(index, "家访草稿", make_bureau_user()) == ["家访草稿"]


def test_the_draft_of_a_published_page_is_not_found(index):
    page = make_plan(make_school(), "关爱计划")
    page.title = "改动后的标题"
    page.save_revision()
    assert titles(index, "改动后的标题", make_bureau_user()) == []
    assert titles(index, "关爱计划") == ["关爱计划"]


def test_what_is_unpublished_is_found_by_the_public_no_more(index):
    page = make_plan(make_school(), "关爱计划")
    assert titles(index, "关爱计划")
    page.unpublish()
    assert titles(index, "关爱计划") == []


def test_what_is_deleted_is_gone(index):
    school = make_school()
    make_plan(school, "关爱计划")
    assert titles(index, "关爱计划")
    PlanIndexPage.objects.get(school=school).delete()
    assert titles(index, "关爱计划", make_bureau_user()) == []


def test_a_restriction_above_hides_and_lifting_it_shows_again(index):
    school = make_school()
    make_plan(school, "关爱计划")
    fence = PageViewRestriction.objects.create(
        page=school.page,
        restriction_type=PageViewRestriction.LOGIN,
    )
    assert titles(index, "关爱计划") == []
    fence.delete()
    assert titles(index, "关爱计划") == ["关爱计划"]


def test_a_moved_page_belongs_to_its_new_school(index):
    first, second = make_school(), make_school()
    page = make_plan(first, "关爱计划", live=False)
    assert titles(index, "关爱计划", make_school_user(first))
    page.move(PlanIndexPage.objects.get(school=second), pos="last-child")
    assert titles(index, "关爱计划", make_school_user(first)) == []
    assert titles(index, "关爱计划", make_school_user(second)) == ["关爱计划"]


def test_a_renamed_school_renames_its_pages_facet(index):
    school = make_school(name="旧名小学")
    make_plan(school, "关爱计划")
    assert titles(index, "关爱计划", filters={"school": ["旧名小学"]})
    school.name = "新名小学"
    school.save()
    assert titles(index, "关爱计划", filters={"school": ["新名小学"]}) == ["关爱计划"]


def test_a_renamed_topic_renames_the_facet(index):
    topic = make_topic("旧主题")
    make_policy("家校通知", topics=[topic])
    topic.name = "新主题"
    topic.save()
    assert titles(index, "家校通知", filters={"topic": ["新主题"]}) == ["家校通知"]


def test_policies_templates_news_and_schools_are_found(index):
    school = make_school(name="石桥小学")
    make_policy("石桥通知")
    make_template("石桥模板")
    make_news(school, "石桥活动")
    assert titles(index, "石桥") == ["石桥小学", "石桥模板", "石桥活动", "石桥通知"]


def test_a_policy_is_found_by_its_number(index):
    make_policy("通知", document_number="心教发〔2026〕15号")
    assert titles(index, "[2026]15号") == ["通知"]


def test_the_text_of_an_attachment_is_found(index):
    document = make_document(content="附件里写着资助标准".encode(), name="annex.txt")
    make_policy("资助通知", attachments=[("attachment", {"document": document, "title": ""})])
    assert titles(index, "资助标准") == ["资助通知"]


def test_an_attachment_without_text_hides_nothing_else(index):
    scan = BytesIO()
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.write(scan)
    document = make_document(content=scan.getvalue(), name="scan.pdf")
    make_policy("资助通知", attachments=[("attachment", {"document": document, "title": ""})])
    assert titles(index, "资助通知") == ["资助通知"]


def test_after_all_that_index_and_database_agree(index):
    school = make_school()
    page = make_plan(school, "关爱计划")
    make_news(school, "活动", live=False)
    page.unpublish()
    titles(index, "")
    assert compare(index).keys == []


def test_a_policy_that_was_replaced_is_found_as_repealed(index):
    earlier = make_policy("旧的办法")
    titles(index, "办法")
    later = make_policy("新的办法", live=False)
    later.replacements.create(earlier=earlier, kind="whole")
    later.save_revision().publish()
    assert titles(index, "办法", filters={"status": ["repealed"]}) == ["旧的办法"]
    assert compare(index).is_none
