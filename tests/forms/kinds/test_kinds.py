"""What each type does with what is typed: read, refused, full width, at the limits."""

from __future__ import annotations

import datetime as dt

import pytest

from forms.definitions.questions import QUESTION_TYPES
from tests.forms.kinds.base import Asked

pytestmark = pytest.mark.django_db
MORE = {
    "consent": {"text": "全文"},
    "calculation": {"calculation": "1"},
    "record": {"register": "children"},
    "matrix": {"rows": [{"name": "r", "label": "行"}]},
}
ODD = [
    "",
    None,
    " ",
    0,
    1.5,
    True,
    [],
    {},
    ["x"],
    {"x": 1},
    "\x00",
    "９９",
    "x" * 60_000,
    {"raw": "x"},
    [1],
    [[]],
    {"lat": []},
]


@pytest.mark.parametrize("kind", QUESTION_TYPES)
@pytest.mark.parametrize("typed", ODD, ids=range(len(ODD)))
def test_no_type_breaks_on_odd_answers(kind, typed):
    asked = Asked(kind, **MORE.get(kind, {}))
    asked.problems(typed)
    assert isinstance(asked.shown(typed), str)
    assert isinstance(asked.seen(typed), str)
    asked.typed(typed)


@pytest.mark.parametrize("kind", QUESTION_TYPES)
def test_nothing_typed_is_no_answer(kind):
    asked = Asked(kind, **MORE.get(kind, {}))
    assert asked.read("") is None
    assert asked.read(None) is None


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("text", " 你好 ", "你好"),
        ("text", "a\nb", "a b"),
        ("long_text", "a\r\nb", "a\nb"),
        ("integer", "１２", 12),
        ("integer", "1,234", 1234),
        ("integer", "-5", -5),
        ("integer", 7, 7),
        ("decimal", "１２．５０", "12.50"),
        ("decimal", "0.1", "0.1"),
        ("decimal", 0.1, "0.1"),
        ("date", "2026年9月1日", "2026-09-01"),
        ("date", "２０２６/９/１", "2026-09-01"),
        ("date", "20260901", "2026-09-01"),
        ("month", "2026年9月", "2026-09"),
        ("month", "202609", "2026-09"),
        ("time", "8：30", "08:30"),
        ("time", "8点30分", "08:30"),
        ("yes_no", True, "yes"),
        ("yes_no", "no", "no"),
        ("gender", "女", "female"),
        ("name", "王 小 明", "王小明"),
        ("name", "买买提•艾力", "买买提·艾力"),
        ("name", "John  Smith", "John Smith"),
        ("id_number", "11010519491231002x", "11010519491231002X"),
        ("id_number", "１１０１０５１９４９１２３１００２X", "11010519491231002X"),
        ("phone", "138 1234 5678", "13812345678"),
        ("phone", "+86 13812345678", "13812345678"),
        ("phone", "（0731）88887777", "0731-88887777"),
        ("phone", "0731-88887777转801", "0731-88887777-801"),
        ("phone", "４００-８００-１２３４", "400-800-1234"),
        ("choices", "red blue", ["red", "blue"]),
        ("choices", ["red", "red"], ["red"]),
        ("consent", "on", "yes"),
        ("location", "28.2 112.9", {"lat": "28.2", "lon": "112.9"}),
    ],
)
def test_what_is_typed_is_read(kind, typed, value):
    assert Asked(kind, **MORE.get(kind, {})).read(typed) == value


@pytest.mark.parametrize(
    ("kind", "typed", "more"),
    [
        ("text", "xxx", {"max_length": 2}),
        ("text", "abc", {"pattern": "[0-9]+"}),
        ("integer", "1.5", {}),
        ("integer", "十二", {}),
        ("integer", "5", {"minimum": 6}),
        ("integer", "7", {"maximum": 6}),
        ("integer", "9" * 30, {}),
        ("decimal", "1.234", {"places": 2}),
        ("decimal", "NaN", {}),
        ("decimal", "1e5", {}),
        ("date", "2026-02-30", {}),
        ("date", "1026-02-03", {}),
        ("date", "2026-09-02", {"maximum": "2026-09-01"}),
        ("month", "2026-13", {}),
        ("time", "24:00", {}),
        ("choice", "pink", {}),
        ("choices", "red pink", {}),
        ("choices", "red", {"minimum": 2}),
        ("choices", "red blue", {"maximum": 1}),
        ("yes_no", "perhaps", {}),
        ("gender", "x", {}),
        ("ranking", ["red", "blue"], {}),
        ("ranking", ["red", "red", "blue"], {}),
        ("name", "小明1", {}),
        ("name", "x" * 51, {}),
        ("id_number", "110105194912310021", {}),
        ("id_number", "1101051949123100", {}),
        ("id_number", "990105194912310021", {}),
        ("phone", "12345", {}),
        ("phone", "13812345678", {"accepts": "landline"}),
        ("phone", "0731-88887777", {"accepts": "mobile"}),
        ("location", "91 0", {}),
        ("location", "28.2", {}),
        ("file", "not-an-id", {}),
        ("signature", {"file": "not-an-id"}, {}),
        ("record", "not-an-id", MORE["record"]),
    ],
)
def test_what_does_not_fit_is_refused_in_chinese(kind, typed, more):
    problems = Asked(kind, **more).problems(typed)
    assert problems
    assert any("一" <= sign <= "鿿" for sign in problems[0])


@pytest.mark.parametrize(
    ("kind", "typed", "more"),
    [
        ("text", "xx", {"max_length": 2}),
        ("integer", "6", {"minimum": 6, "maximum": 6}),
        ("decimal", "1.50", {"places": 1}),
        ("date", "2024-02-29", {}),
        ("date", "2026-09-01", {"minimum": "2026-09-01", "maximum": "2026-09-01"}),
        ("time", "23:59", {}),
        ("choices", "red blue", {"minimum": 2, "maximum": 2}),
        ("ranking", ["green", "red", "blue"], {}),
        ("id_number", "11010519491231002X", {}),
        ("phone", "19912345678", {}),
        ("location", "-90 180", {}),
    ],
)
def test_the_limits_themselves_fit(kind, typed, more):
    assert Asked(kind, **more).problems(typed) == []


@pytest.mark.parametrize(
    ("kind", "typed"), [("integer", "many"), ("date", "soon"), ("time", "noon"), ("decimal", "1,5x")]
)
def test_what_cannot_be_read_is_kept_and_shown_again(kind, typed):
    asked = Asked(kind)
    assert asked.read(typed) == {"raw": typed}
    assert asked.typed(typed) == typed
    assert asked.seen(typed) == ""


@pytest.mark.parametrize(
    ("kind", "typed", "shown"),
    [
        ("date", "2026-09-01", "2026年9月1日"),
        ("month", "2026-09", "2026年9月"),
        ("choice", "red", "红"),
        ("choices", "red blue", "红、蓝"),
        ("yes_no", "yes", "是"),
        ("gender", "male", "男"),
        ("matrix", {"r": "red"}, "行：红"),
    ],
)
def test_answers_are_shown_to_people(kind, typed, shown):
    assert Asked(kind, **MORE.get(kind, {})).shown(typed) == shown


def test_today_is_a_limit_too():
    from django.utils import timezone

    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    assert Asked("date", maximum="today").problems(tomorrow.isoformat())
    assert not Asked("date", maximum="today").problems(timezone.localdate().isoformat())
