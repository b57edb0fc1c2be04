"""What XLSForm workbooks ask for: moments, sliders in steps, agreements with a value of their own."""

import pytest

from forms.definitions.questions import Consent, DateTime, DecimalNumber, Integer
from forms.kinds import kind_of
from forms.kinds.base import is_raw

MOMENT = DateTime(name="m", label="时间")


@pytest.mark.parametrize(
    "typed", ["2026-09-01 08:30", "2026-09-01T08:30", "2026年9月1日 8点30分", "2026-09-01T00:30:00.000Z"]
)
def test_a_moment_is_read_as_people_and_as_phones_write_it(typed):
    assert kind_of(MOMENT).parse(MOMENT, typed) == "2026-09-01T08:30"


@pytest.mark.parametrize("typed", ["2026-09-01", "8:30", "2026-13-01 08:30", "2026-09-01 25:00", 5])
def test_what_is_no_moment_is_kept_as_typed(typed):
    value = kind_of(MOMENT).parse(MOMENT, typed)
    assert is_raw(value)
    assert kind_of(MOMENT).problems(MOMENT, value, None)


def test_a_moment_is_a_moment_of_the_sites_zone_to_expressions():
    assert kind_of(MOMENT).to_expression(MOMENT, "2026-09-01T08:30") == "2026-09-01T08:30:00.000+08:00"


@pytest.mark.parametrize(("value", "good"), [(10, True), (15, True), (12, False)])
def test_a_whole_number_keeps_to_its_steps(value, good):
    question = Integer(name="n", label="数", minimum=0, maximum=20, step=5)
    assert (kind_of(question).problems(question, value, None) == []) is good


@pytest.mark.parametrize(("value", "good"), [("0.3", True), ("0.5", True), ("0.4", False)])
def test_a_decimal_keeps_to_its_steps_exactly(value, good):
    question = DecimalNumber(name="n", label="数", minimum="0.1", step="0.2")
    assert (kind_of(question).problems(question, value, None) == []) is good


def test_an_agreement_has_the_value_that_its_form_expects():
    question = Consent(name="c", label="同意", text="内容", agreed="OK")
    assert kind_of(question).parse(question, True) == "OK"
    assert kind_of(question).parse(question, "OK") == "OK"
