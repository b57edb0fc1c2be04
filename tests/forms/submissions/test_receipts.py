"""Receipt numbers: readable, checked, and telling nothing."""

from datetime import date

import pytest

from forms.submissions.receipts import DRAWN, check_character, initials, new_receipt, receipt_is_sound

DAY = date(2026, 11, 24)


def test_a_receipt_shows_the_form_and_the_day():
    assert new_receipt("留守儿童档案", DAY).startswith("LSETDA-261124-")


@pytest.mark.parametrize(
    ("title", "expected"), [("家访记录", "JFJL"), ("2026 年报", "NB"), ("Visit", "F"), ("———", "F")]
)
def test_initials_are_the_first_letters_in_pinyin(title, expected):
    assert initials(title) == expected


def test_the_check_character_is_that_of_iso_7064():
    # The example of ISRC's cousin GRid, whose standard spells it out: A1-2425G-ABC1234002-M.
    assert check_character("A1-2425G-ABC1234002") == "M"


def test_no_drawn_sign_is_taken_for_another():
    assert not set(DRAWN) & set("01OILU")


def test_a_wrong_sign_and_two_changed_places_are_noticed():
    receipt = new_receipt("家访记录", DAY)
    assert receipt_is_sound(receipt)
    for place, sign in enumerate(receipt):
        if sign != "-":
            other = "7" if sign != "7" else "8"
            assert not receipt_is_sound(receipt[:place] + other + receipt[place + 1 :])


def test_receipts_of_one_moment_do_not_follow_each_other():
    drawn = [new_receipt("家访记录", DAY) for _ in range(200)]
    assert len(set(drawn)) == 200
    assert drawn != sorted(drawn)


@pytest.mark.parametrize("text", ["", "-", "JFJL", "家访", "---"])
def test_what_is_no_receipt_is_not_sound(text):
    assert not receipt_is_sound(text)
