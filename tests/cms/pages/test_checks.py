"""What must be there before a page goes to the bureau."""

import pytest

from cms.moderation.checks import problems_before_submission
from tests.cms.pages.helpers import form_of
from tests.cms.pages.test_plans import latest, start, write
from tests.factories import make_news, make_school, make_school_user, make_template

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    return make_school()


@pytest.fixture
def editor(school):
    return make_school_user(school)


def test_empty_required_sections_keep_a_plan_back(school, editor):
    plan = start(school, editor, make_template())
    assert problems_before_submission(latest(plan)) == ["必填章节“指导思想”尚未填写。"]
    write(plan, 0, "<p>以上级文件为指导。</p>")
    assert problems_before_submission(latest(plan)) == []


def test_an_empty_required_section_does_not_hinder_saving(school, editor):
    plan = latest(start(school, editor, make_template()))
    form = form_of(plan, editor)
    form.defer_required_fields()
    assert form.is_valid(), form.errors
    form = form_of(latest(plan), editor)
    assert not form.is_valid()
    assert form.errors["sections"] == ["必填章节“指导思想”尚未填写。"]


def test_news_need_a_kind(school):
    news = make_news(school, live=False)
    news.kind = None
    assert problems_before_submission(news) == ["请选择活动类型。"]
