"""Saving: what two places changed apart is merged; the same answer changed in both is never overwritten unseen."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from forms.answers.answers import TOP
from forms.filling.actions import (
    AddItem,
    CarryDraft,
    DiscardDraft,
    DraftClosedError,
    LostRaceError,
    RemoveItem,
    SaveAnswers,
)
from forms.filling.bases import base_of
from forms.filling.models import Draft
from tests.factories.forms import one_step, question
from tests.forms.filling.people import Browser, make_draft, make_teacher

pytestmark = pytest.mark.django_db

PLACE, PEOPLE = (TOP, "place"), (TOP, "people")


@pytest.fixture
def draft() -> Draft:
    return make_draft()


def save(draft: Draft, seen: int, changes: dict, **options) -> Draft:
    return SaveAnswers(draft, seen, changes, user=draft.owner, **options).execute()


def test_answers_changed_apart_are_merged(draft):
    save(draft, 0, {PLACE: "甲"})
    merged = save(draft, 0, {PEOPLE: 3})
    assert merged.answers.to_plain() == {"place": "甲", "people": 3}


def test_the_same_answer_changed_in_two_places_is_a_lost_race_that_tells_both(draft):
    save(draft, 0, {PLACE: "甲"})
    with pytest.raises(LostRaceError) as race:
        save(draft, 0, {PLACE: "乙", PEOPLE: 3})
    assert (race.value.conflicts[PLACE].mine, race.value.conflicts[PLACE].theirs) == ("乙", "甲")
    assert race.value.revision == 1
    assert Draft.objects.get(pk=draft.pk).answers.to_plain() == {"place": "甲"}


def test_the_same_answer_in_two_places_is_no_race(draft):
    save(draft, 0, {PLACE: "甲"})
    assert save(draft, 0, {PLACE: "甲"}).revision == 1


def test_an_answer_sent_back_as_it_was_is_not_a_change(draft):
    save(draft, 0, {PLACE: "旧"})
    save(draft, 1, {PLACE: "新"})
    kept = save(draft, 1, {PLACE: "旧", PEOPLE: 3}, bases={PLACE: base_of("旧"), PEOPLE: ""})
    assert kept.answers.to_plain() == {"place": "新", "people": 3}


def test_the_decision_for_ones_own_answer_stands(draft):
    save(draft, 0, {PLACE: "甲"})
    assert save(draft, 0, {PLACE: "乙"}, forced={PLACE}).answers.get("place") == "乙"


def test_a_page_does_not_race_against_itself(draft):
    save(draft, 0, {PLACE: "一"}, bases={PLACE: ""}, writer="page")
    assert save(draft, 0, {PLACE: "一二"}, bases={PLACE: ""}, writer="page").answers.get("place") == "一二"


def test_an_answer_can_be_taken_away(draft):
    save(draft, 0, {PLACE: "甲"})
    assert save(draft, 1, {PLACE: None}).answers.to_plain() == {}


def test_what_the_form_does_not_ask_is_refused(draft):
    for key in ((TOP, "nothing"), ("nowhere", "place"), (TOP, "who")):
        with pytest.raises(ValidationError):
            save(draft, 0, {key: "x"})


def test_typing_into_an_entry_that_was_removed_elsewhere_puts_it_back(draft):
    item = AddItem(draft, "member", user=draft.owner).execute()
    save(draft, 1, {(item, "who"): "甲"})
    RemoveItem(draft, item, draft.owner).execute()
    kept = save(draft, 2, {(item, "age"): 65})
    assert kept.answers.to_plain() == {"member": [{"who": "甲", "age": 65}]}


def test_nothing_is_saved_into_a_closed_draft(draft):
    DiscardDraft(draft, draft.owner).execute()
    with pytest.raises(DraftClosedError):
        save(draft, 0, {PLACE: "x"})


def test_sensitive_answers_are_sealed_in_the_row(draft):
    save(draft, 0, {(TOP, "number"): "11010519491231002X"})
    assert "11010519491231002X" not in str(Draft.objects.values().get(pk=draft.pk))


def test_a_removed_sensitive_answer_stays_sealed():
    roster = {
        "type": "roster",
        "name": "r",
        "label": "名册",
        "items": [question("phone", "t", sensitive=True, purpose="联系")],
    }
    draft = make_draft(one_step(roster))
    item = AddItem(draft, "r", user=draft.owner).execute()
    save(draft, 1, {(item, "t"): "13812345678"})
    RemoveItem(draft, item, draft.owner).execute()
    assert "13812345678" not in str(Draft.objects.values().get(pk=draft.pk))


def test_items_that_a_count_asks_for_are_there_to_be_filled_in():
    roster = {
        "type": "roster",
        "name": "r",
        "label": "名册",
        "count": "${n}",
        "items": [question("text", "t")],
    }
    draft = make_draft(one_step(question("integer", "n"), roster))
    kept = save(draft, 0, {(TOP, "n"): 2})
    first, second = kept.answers.items("r")
    save(draft, 1, {(second, "t"): "乙"})
    fewer = save(draft, 2, {(TOP, "n"): 1})
    assert fewer.answers.get("t", second) == "乙"
    assert first != second


def test_two_tabs_are_asked_to_choose_and_lose_nothing(draft):
    one, two = Browser(draft.owner), Browser(draft.owner)
    one.open(f"/fill/{draft.pk}/visit/")
    two.open(f"/fill/{draft.pk}/visit/")
    one.fill(go="stay", place="甲家")
    two.fill(go="next", place="乙家", people="3")
    assert two.answer.status_code == 409
    assert "甲家" in two.text()
    assert "乙家" in two.text()
    form = two.page.xpath("//main//form")[0]
    sent = dict(form.form_values())
    answer = two.client.post(f"/fill/{draft.pk}/visit/", sent)
    assert answer["Location"] == f"/fill/{draft.pk}/family/"
    assert Draft.objects.get(pk=draft.pk).answers.to_plain() == {"place": "乙家", "people": 3}


def test_two_tabs_may_take_the_other_answer(draft):
    one, two = Browser(draft.owner), Browser(draft.owner)
    one.open(f"/fill/{draft.pk}/visit/")
    two.open(f"/fill/{draft.pk}/visit/")
    one.fill(go="stay", place="甲家")
    two.fill(go="next", place="乙家", people="3")
    sent = {**dict(two.page.xpath("//main//form")[0].form_values()), "keep:q:place": "theirs"}
    two.client.post(f"/fill/{draft.pk}/visit/", sent)
    assert Draft.objects.get(pk=draft.pk).answers.to_plain() == {"place": "甲家", "people": 3}


def test_a_script_saves_while_one_types_and_is_told_what_is_asked_now(draft):
    person = Browser(draft.owner)
    person.open(f"/fill/{draft.pk}/visit/")
    data = {**person.data().dict(), "q:worried": "yes", "go": "autosave"}
    answer = person.client.post(f"/fill/{draft.pk}/visit/", data, headers={"accept": "application/json"})
    state = answer.json()
    assert state["revision"] == 1
    assert state["relevant"]["worry"] is True
    assert state["bases"]["q:worried"] == base_of("yes")
    assert [step["name"] for step in state["steps"]] == ["visit", "family", "help", "closing"]
    assert Draft.objects.get(pk=draft.pk).visited == []


def test_a_script_is_told_of_a_log_out_and_of_a_race(draft):
    person = Browser(draft.owner)
    person.open(f"/fill/{draft.pk}/visit/")
    data = {**person.data().dict(), "q:place": "乙", "go": "autosave"}
    save(draft, 0, {PLACE: "甲"})
    answer = person.client.post(f"/fill/{draft.pk}/visit/", data, headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()["conflicts"][0]["theirs"]) == (409, "甲")
    person.client.logout()
    answer = person.client.post(f"/fill/{draft.pk}/visit/", data, headers={"accept": "application/json"})
    assert answer.status_code == 401


def test_a_carried_draft_reads_answers_as_the_new_form_does(draft):
    from forms.definitions.actions import PublishForm

    save(draft, 0, {PLACE: "12"})
    changed = one_step(question("integer", "place"), title="家访记录")
    PublishForm(draft.version.form, changed).execute()
    action = CarryDraft(draft, draft.owner)
    assert action.execute().answers.to_plain() == {"place": 12}
    assert {one.kind for one in action.changed} >= {"other_type", "gone"}


def hundred() -> dict:
    return one_step(*(question("text", f"t{n}") for n in range(100)))


@pytest.mark.parametrize(("content", "most"), [(None, 9), (hundred(), 9)])
def test_a_page_takes_the_same_few_queries_however_long(content, most, django_assert_max_num_queries):
    draft = make_draft(content)
    person = Browser(draft.owner)
    page = f"/fill/{draft.pk}/{'first' if content else 'visit'}/"
    person.open(page)
    with django_assert_max_num_queries(most + 4):  # the frame of the site's pages takes four
        person.client.get(page)
    data = person.data().dict()
    with django_assert_max_num_queries(most):
        person.client.post(page, {**data, "q:place": "x", "q:t5": "x"})


def test_the_list_of_drafts_takes_the_same_queries_however_many(django_assert_max_num_queries):
    teacher = make_teacher()
    for _ in range(4):
        make_draft(user=teacher)
    person = Browser(teacher)
    person.open("/fill/")
    with django_assert_max_num_queries(9):
        person.client.get("/fill/")
