"""“Did you mean”: slips are put right by words of the index, and by those alone that the reader may find."""

import pytest

from search.correction import correction
from search.sounds import sounds_like, stretches
from tests.search.test_contract import OPEN, doc, fill

STAFF = frozenset({"public", "school-1"})


@pytest.fixture
def filled(engine):
    fill(
        engine,
        doc(1, "留守儿童关爱工作计划", "班主任每周组织亲情电话，定期家访。"),
        doc(2, "寄宿制学校管理办法", "亲情电话机放在宿舍楼。"),
        doc(3, "草稿", "心理剧表演。", access=frozenset({"school-1"})),
    )
    return engine


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("亲情点话", "亲情电话"),
        ("家仿", "家访"),
        ("宿社", "宿舍"),
        ("留守童儿", "留守儿童"),
        ("留守守儿童", "留守儿童"),
        ("lset", "留守儿童"),
        ("liushouertong", "留守儿童"),
        ("亲情点话 家访", "亲情电话 家访"),
        ("寄速制", "寄宿制"),
    ],
)
def test_a_slip_is_put_right(filled, typed, meant):
    assert correction(typed, OPEN, filled) == meant


@pytest.mark.parametrize("typed", ["亲情电话", "没有这个词", "x", "", '"亲情点话"', "-家仿", "学校:石桥"])
def test_what_is_right_unknown_or_no_word_is_left_alone(filled, typed):
    assert correction(typed, OPEN, filled) is None


def test_words_of_others_are_not_given_away(filled):
    assert correction("心里剧", OPEN, filled) is None
    assert correction("心里剧", STAFF, filled) == "心理剧"
    assert correction("心里剧", frozenset(), filled) is None


def test_counts_are_the_readers_own(filled):
    assert filled.counts(["亲情电话", "心理剧", "没有", ""], OPEN) == [2, 0, 0, 0]
    assert filled.counts(["心理剧"], STAFF) == [1]
    assert filled.counts(["亲情电话"], frozenset()) == [0]


def test_characters_that_sound_alike_are_known_with_blurred_sounds():
    assert "电" in sounds_like("点")
    assert "身" in sounds_like("生")
    assert list(stretches("留守儿童关爱", "set")) == ["守儿童"]
