"""A page answers while somebody types, before anything is saved; what the browser may not know stays on the server."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from cms.people.models import Role
from forms.filling.actions import SaveAnswers, StartDraft
from forms.kinds import kind_of
from tests.factories import make_school, make_school_user
from tests.factories.forms import make_version, question
from tests.journeys.axe import DESK, visitor
from tests.journeys.test_admin_accessibility import log_in

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
ID_NUMBER = "11010519491231002X"
CARS = [
    {"value": "golf", "label": "高尔夫", "extra": {"maker": "vw"}},
    {"value": "polo", "label": "波罗", "extra": {"maker": "vw"}},
    {"value": "corolla", "label": "花冠", "extra": {"maker": "toyota"}},
]
CONTENT = {
    "title": "即时表单",
    "lists": {
        "makers": {"choices": [{"value": "vw", "label": "大众"}, {"value": "toyota", "label": "丰田"}]},
        "cars": {"choices": CARS},
    },
    "steps": [
        {
            "name": "before",
            "title": "之前",
            "items": [question("integer", "base"), question("id_number", "secret", sensitive=True)],
        },
        {
            "name": "page",
            "title": "本页",
            "items": [
                question("integer", "count", constraint=". <= 20", constraint_message="最多 20 人。"),
                question("calculation", "total", label="合计", calculation="${count} + ${base}", shown=True),
                {"type": "note", "name": "told", "label": "共 ${total} 人，负责人 ${who}。"},
                question("name", "who"),
                question("long_text", "why", relevant="${count} > 10"),
                question("choice", "maker", list="makers"),
                question("choice", "car", list="cars", choice_filter="maker = ${maker}"),
                question(
                    "matrix",
                    "rates",
                    list="cars",
                    choice_filter="maker = ${maker}",
                    rows=[
                        {"name": "seats", "label": "座位"},
                        {"name": "crowd", "label": "拥挤", "relevant": "${count} > 15"},
                    ],
                ),
                question("integer", "score", minimum=0, maximum=10, appearance="slider"),
                question("text", "kept_back", relevant="${secret} = '' and ${count} > 10"),
                question("id_number", "card", sensitive=True),
                question("text", "with_card", relevant="${card} != ''"),
            ],
        },
    ],
}


@pytest.fixture
def filling():
    """A draft with answers on the step before, and the address of its second page."""
    teacher = make_school_user(make_school(), Role.CLASS_TEACHER)
    draft = StartDraft(make_version(CONTENT), teacher).execute()
    answers = {("", "base"): 5, ("", "secret"): ID_NUMBER, ("", "card"): ID_NUMBER}
    SaveAnswers(draft, 0, answers, user=teacher).execute()
    return teacher, f"/fill/{draft.pk}/page/"


@pytest.fixture
def page(browser, live_server, filling):
    """The page, with the server cut off: nothing that is saved comes back."""
    teacher, address = filling
    with visitor(browser, DESK) as page:
        log_in(page, live_server.url, teacher)
        page.goto(live_server.url + address)
        page.wait_for_function("document.querySelector('[data-fill]').filling.live")
        page.route("**/fill/**", lambda route: route.abort())
        yield page


def place(page: Page, name: str):
    return page.locator(f"[data-question='{name}']")


def field(page: Page, name: str):
    return page.locator(f"[name='q:{name}']")


def test_questions_values_and_texts_follow_each_key(page):
    expect(place(page, "why")).to_be_hidden()
    field(page, "count").press_sequentially("12")
    expect(place(page, "why")).to_be_visible()
    expect(field(page, "count")).to_be_focused()
    expect(page.locator("[data-calculated='total']")).to_have_text("17")
    field(page, "who").fill("王 小明")
    expect(place(page, "told")).to_have_text("共 17 人，负责人 王小明。")
    expect(page.locator("[data-told]")).to_contain_text("1")
    field(page, "count").fill("3")
    expect(place(page, "why")).to_be_hidden()


def test_a_constraint_speaks_when_the_field_is_left_and_is_silent_as_soon_as_it_holds(page):
    told = page.locator("[id='q:count:error']")
    field(page, "count").press_sequentially("200")
    expect(told).to_be_hidden()
    field(page, "count").press("Tab")
    expect(told).to_have_text("最多 20 人。")
    expect(field(page, "count")).to_have_attribute("aria-invalid", "true")
    field(page, "count").press("Backspace")
    field(page, "count").fill("20")
    expect(told).to_be_hidden()


def test_choices_follow_the_filter(page):
    page.get_by_label("丰田").check()
    car = place(page, "car")
    expect(car.get_by_label("花冠")).to_be_visible()
    expect(car.get_by_label("波罗")).to_be_hidden()


def test_rows_and_choices_of_a_matrix_follow_too_and_what_was_chosen_stays(page):
    rates, crowd = place(page, "rates"), place(page, "crowd")
    expect(crowd).to_be_hidden()
    field(page, "count").fill("16")
    expect(crowd).to_be_visible()
    page.get_by_label("大众").check()
    seats = place(page, "seats")
    expect(rates.get_by_label("花冠").first).to_be_hidden()
    seats.get_by_label("波罗").check()
    page.get_by_label("丰田").check()
    expect(seats.get_by_label("花冠")).to_be_visible()
    expect(seats.get_by_label("高尔夫")).to_be_hidden()
    expect(seats.get_by_label("波罗")).to_be_checked()
    expect(seats.get_by_label("波罗")).to_be_visible()
    expect(crowd.get_by_label("波罗")).to_be_hidden()


def test_an_untouched_slider_answers_nothing_and_a_touch_where_it_stands_does(page):
    slider, score = place(page, "score").get_by_role("slider"), field(page, "score")
    expect(slider).to_have_attribute("aria-valuetext", "尚未回答")
    expect(score).to_have_attribute("placeholder", "尚未回答")
    expect(score).to_have_value("")
    slider.click()
    expect(score).to_have_value("5")
    expect(slider).to_have_attribute("aria-valuetext", "5")
    slider.press("ArrowRight")
    expect(score).to_have_value("6")
    score.fill("")
    expect(slider).to_have_attribute("aria-valuetext", "尚未回答")


def test_what_depends_on_a_covered_answer_waits_for_the_server(page):
    expect(place(page, "with_card")).to_be_visible()
    field(page, "count").fill("12")
    expect(place(page, "why")).to_be_visible()
    expect(place(page, "with_card")).to_be_visible()
    expect(place(page, "kept_back")).to_be_hidden()
    page.locator("[name='clear:q:card']").check()
    expect(place(page, "with_card")).to_be_hidden()


def test_nothing_moves_by_itself_and_the_scripts_are_light(browser, live_server, filling):
    teacher, address = filling
    sizes: dict[str, int] = {}
    with visitor(browser, DESK) as page:
        log_in(page, live_server.url, teacher)
        page.on("response", lambda answer: note(answer, sizes))
        page.goto(live_server.url + address)
        page.wait_for_function("document.querySelector('[data-fill]').filling.live")
        shift = page.evaluate(
            """() => new Promise((done) => new PerformanceObserver((list) =>
            done(list.getEntries().reduce((sum, one) => sum + one.value, 0))).observe(
            {type: "layout-shift", buffered: true}) || setTimeout(() => done(0), 300))"""
        )
    assert shift < 0.01
    assert sum(sizes.values()) < 90_000, sizes


def note(answer, sizes: dict[str, int]) -> None:
    if "/forms/" in answer.url and answer.url.endswith(".js"):
        sizes[answer.url.rsplit("/", 1)[-1]] = len(answer.body())


TYPED = {
    "text": ["", " 甲 乙 ", "a\u200bb", "x"],
    "long_text": ["一\n二\n", "  x  "],
    "integer": ["12", " 1 2 ", "１２", "1,234", "+7", "-0", "007", "x", "1.5", "12人"],
    "decimal": ["1.50", ".5", "5.", "007.20", "-0.0", "1，234.5", "1e3", "", "-", "１.５"],
    "date": ["2026-09-01", "", "2026/9/1", "1899-01-01"],
    "month": ["2026-09", "202609", ""],
    "time": ["08:30", "8:30", "24:00", ""],
    "datetime": ["2026-09-01T08:30", "2026-09-01 08:30", ""],
    "name": ["王 小明", "买买提•艾力", "Anna  Maria", ""],
    "id_number": [" 11010519491231002x", "１１0105", ""],
    "phone": ["13812345678", "0731-88887777", "138 1234 5678", "12", ""],
}


def test_the_browser_reads_a_field_as_the_server_does_or_leaves_it_to_the_server(browser, live_server):
    from forms.definitions.questions import QUESTION_TYPES

    cases = [(kind, text) for kind, texts in TYPED.items() for text in texts]
    with visitor(browser, DESK) as page:
        page.goto(f"{live_server.url}/healthz")
        read = page.evaluate(
            """async ([root, cases]) => { const { readText } = await import(root + "/static/forms/live-fields.js");
            return cases.map(([kind, text]) => readText(kind, text)); }""",
            [live_server.url, cases],
        )
    assert sum(one is not None for one in read) > len(read) * 0.7
    for (kind, text), found in zip(cases, read, strict=True):
        if found is not None:
            asked = QUESTION_TYPES[kind].model_validate(question(kind, "q"))
            expected = kind_of(asked).to_expression(asked, kind_of(asked).parse(asked, text))
            assert (kind, text, found) == (kind, text, expected)
