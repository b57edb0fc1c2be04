"""Each fault of formtools' stock wizard, and that ours does not have it.

The faults are numbered by what is reported of it: 1 a prefix that all share, 2 a GET that resets, 3 back that loses,
4 old pages sent again, 5 nothing kept beyond the session, 6 the raw POST as data, 7 reads that write, 8 answers in a
cookie, 9 files, 10 conditions that recurse, 11 conditions run for each step, 12 the step named by the client,
13 skipped steps, 14 done by a GET or twice, 15 a fixed list of steps, 16 data of hidden steps.
"""

from __future__ import annotations

from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict

from forms.definitions.actions import PublishForm
from forms.filling.actions import SaveAnswers, StartDraft
from forms.filling.models import Draft, DraftState
from forms.filling.offers import MOST_ROWS
from forms.filling.step_form import StepForm
from forms.submissions.models import Submission
from tests.factories.forms import one_step, question
from tests.factories.media import png_bytes
from tests.forms.filling.people import HOME_VISIT, Browser, make_draft, make_teacher

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
    return Draft.objects.get(pk=draft.pk).answers.to_plain()


def test_two_fillings_of_one_form_share_nothing(draft):
    """Row 1. The stock prefix is the class's name: the data of one subject appears in another's form."""
    other = StartDraft(draft.version, draft.owner).execute()
    first, second = Browser(draft.owner), Browser(draft.owner)
    first.open(f"/fill/{draft.pk}/visit/")
    second.open(f"/fill/{other.pk}/visit/")
    first.fill(go="stay", place="甲家")
    second.fill(go="stay", place="乙家")
    first.open(f"/fill/{draft.pk}/visit/")
    assert first.data()["q:place"] == "甲家"
    assert (now(draft), now(other)) == ({"place": "甲家"}, {"place": "乙家"})


def test_opening_a_page_again_erases_nothing(draft, person):
    """Row 2. The stock wizard's GET resets."""
    person.fill(go="stay", place="家中")
    before = Draft.objects.values().get(pk=draft.pk)
    for address in (f"/fill/{draft.pk}/", f"/fill/{draft.pk}/visit/", f"/fill/{draft.pk}/visit/?reset=1"):
        person.open(address)
    assert Draft.objects.values().get(pk=draft.pk) == before


def test_going_back_keeps_what_was_typed_without_checking_it(draft, person):
    """Row 3. The stock wizard goes back before it saves."""
    person.fill(go="to family")
    person.fill(go="add member")
    person.fill(go="back", age="六十")
    assert person.heading == "家庭成员"
    assert now(draft)["member"] == [{"age": {"raw": "六十"}}]


def test_sending_an_old_page_once_more_traps_nobody(draft, person):
    """Row 4. Back and refresh in the browser send an old step again."""
    person.open(f"/fill/{draft.pk}/visit/")
    old, url = person.data(), person.url
    person.fill(people="3")
    person.fill()
    assert person.heading == "小结"
    old["go"] = "next"
    person.url = url
    person.send(old)
    assert person.answer.status_code == 200
    assert now(draft) == {"people": 3}


def test_a_draft_outlives_the_session(draft, person):
    """Row 5. The stock state dies with the session."""
    person.fill(go="stay", place="家中")
    person.client.logout()
    elsewhere = Browser(draft.owner)
    elsewhere.open("/fill/")
    assert "家访记录" in elsewhere.text()
    elsewhere.open(f"/fill/{draft.pk}/")
    assert elsewhere.data()["q:place"] == "家中"


def test_answers_alone_are_kept_and_no_token(draft, person):
    """Row 6. The stock wizard keeps the raw POST, token and all."""
    data = person.data()
    data |= {"csrfmiddlewaretoken": "geheim", "q:place": "家中", "q:people": "3"}
    data["go"] = "stay"
    person.send(data)
    row = Draft.objects.get(pk=draft.pk)
    assert row.kept_answers == {"values": {"place": "家中", "people": 3}}
    assert "geheim" not in str(Draft.objects.values().get(pk=draft.pk))


def test_reading_writes_nothing(draft, person, django_capture_on_commit_callbacks):
    """Row 7. Every stock read marks the session modified, and the last writer wins over all tabs."""
    before = Draft.objects.values().get(pk=draft.pk)
    answer = person.client.get(f"/fill/{draft.pk}/visit/")
    assert Draft.objects.values().get(pk=draft.pk) == before
    assert "sessionid" not in answer.cookies


def test_no_answer_stands_in_a_cookie_or_the_session(draft, person):
    """Row 8. The stock cookie storage signs answers and does not seal them."""
    person.fill(go="stay", place="很特别的地方")
    assert "很特别的地方" not in str(person.client.cookies)
    assert "很特别的地方" not in str(dict(person.client.session.items()))


def files_form() -> Draft:
    return make_draft(one_step(question("photo", "p", maximum=2), question("integer", "n", required=True)))


def picture(name: str = "一.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, png_bytes(), "image/png")


def test_files_survive_a_page_with_mistakes_and_can_be_taken_out():
    """Row 9. Stock files are orphaned, come one at a time, stand at their end, and never go."""
    draft = files_form()
    person = Browser(draft.owner)
    person.open(f"/fill/{draft.pk}/first/")
    data = {**person.data().dict(), "q:p:new": [picture(), picture("二.png")], "go": "next"}
    answer = person.client.post(f"/fill/{draft.pk}/first/", data)
    person.open(answer["Location"])
    assert len(now(draft)["p"]) == 2
    assert person.data().getlist("q:p") == now(draft)["p"]
    file = person.client.get(draft.files.first().url)
    assert b"".join(file)[:4] == b"\x89PNG"
    first, second = now(draft)["p"]
    data = person.data()
    data["q:p:remove"], data["go"] = first, "stay"
    person.send(data)
    assert now(draft)["p"] == [second]


def test_steps_come_and_go_with_the_answers_without_an_error(draft, person):
    """Row 10. Conditional steps recursed or raised KeyError, by version."""
    for worried in ("yes", "no", "yes"):
        person.open(f"/fill/{draft.pk}/visit/")
        person.fill(go="stay", worried=worried, people="1", worry="x")
        person.open(f"/fill/{draft.pk}/help/")
        assert person.heading == ("帮扶措施" if worried == "yes" else "家访情况")


def test_a_request_runs_the_form_once_and_builds_one_page(draft, person):
    """Row 11. The stock wizard builds and cleans all forms for each condition: O(steps²)."""
    built, runs = [], []
    from forms.filling.actions import locking

    stock_init, stock_run = StepForm.__init__, locking.run

    def init(self, *args, **options):
        built.append(1)
        stock_init(self, *args, **options)

    def counted(*args, **options):
        runs.append(1)
        return stock_run(*args, **options)

    with patch.object(StepForm, "__init__", init), patch.object(locking, "run", counted):
        person.client.get(f"/fill/{draft.pk}/visit/")
        assert (len(built), len(runs)) == (1, 1)
        data = {**person.data().dict(), "q:place": "家中", "go": "next"}
        person.client.post(f"/fill/{draft.pk}/visit/", data)
        assert (len(built), len(runs)) == (2, 2)


@pytest.mark.parametrize("step", ["nope", "visit%27", "..", "%00", "visit/member/none"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_unknown_step_is_never_an_error_of_ours(draft, person, step, method):
    """Row 12. The stock step comes from the client: an unknown name is a KeyError."""
    answer = getattr(person.client, method)(f"/fill/{draft.pk}/{step}/")
    assert answer.status_code in {302, 404}


def test_what_a_client_says_of_its_step_counts_for_nothing(draft, person):
    """Row 12. Only the address says which page it is."""
    data = {**person.data().dict(), "wizard-current_step": "nope", "wizard_goto_step": "closing"}
    data |= {"q:people": "3", "go": "next"}
    answer = person.client.post(f"/fill/{draft.pk}/visit/", data)
    assert answer["Location"] == f"/fill/{draft.pk}/family/"


def test_skipped_steps_are_named_at_the_check_each_with_its_place(draft, person):
    """Row 13. The stock wizard throws people at the first failing step, unexplained, at the very end."""
    person.open(f"/fill/{draft.pk}/closing/")
    person.fill(mood="good")
    links = person.page.get_element_by_id("mistakes").xpath(".//a/@href")
    assert links == [f"/fill/{draft.pk}/visit/#q:people"]


def test_a_get_hands_nothing_in(draft, person):
    """Row 14. The stock `done` address runs done() on a GET."""
    person.fill(people="3", go="stay")
    for page in ("check/", "done/", "done/?go=submit"):
        person.open(f"/fill/{draft.pk}/{page}")
    assert not Submission.objects.exists()
    assert Draft.objects.get(pk=draft.pk).state == DraftState.OPEN


def test_handing_in_twice_makes_one_submission(draft, person):
    """Row 14. The stock wizard resets after done(): two requests both submit."""
    person.fill(people="3", go="to check")
    page, url = person.page, person.url
    person.hand_in()
    first = person.text()
    person.page, person.url = page, url
    person.hand_in()
    assert person.text() == first
    assert Submission.objects.count() == 1


def test_a_start_page_shown_again_by_the_back_button_begins_another_draft(draft):
    """Row 14. What was handed in is not begun again; the person wants to fill in another one."""
    person = Browser(draft.owner)
    address = f"/forms/{draft.version.form.slug}/"
    person.open(address)
    fields = dict(person.page.xpath("//form[contains(@class, 'fill__begin')]")[0].form_values())
    first = person.client.post(address, fields)["Location"]
    Draft.objects.exclude(pk=draft.pk).update(state=DraftState.SUBMITTED)
    again = person.client.post(address, fields)
    assert again.status_code == 302
    assert again["Location"] != first


def test_the_list_of_steps_comes_from_the_definition_and_pages_from_the_answers(draft, person):
    """Row 15. Stock lists are static: no steps from a database, none for each member of a household."""
    names = [e.get("value").split()[1] for e in person.page.xpath("//button[starts-with(@value, 'to ')]")]
    assert names == ["visit", "family", "closing", "check"]
    person.fill(go="to family")
    person.fill(go="add member")
    assert person.url.startswith(f"/fill/{draft.pk}/family/member/")


def test_an_answer_off_the_path_is_kept_and_does_not_count(draft, person):
    """Row 16. In the stock wizard nothing says whether the data of a hidden step counts."""
    person.fill(go="stay", worried="yes", people="3")
    person.fill(go="stay", worry="夜里一个人")
    person.fill(go="to check", worried="no")
    assert now(draft)["worry"] == "夜里一个人"
    assert "夜里一个人" not in person.text()
    person.hand_in()
    person.open(f"/fill/{draft.pk}/done/")
    assert person.heading == "已提交"


def test_a_form_that_changed_meanwhile_leaves_the_draft_on_its_version(draft, person):
    """A definition read from live rows loses or bends what was typed."""
    person.fill(go="stay", place="家中")
    changed = {
        **HOME_VISIT,
        "steps": [{**HOME_VISIT["steps"][0], "items": HOME_VISIT["steps"][0]["items"][1:]}],
    }
    PublishForm(draft.version.form, changed).execute()
    person.open(f"/fill/{draft.pk}/visit/")
    assert person.data()["q:place"] == "家中"
    assert "表单有更新" in person.text()
    person.open(f"/fill/{draft.pk}/carry/")
    assert "题目place" in person.text()
    person.client.post(f"/fill/{draft.pk}/carry/")
    row = Draft.objects.get(pk=draft.pk)
    assert row.version == row.version.form.live
    assert "place" not in row.answers.to_plain()
    assert row.left_behind[0]["answers"] == {"values": {"place": "家中"}}


def test_a_page_of_nothing_is_no_error(draft, person):
    """A missing management form was a 400 of formtools."""
    answer = person.client.post(f"/fill/{draft.pk}/visit/", {})
    assert answer.status_code == 302
    assert now(draft) == {}


def test_a_name_in_the_page_is_never_more_than_a_name(draft, person):
    """Names of fields are made of the document; what else is sent is left alone."""
    data = QueryDict(mutable=True)
    data |= {"names": "owner__password place", "q:owner__password": "x", "q:place": "家中", "go": "stay"}
    person.url = f"/fill/{draft.pk}/visit/"
    person.send(data)
    assert now(draft) == {"place": "家中"}


def test_a_stranger_saves_nothing_by_the_action_itself(draft):
    from django.core.exceptions import PermissionDenied

    with pytest.raises(PermissionDenied):
        SaveAnswers(draft, 0, {("", "place"): "x"}, user=make_teacher()).execute()


@pytest.mark.parametrize("count", [3, MOST_ROWS + 1], ids=["short", "long"])
def test_a_choice_that_a_filter_takes_away_stays_on_the_page_and_is_not_lost(count):
    cars = [{"value": f"c{n}", "label": f"车{n}", "extra": {"maker": "vw"}} for n in range(count)]
    makers = [{"value": "vw", "label": "大众"}, {"value": "none", "label": "没有"}]
    filtered = {"list": "cars", "choice_filter": "maker = ${maker}"}
    rows = [{"name": "r", "label": "行"}]
    content = one_step(
        question("choice", "maker", list="makers"),
        question("choice", "car", **filtered),
        question("choices", "cars", **filtered),
        question("matrix", "rates", rows=rows, **filtered),
        lists={"cars": {"choices": cars}, "makers": {"choices": makers}},
    )
    draft = make_draft(content)
    chosen = {"car": "c1", "cars": ["c1", "c2"], "rates": {"r": "c2"}}
    answers = {("", name): value for name, value in {"maker": "none", **chosen}.items()}
    SaveAnswers(draft, 0, answers, user=draft.owner).execute()
    person = Browser(draft.owner)
    person.open(f"/fill/{draft.pk}/first/")
    person.fill("stay")
    assert Draft.objects.get().answers.to_plain() == {"maker": "none", **chosen}
