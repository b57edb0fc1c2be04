"""What depends on what, and in which order it is computed."""

import pytest

from forms.expressions import CycleError, in_order, names, parse


def test_names_are_found_in_paths_conditions_and_quotes():
    tree = parse("sum(${r}[x > ${a}]/y) + string-length(jr:choice-name(${one}, '${many}'))")
    assert names(tree) == {"r", "x", "a", "y", "one", "many"}


def test_each_name_comes_after_those_it_needs():
    order = in_order({"total": ["price", "count"], "price": ["base"], "count": [], "base": ["answer"]})
    assert order.index("base") < order.index("price") < order.index("total")
    assert set(order) == {"total", "price", "count", "base"}


def test_independent_names_keep_their_order():
    assert in_order({"c": [], "a": [], "b": []}) == ["c", "a", "b"]


def test_a_cycle_is_reported_as_a_circle_of_names():
    with pytest.raises(CycleError) as caught:
        in_order({"a": ["b"], "b": ["c"], "c": ["a"], "d": []})
    circle = caught.value.names
    assert circle[0] == circle[-1]
    assert set(circle) == {"a", "b", "c"}


def test_a_name_that_needs_itself_is_a_cycle():
    with pytest.raises(CycleError):
        in_order({"a": ["a"]})
