"""Reading expressions: what is understood, what is refused and where, and within which bounds."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.expressions import ExpressionError, ExpressionSyntaxError, parse, to_json, unparse
from forms.expressions.limits import MAX_DEPTH, MAX_LENGTH, MAX_NODES
from forms.expressions.nodes import Number, Operation, Reference

from .strategies import noise, trees


def test_operators_of_one_rank_form_one_node():
    one, two, three = (Number(float(n)) for n in (1, 2, 3))
    assert parse("1 + 2 - 3") == Operation(one, (("+", two), ("-", three)))


def test_a_tree_is_compact_json():
    assert to_json(parse("${a} >= 6 and selected(${home}, 'x')")) == [
        "op", ["op", ["r", "a"], ">=", 6], "and", ["f", "selected", ["r", "home"], "x"],
    ]  # fmt: skip


def test_positions_do_not_count_for_equality():
    assert parse("  ${a}") == parse("${a}") == Reference("a")


@pytest.mark.parametrize(
    ("text", "position", "words"),
    [
        ("1 +", 4, "ends too early"),
        ("${a} == 3", 7, "“=” cannot stand here"),
        ("if(1, 2)", 1, "if() takes 3 arguments, not 2"),
        ("foo(1)", 1, "no function foo()"),
        ("${a} and (1 = 1", 10, "not closed"),
        ("'abc", 1, "closing ' is missing"),
        ("age > 3", 1, "Write 'age' or ${age}"),
        ("true", 1, "true() with brackets"),
        ("${a} / 2", 6, "Write div"),
        ("1 / 2", 3, "Write div"),
        ("${a}，", 5, "half-width comma"),
        ("${a} = “是”", 8, "straight quotes"),
        ("${last-saved#a}", 1, "last saved form"),
        ("regex(., 'a(')", 12, "“(” in the pattern"),
        ("pulldata('a', 'b', 'c', 'd')", 1, "list of choices"),
        ("${a}[2]", 5, "[position() = 2]"),
    ],
)
def test_a_mistake_names_its_place_and_what_to_write(text: str, position: int, words: str):
    with pytest.raises(ExpressionSyntaxError) as caught:
        parse(text)
    message = caught.value.in_words(str)
    assert message.startswith(f"At character {position}: ")
    assert words in message


def test_a_bare_name_is_a_column_in_a_choice_filter_only():
    assert to_json(parse("city = ${city}", columns=True)) == ["op", ["col", "city"], "=", ["r", "city"]]
    with pytest.raises(ExpressionSyntaxError):
        parse("city = ${city}")


@pytest.mark.parametrize(
    "text",
    [
        "1" * (MAX_LENGTH + 1),
        "(" * (MAX_DEPTH + 1) + "1" + ")" * (MAX_DEPTH + 1),
        "not(" * (MAX_DEPTH + 1) + "1" + ")" * (MAX_DEPTH + 1),
        "-" * (MAX_DEPTH + 1) + "1",
        "+".join("1" * (MAX_NODES + 1)),
        "(" * 9_000,
        "${a}[" * 3_000,
    ],
)
def test_what_is_too_large_is_refused_at_once(text: str):
    started = time.perf_counter()
    with pytest.raises(ExpressionSyntaxError):
        parse(text)
    assert time.perf_counter() - started < 2


def test_a_long_sum_is_no_deep_tree():
    assert len(to_json(parse(" + ".join(f"${{q{n}}}" for n in range(1_000))))) == 2_000


@given(trees)
@settings(deadline=None)
def test_what_is_written_reads_back_as_the_same_tree(tree):
    assert parse(unparse(tree)) == tree


@given(st.one_of(noise, st.text(max_size=40)))
@settings(deadline=None)
def test_nonsense_is_an_expression_or_an_error_of_ours(text: str):
    try:
        tree = parse(text)
    except ExpressionError:
        return
    assert parse(unparse(tree)) == tree
