"""The form of news: plan and row, day, kind, picture and introduction."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cms.pages.models import ActivityNewsPage, NewsIndexPage
from tests.cms.pages.helpers import form_of
from tests.factories import make_bureau_user, make_image, make_news, make_plan, make_school, make_school_user

pytestmark = pytest.mark.django_db
ROW = {"first_month": "9", "last_month": "", "label": "", "work": "摸清底数", "key": ""}


@pytest.fixture
def school():
    return make_school()


@pytest.fixture
def editor(school):
    return make_school_user(school)


def plan_with_row(school):
    return make_plan(school, calendar=[("row", ROW)])


def new_form(school, editor, **changes):
    """The form of a piece of news that is not saved yet."""
    news = make_news(school, live=False)
    parent = NewsIndexPage.objects.get(school=school)
    return form_of(news, editor, parent=parent, **changes)


def test_news_save_unchanged(school, editor):
    form = form_of(make_news(school), editor)
    assert form.is_valid(), form.errors


def test_a_row_of_the_chosen_plan_is_taken_at_the_first_save(school, editor):
    plan = plan_with_row(school)
    form = new_form(school, editor, related_plan=plan.pk, related_row=plan.calendar[0].id)
    assert form.is_valid(), form.errors
    assert form.instance.related_row == plan.calendar[0].id


def test_a_row_of_another_plan_is_refused(school, editor):
    plan, other = plan_with_row(school), plan_with_row(school)
    form = new_form(school, editor, related_plan=plan.pk, related_row=other.calendar[0].id)
    assert "related_row" in form.errors


def test_another_schools_plan_is_refused(school, editor):
    form = new_form(school, editor, related_plan=make_plan(make_school()).pk)
    assert "related_plan" in form.errors


def test_without_a_plan_there_is_no_row(school, editor):
    form = new_form(school, editor, related_plan="", related_row="")
    assert form.is_valid(), form.errors
    assert form.instance.related_row == ""


def test_an_activity_far_ahead_is_refused(school, editor):
    far = timezone.localdate() + timedelta(days=32)
    assert "date" in form_of(make_news(school), editor, date=far).errors


def test_an_activity_of_next_month_is_announced(school, editor):
    near = timezone.localdate() + timedelta(days=31)
    assert form_of(make_news(school), editor, date=near).is_valid()


def test_kind_is_required_to_submit_but_not_to_save(school, editor):
    form = form_of(make_news(school), editor, kind="")
    assert "kind" in form.errors
    form = form_of(make_news(school, live=False), editor, kind="", date="")
    form.defer_required_fields()
    assert form.is_valid(), form.errors


def test_school_people_see_no_address_and_no_schedule(school, editor):
    names = set(form_of(make_news(school), editor).fields)
    assert not names & {"slug", "seo_title", "search_description", "show_in_menus", "go_live_at", "expire_at"}
    assert not form_of(make_news(school), editor).show_schedule_publishing_toggle
    bureau = form_of(make_news(school), make_bureau_user())
    assert {"slug", "go_live_at", "expire_at"} <= set(bureau.fields)
    assert bureau.show_schedule_publishing_toggle


def test_a_school_cannot_schedule_by_a_forged_request(school, editor):
    form = form_of(make_news(school), editor, go_live_at="2030-01-01 08:00", slug="mine")
    assert form.is_valid()
    page = form.save(commit=False)
    assert page.go_live_at is None
    assert page.slug != "mine"


def test_a_second_piece_of_news_with_the_same_title_gets_its_own_address(school, editor):
    first = make_news(school, "读书会", slug="du-shu-hui")
    second = ActivityNewsPage(title="读书会", date=first.date, kind=first.kind, body=first.body)
    form = form_of(second, editor, parent=NewsIndexPage.objects.get(school=school))
    assert form.is_valid(), form.errors
    assert form.instance.slug == "du-shu-hui-2"


def test_an_empty_introduction_is_the_first_sentence(school):
    body = [
        ("heading", {"text": "活动", "level": "2"}),
        ("text", "<p>各位家长：</p><p>活动<b>顺利</b>举行。谢谢。</p>"),
    ]
    news = make_news(school, intro="", body=body)
    assert news.intro == "活动顺利举行。"


def test_a_derived_introduction_follows_the_text(school):
    news = make_news(school, intro="", body=[("text", "<p>初稿。</p>")])
    draft = news.get_latest_revision_as_object()
    assert draft.intro == ""
    draft.body = [("text", "<p>定稿。</p>")]
    draft.save_revision().publish()
    assert ActivityNewsPage.objects.get(pk=news.pk).intro == "定稿。"


def test_a_typed_introduction_stays(school):
    news = make_news(school, intro="写好的简介。", body=[("text", "<p>初稿。</p>")])
    assert news.intro == "写好的简介。"


def test_the_first_picture_of_the_body_stands_in_lists(school):
    first, second = make_image(school=school), make_image(school=school)
    picture = {"image": first, "alt": "操场", "caption": "", "credit": ""}
    body = [("gallery", {"pictures": [picture, {**picture, "image": second}], "caption": ""})]
    assert make_news(school, body=body).picture == first
    assert make_news(school, body=body, picture=second).picture == second
