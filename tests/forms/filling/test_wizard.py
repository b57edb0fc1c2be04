"""Filling in a form page by page, in a browser without scripts."""

from __future__ import annotations

import pytest

from forms.filling.models import Draft, DraftState
from tests.forms.filling.people import Browser, make_draft, make_teacher

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> Draft:
    return make_draft()


@pytest.fixture
def person(draft) -> Browser:
    person = Browser(draft.owner)
    person.open(f"/fill/{draft.pk}/")
    return person


def now(draft: Draft) -> dict:
    """Return the answers of the draft as they are kept."""
    return Draft.objects.get(pk=draft.pk).answers.to_plain()


def test_a_form_is_filled_in_from_the_first_page_to_the_receipt(draft, person):
    assert person.heading == "家访情况"
    person.fill(place="家中", people="3", worried="no")
    assert person.heading == "家庭成员"
    person.fill(go="add member")
    person.fill(who="王大山", age="65")
    assert "王大山" in person.text()
    person.fill()
    assert person.heading == "小结"
    person.fill(mood="good")
    assert person.heading == "请核对所填内容"
    assert "家中" in person.text()
    person.hand_in()
    assert person.heading == "已提交"
    assert Draft.objects.get(pk=draft.pk).state == DraftState.SUBMITTED


def test_a_page_with_mistakes_keeps_what_was_typed_and_says_what_to_mend(draft, person):
    person.fill(place="家中", people="三个人")
    assert person.heading == "家访情况"
    summary = person.page.get_element_by_id("mistakes")
    assert summary.xpath(".//a/@href") == ["#q:people"]
    assert person.data()["q:people"] == "三个人"
    assert now(draft) == {"place": "家中", "people": {"raw": "三个人"}}


def test_an_answer_that_asks_for_more_shows_the_new_question_before_going_on(draft, person):
    person.fill(people="3", worried="yes")
    assert person.heading == "家访情况"
    assert person.page.xpath("//*[@data-question='worry'][not(@hidden)]")
    person.fill(worry="夜里一个人")
    assert person.heading == "家庭成员"


def test_a_step_that_the_answers_ask_for_comes_into_the_path(draft, person):
    person.fill(go="stay", worried="yes")
    person.fill(people="3", worry="夜里一个人")
    assert person.heading == "家庭成员"
    person.fill()
    assert person.heading == "帮扶措施"


def test_the_menu_saves_what_was_typed_on_the_way(draft, person):
    person.fill(go="to closing", place="半路")
    assert person.heading == "小结"
    assert now(draft) == {"place": "半路"}


def test_the_enter_key_presses_the_button_that_goes_on(person):
    buttons = person.page.xpath("//button[@type='submit'][@form='fill' or ancestor::form[@id='fill']]/@value")
    assert buttons[0] == "next"


def test_later_says_how_to_come_back(draft, person):
    person.fill(go="later", place="家中")
    assert person.heading == "已保存"
    assert now(draft) == {"place": "家中"}


def test_a_sensitive_answer_is_masked_when_the_page_is_opened_again(draft, person):
    person.fill(go="stay", number="11010519491231002X")
    assert "11010519491231002X" not in person.answer.content.decode()
    assert "110***********002X" in person.text()
    person.fill(go="stay")
    assert now(draft)["number"] == "11010519491231002X"


def test_a_wrong_sensitive_answer_is_shown_for_mending(draft, person):
    person.fill(people="3", number="11010519491231002")
    assert person.data()["q:number"] == "11010519491231002"


def test_an_entry_is_moved_removed_and_put_back(draft, person):
    person.fill(go="to family")
    for name in ("甲", "乙"):
        person.fill(go="add member")
        person.fill(who=name)
    cards = person.page.xpath("//*[@class='roster-card']//h3/text()")
    assert cards == ["甲", "乙"]
    second = person.page.xpath("//button[starts-with(@value, 'up ')]/@value")[0]
    person.fill(go=second)
    assert person.page.xpath("//*[@class='roster-card']//h3/text()") == ["乙", "甲"]
    person.fill(go=person.page.xpath("//button[starts-with(@value, 'remove ')]/@value")[0])
    assert person.page.xpath("//*[@class='roster-card']//h3/text()") == ["甲"]
    person.fill(go=person.page.xpath("//button[starts-with(@value, 'restore ')]/@value")[0])
    assert person.page.xpath("//*[@class='roster-card']//h3/text()") == ["乙", "甲"]


def test_a_roster_takes_no_more_than_it_may_hold(draft, person):
    person.fill(go="to family")
    for _ in range(3):
        person.fill(go="add member")
        person.fill(go="back")
    assert not person.page.xpath("//button[@value='add member']")
    data = person.data()
    data["go"] = "add member"
    person.send(data)
    assert len(now(draft)["member"]) == 3
    assert "不能再添加" in person.text()


def test_a_list_within_an_entry_is_filled_in(draft, person):
    person.fill(go="to family")
    person.fill(go="add member")
    person.fill(go="add phone", who="甲")
    person.fill(tel="13812345678")
    person.fill()
    assert now(draft)["member"] == [{"who": "甲", "phone": [{"tel": "13812345678"}]}]


def test_an_entry_with_mistakes_is_marked_in_the_list(draft, person):
    person.fill(go="to family")
    person.fill(go="add member")
    person.fill(age="65")
    assert person.page.get_element_by_id("mistakes") is not None
    person.fill(go="back")
    person.fill()
    assert person.heading == "家庭成员"
    assert person.page.xpath("//*[contains(@class, 'roster-card--wrong')]")


def test_the_check_page_leads_to_each_answer(draft, person):
    person.fill(go="to check", people="3")
    links = person.page.xpath("//dd/a/@href")
    assert f"/fill/{draft.pk}/visit/#q:people" in links


def test_nothing_incomplete_is_handed_in(draft, person):
    person.fill(go="to check")
    person.hand_in()
    assert person.heading == "请核对所填内容"
    assert person.page.get_element_by_id("mistakes") is not None
    assert Draft.objects.get(pk=draft.pk).state == DraftState.OPEN


def test_the_receipt_is_shown_to_whoever_opens_a_page_of_what_was_handed_in(draft, person):
    person.fill(go="to check", people="3")
    person.hand_in()
    person.open(f"/fill/{draft.pk}/visit/")
    assert person.heading == "已提交"


def test_anothers_draft_is_not_found(draft):
    other = Browser(make_teacher())
    for page in ("", "visit/", "check/", "done/", "later/", "carry/"):
        assert other.client.get(f"/fill/{draft.pk}/{page}").status_code == 404
    for page in ("visit/", "check/", "discard/", "take-up/", "upload/", "carry/"):
        assert other.client.post(f"/fill/{draft.pk}/{page}", {"q:place": "x"}).status_code == 404
    assert now(draft) == {}


def test_who_is_not_logged_in_is_asked_to_and_learns_nothing(draft):
    stranger = Browser()
    for uuid in (draft.pk, "3f0f1a58-7a62-4d8f-9a39-9a1d1b1e8f10"):
        answer = stranger.client.get(f"/fill/{uuid}/visit/")
        assert answer["Location"] == f"/admin/login/?next=/fill/{uuid}/visit/"


def test_what_was_typed_after_a_log_out_stays_on_the_page(draft, person):
    data = person.data()
    data["q:place"] = "快下班时写的"
    person.client.logout()
    person.send(data)
    assert person.answer.status_code == 401
    assert person.page.xpath("//input[@name='q:place']/@value") == ["快下班时写的"]


def test_my_drafts_can_be_put_aside_and_taken_up_again(draft, person):
    person.open("/fill/")
    assert "家访记录" in person.text()
    person.client.post(f"/fill/{draft.pk}/discard/")
    assert "家访记录" not in Browser(draft.owner).open("/fill/").text_content().split("我的草稿")[-1]
    person.client.post(f"/fill/{draft.pk}/take-up/")
    assert Draft.objects.get(pk=draft.pk).state == DraftState.OPEN
