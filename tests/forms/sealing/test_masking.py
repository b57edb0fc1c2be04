"""What is shown of a sensitive answer."""

from types import SimpleNamespace

import pytest

from forms.sealing.masking import HIDDEN, mask


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        ("id_number", "11010519491231002X", "110***********002X"),
        ("id_number", "1101", HIDDEN),
        ("phone", "13812345678", "138****5678"),
        ("phone", "0731-88887777", "0731-******77"),
        ("phone", "88887777", HIDDEN),
        ("name", "王小兰", "王**"),
        ("name", "欧阳小兰", "欧**"),
        ("date", "2015-09-01", "2015年**月**日"),
        ("text", "很长的一段话", HIDDEN),
        ("address", {"code": "430102", "detail": "幸福路1号"}, HIDDEN),
        ("phone", {"raw": "一三八"}, HIDDEN),
        ("choices", ["a", "b"], HIDDEN),
        ("integer", 0, HIDDEN),
        ("text", None, ""),
        ("text", "", ""),
    ],
)
def test_a_value_is_masked_by_its_type(kind, value, shown):
    assert mask(SimpleNamespace(type=kind), value) == shown
