"""Patterns: what they match, what is refused, and that none can hang."""

import time

import pytest

from forms.expressions import ExpressionSyntaxError
from forms.expressions.regexes import matches, regex

EVIL = ["(a+)+", "(a|aa)+", "(.*a){12}", "([a-zA-Z]+)*", "(a|a?)+", "(x+x+)+y", "^(([a-z])+.)+[A-Z]([a-z])+$"]


@pytest.mark.parametrize("pattern", EVIL)
def test_no_pattern_hangs(pattern: str):
    started = time.perf_counter()
    matches(pattern, "a" * 50_000 + "!")
    assert time.perf_counter() - started < 2


@pytest.mark.parametrize(
    ("pattern", "text", "whole"),
    [
        ("1[3-9]\\d{9}", "13800138000", True),
        ("1[3-9]\\d{9}", "13800138000 ", False),
        ("[\\u4e00-\\u9fa5]{2,4}", "王小明", True),
        ("\\p{IsHan}+", "𠮷", True),
        ("\\P{IsHan}+", "abc", True),
        ("[^\\d\\s]+", "a b", False),
        (".", "\n", False),
        ("a|", "", True),
        ("", "", True),
        ("(?<year>\\d{4})年", "2026年", True),
        ("(?i)Q[a-c]", "qB", True),
        ("\\x41\\x{4E2D}", "A中", True),
        ("[\\w.-]+", "a.b-c_1", True),
        ("a{0,}b*?", "aaabbb", True),
    ],
)
def test_the_whole_text_is_matched(pattern: str, text: str, whole: bool):
    assert matches(pattern, text) is whole


@pytest.mark.parametrize(
    ("pattern", "position"),
    [
        ("(?=a)a", 0),
        ("(?!a)b", 0),
        ("(?<=a)b", 0),
        ("a(?s).", 1),
        ("(a)\\1", 4),
        ("a++", 2),
        ("a*{2}", 2),
        ("[a", 0),
        ("a)", 1),
        ("(a", 0),
        ("[z-a]", 4),
        ("[]", 0),
        ("[a&&[b]]", 2),
        ("\\q", 1),
        ("\\", 1),
        ("a{3,2}", 0),
        ("a{2000}", 0),
        ("((a{100}){100}){100}", 1),
        ("^*", 0),
        ("(" * 30 + ")" * 30, 20),
        ("x" * 501, 0),
        ("\\uD800", 1),
    ],
)
def test_what_is_not_supported_is_refused_at_its_place(pattern: str, position: int):
    with pytest.raises(ExpressionSyntaxError) as caught:
        regex(pattern)
    assert caught.value.at == position
