"""The fields: what a page shows comes back as the same answer, for every type of question."""

from __future__ import annotations

import pytest

from forms.answers.answers import TOP, Answers
from forms.codes.models import Code, CodeList
from forms.definitions.questions import QUESTION_TYPES
from forms.filling.offers import counties
from forms.filling.step_form import StepForm
from tests.factories.forms import question
from tests.forms.filling.pages import page_of, rendered, sent_by

pytestmark = pytest.mark.django_db

LISTS = {"l": {"choices": [{"value": value, "label": f"选项{value}"} for value in ("a", "b", "c")]}}
#: type -> (further keys of the question, an answer).
SAMPLES = {
    "text": ({}, '一行 <b>文字</b> & "引号"'),
    "long_text": ({}, "第一行\n第二行"),
    "integer": ({"unit": "人"}, 12),
    "decimal": ({"unit": "元"}, "12.50"),
    "date": ({"maximum": "today"}, "2026-09-01"),
    "time": ({}, "08:30"),
    "month": ({}, "2026-09"),
    "datetime": ({}, "2026-09-01T08:30"),
    "choice": ({"list": "l"}, "b"),
    "choices": ({"list": "l"}, ["a", "c"]),
    "yes_no": ({}, "no"),
    "ranking": ({"list": "l"}, ["c", "a", "b"]),
    "matrix": (
        {"list": "l", "rows": [{"name": "r1", "label": "行一"}, {"name": "r2", "label": "行二"}]},
        {"r1": "a"},
    ),
    "name": ({}, "买买提·艾力"),
    "gender": ({}, "female"),
    "id_number": ({}, "11010519491231002X"),
    "phone": ({}, "0731-88887777"),
    "address": ({}, {"code": "430102", "detail": "某某街1号"}),
    "location": ({}, {"lat": "28.2", "lon": "112.9", "accuracy": "15"}),
    "signature": ({}, {"name": "王小明"}),
    "consent": ({"text": "同意的内容"}, "yes"),
    "scored": ({"list": "l"}, "a"),
}
#: What a page does not send back by itself.
WITHOUT_SAMPLE = {"calculation", "hidden", "file", "photo", "record"}


@pytest.fixture(autouse=True)
def divisions():
    codes = CodeList.objects.create(name="divisions", title="行政区划")
    for value, label in (
        ("430000", "湖南省"),
        ("430100", "长沙市"),
        ("430102", "芙蓉区"),
        ("110000", "北京市"),
        ("110101", "东城区"),
        ("440000", "广东省"),
        ("440305", "南山区"),
        ("441900", "东莞市"),
        ("710000", "台湾省"),
    ):
        Code.objects.create(codes=codes, value=value, label=label)


def test_every_type_has_a_sample_here():
    assert set(SAMPLES) | WITHOUT_SAMPLE == set(QUESTION_TYPES)


@pytest.mark.parametrize("kind", SAMPLES)
def test_what_a_page_shows_comes_back_as_the_same_answer(kind):
    more, answer = SAMPLES[kind]
    form = page_of(question(kind, "题", **more), answers=Answers({(TOP, "题"): answer}), lists=LISTS)
    data = sent_by(rendered(form), form)
    assert StepForm(form.place, data=data).changes() == {(TOP, "题"): answer}


@pytest.mark.parametrize("kind", SAMPLES)
def test_an_empty_page_brings_no_answer(kind):
    more, _ = SAMPLES[kind]
    form = page_of(question(kind, "题", **more), lists=LISTS)
    data = sent_by(rendered(form), form)
    assert StepForm(form.place, data=data).changes() == {(TOP, "题"): None}


@pytest.mark.parametrize("kind", SAMPLES)
def test_a_sensitive_answer_is_covered_and_stays_when_nothing_is_typed(kind):
    more, answer = SAMPLES[kind]
    form = page_of(
        question(kind, "题", sensitive=True, **more), answers=Answers({(TOP, "题"): answer}), lists=LISTS
    )
    tree = rendered(form)
    assert StepForm(form.place, data=sent_by(tree, form)).changes() == {}
    assert tree.xpath("//*[contains(@class, 'q__masked')]")


def test_a_covered_answer_can_be_taken_away():
    form = page_of(question("phone", "p", sensitive=True), answers=Answers({(TOP, "p"): "13812345678"}))
    data = sent_by(rendered(form), form)
    data["clear:q:p"] = "1"
    assert StepForm(form.place, data=data).changes() == {(TOP, "p"): None}


@pytest.mark.parametrize(
    ("kind", "typed"), [("integer", "约12"), ("date", "九月一日"), ("month", "去年"), ("time", "晚上")]
)
def test_what_cannot_be_read_is_shown_again_as_it_was_typed(kind, typed):
    form = page_of(question(kind, "a"), answers=Answers({(TOP, "a"): {"raw": typed}}))
    data = sent_by(rendered(form), form)
    assert data["q:a"] == typed
    assert StepForm(form.place, data=data).changes() == {(TOP, "a"): {"raw": typed}}


def test_two_choices_on_one_place_of_a_ranking_are_kept_as_typed():
    form = page_of(question("ranking", "r", list="l"), lists=LISTS)
    data = sent_by(rendered(form), form)
    data |= {"q:r:a": "1", "q:r:b": "1"}
    data._mutable = True
    changed = StepForm(form.place, data=data).changes()
    assert changed == {(TOP, "r"): {"raw": {"a": "1", "b": "1"}}}
    again = page_of(question("ranking", "r", list="l"), lists=LISTS, answers=Answers(changed))
    assert sent_by(rendered(again), again)["q:r:b"] == "1"


def test_a_question_that_was_not_on_the_page_is_not_changed():
    form = page_of(question("text", "a"), question("choices", "b", list="l"), lists=LISTS)
    data = sent_by(rendered(form), form)
    data["names"] = "a"
    assert StepForm(form.place, data=data).changes() == {(TOP, "a"): None}


def test_a_read_only_question_is_shown_and_never_changed():
    form = page_of(question("text", "a", read_only=True), answers=Answers({(TOP, "a"): "定值"}))
    data = sent_by(rendered(form), form)
    assert "定值" in rendered(form).text_content()
    data["names"], data["q:a"] = "a", "别的"
    assert StepForm(form.place, data=data).changes() == {}


def test_a_province_alone_waits_for_its_county():
    form = page_of(question("address", "a"))
    data = sent_by(rendered(form), form)
    data["q:a:province"] = "430000"
    changed = StepForm(form.place, data=data).changes()
    again = page_of(question("address", "a"), answers=Answers(changed))
    counties = rendered(again).xpath("//select[@data-county]//option/@value")
    assert counties == ["", "430102"]


@pytest.mark.parametrize("kind", SAMPLES)
def test_each_control_has_a_name_for_screen_readers(kind):
    more, _ = SAMPLES[kind]
    tree = rendered(page_of(question(kind, "题", hint="提示", **more), lists=LISTS))
    for control in tree.xpath("//input[not(@type='hidden')]|//select|//textarea"):
        named = control.getparent().tag == "label" or tree.xpath(f"//label[@for='{control.get('id')}']")
        assert named, control.attrib


def test_a_question_that_is_not_asked_now_stands_hidden():
    class Outcome:
        errors: dict = {}
        calculated: dict = {}

        def is_relevant(self, name, item):
            return name == "a"

    tree = rendered(page_of(question("text", "a"), question("text", "b"), outcome=Outcome()))
    assert tree.xpath("//*[@data-question][@hidden]/@data-question") == ["b"]


def test_an_error_is_said_at_the_field_and_tied_to_it():
    class Outcome:
        errors = {(TOP, "a"): ["请填写整数。"]}

        def is_relevant(self, name, item):
            return True

    tree = rendered(page_of(question("integer", "a"), outcome=Outcome(), checked=True))
    field = tree.xpath("//input[@name='q:a']")[0]
    assert field.get("aria-invalid") == "true"
    error = tree.xpath(f"//*[@id='{field.get('aria-describedby')}']")[0]
    assert "请填写整数。" in error.text_content()


def test_a_sensitive_answer_that_is_not_whole_yet_stays_open():
    form = page_of(question("address", "a", sensitive=True), answers=Answers({(TOP, "a"): {"code": "43"}}))
    counties = rendered(form).xpath("//select[@data-county]//option/@value")
    assert counties == ["", "430102"]


@pytest.mark.parametrize(
    ("province", "offered"),
    [
        ("43", [("长沙市", ["430102"])]),
        ("11", [("北京市", ["110101"])]),
        ("44", [("广东省", ["440305", "441900"])]),
        ("71", [("台湾省", ["710000"])]),
    ],
)
def test_what_has_no_counties_is_offered_itself(province, offered):
    groups = counties(province, "")
    assert [(group.label, [offer.value for offer in group.offers]) for group in groups] == offered
