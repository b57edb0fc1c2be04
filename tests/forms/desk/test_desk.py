"""The desk: what came back, drafts, my children, what can be filled in, what was handed in."""

from __future__ import annotations

import pytest
from django.urls import reverse
from lxml import html

from forms.filling.actions import SaveAnswers, StartDraft
from forms.submissions.actions import ReturnSubmission, SubmitDraft
from forms.submissions.actions.decide import CommentOn
from tests.factories.registers import make_record

pytestmark = pytest.mark.django_db


def opened(client, user, address=None) -> html.HtmlElement:
    client.force_login(user)
    answer = client.get(address or reverse("cms_desk"))
    assert answer.status_code == 200
    return html.fromstring(answer.content)


def text(page) -> str:
    return " ".join(page.xpath("//main")[0].text_content().split())


def links(page) -> set[str]:
    return set(page.xpath("//main//a/@href"))


def headings(page) -> list[str]:
    return [one.text_content().split()[0] for one in page.xpath("//main//h2")]


def visit(desk, said: str = "谈了学习", user=None, subject=None):
    """Hand in a visit about the child."""
    user = user or desk.teacher
    draft = StartDraft(desk.visit, user, subject=subject or desk.child).execute()
    SaveAnswers(draft, 0, {("", "talk"): said}, user).execute()
    return SubmitDraft(draft, user).execute()


def test_a_teacher_sees_her_children_with_their_class_and_one_tap_to_a_form(client, desk):
    page = opened(client, desk.teacher)
    assert "王小明" in text(page)
    assert "三年级（2）班" in text(page)
    assert f"{reverse('forms_start', args=[desk.visit.form.slug])}?about={desk.child.pk}" in links(page)


def test_a_teacher_does_not_see_a_colleagues_children(client, desk):
    assert "王小明" not in text(opened(client, desk.colleague))


def test_a_child_that_left_is_not_among_my_children(client, desk):
    desk.child.state = "left"
    desk.child.save()
    assert "王小明" not in text(opened(client, desk.teacher))


def test_a_child_says_what_was_filed_last(client, desk):
    assert "还没有填写过" in text(opened(client, desk.teacher))
    visit(desk)
    assert "上次： 家访记录" in text(opened(client, desk.teacher))


def test_what_came_back_stands_first_with_the_comments(client, desk):
    submission = visit(desk)
    ReturnSubmission(submission, desk.head, [CommentOn("talk", "请写具体")], "退回补充").execute()
    page = opened(client, desk.teacher)
    assert headings(page)[0] == "待修改"
    assert "请写具体" in text(page)
    assert "退回补充" in text(page)
    assert reverse("forms_resume", args=[submission.pk]) in links(page)
    assert "草稿" not in headings(page)


def test_a_draft_can_be_continued(client, desk):
    draft = StartDraft(desk.visit, desk.teacher, subject=desk.child).execute()
    page = opened(client, desk.teacher)
    assert headings(page)[0] == "草稿"
    assert reverse("forms_resume", args=[draft.pk]) in links(page)


def test_what_was_handed_in_stands_with_its_state(client, desk):
    submission = visit(desk)
    page = opened(client, desk.teacher)
    assert reverse("forms_submission", args=[submission.pk]) in links(page)
    assert "已提交" in text(page)


def test_a_form_that_makes_a_record_is_offered_without_a_child(client, desk):
    assert reverse("forms_start", args=[desk.archive.form.slug]) in links(opened(client, desk.teacher))


def test_a_closed_form_is_not_offered(client, desk):
    desk.visit.form.state = "closed"
    desk.visit.form.save()
    assert "家访记录" not in text(opened(client, desk.teacher))


def test_the_form_filed_most_often_comes_first(client, desk):
    for name in ("甲", "乙", "丙"):
        _another(desk, name)
    assert _first_button(opened(client, desk.teacher)) == "家访记录：王小明"
    visit(desk)
    assert _first_button(opened(client, desk.teacher)) == "家访记录：王小明"


def _another(desk, title: str):
    from tests.factories.forms import make_version, one_step, question

    about = {"register": desk.register.name, "mode": "about"}
    return make_version(one_step(question("text", "a"), title=title, about=about), title=title)


def _first_button(page) -> str:
    return page.xpath("//*[@class='desk-child__verbs']/a")[0].text_content()


def test_the_number_of_queries_does_not_grow_with_the_children(client, desk, django_assert_max_num_queries):
    client.force_login(desk.teacher)
    client.get(reverse("cms_desk"))

    def count() -> int:
        with django_assert_max_num_queries(40) as captured:
            client.get(reverse("cms_desk"))
        return len(captured)

    _fill(desk)
    few = count()
    for _ in range(3):
        _fill(desk)
    assert count() == few


def _fill(desk) -> None:
    """Another child with a visit, one returned, and a draft."""
    child = make_record(desk.register, desk.school, desk.teacher, **{"class": "四年级"})
    visit(desk, subject=child)
    ReturnSubmission(visit(desk, subject=child), desk.head, [CommentOn("talk", "补充")]).execute()
    StartDraft(desk.visit, desk.teacher, subject=child).execute()


def test_somebody_without_a_role_has_an_empty_desk(client, desk):
    from tests.factories import make_user

    assert "家访记录" not in text(opened(client, make_user("路人")))
