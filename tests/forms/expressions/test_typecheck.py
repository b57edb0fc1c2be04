"""What the check before publication finds, and what it lets pass."""

import pytest

from forms.expressions import parse
from forms.expressions.typecheck import check

from .table import CASES, TABLE, Case, outline

LISTS = {name: [row["name"] for row in rows] for name, rows in TABLE["lists"].items()}


def _found(text: str, place: str = "t", *, condition: bool = False) -> list[str]:
    problems = check(parse(text), outline(), place=place, lists=LISTS, condition=condition)
    return [f"{'error' if problem.is_error else 'warning'} {problem}" for problem in problems]


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("${agee} > 3", "t", "error There is no question ${agee}"),
        ("${hobbies} = '1'", "t", "Is ${hobby} meant?"),
        ("${x} + 1", "t", "error ${x} is answered once for each item"),
        ("concat(${y}, '!')", "t", "error ${y} is answered once"),
        ("if(${y} = '', 1, 2)", "t", "error ${y} is answered once"),
        ("string-length(${r}/y)", "w", "one"),
        ("sum(1 + 1)", "t", "error sum() needs ${question} of a roster"),
        ("sum(${a})", "t", "warning ${a} is in no roster"),
        ("sum(${x})", "y", "warning Inside its roster ${x} is one item's"),
        ("count(${r})", "y", "warning Inside its roster ${r}"),
        ("selected(${a}, '3')", "t", "error selected() needs a question with choices, and ${a} is none"),
        ("count-selected(${d})", "t", "error count-selected() needs"),
        ("selected(${one}, 1)", "t", "error The second argument of selected() is a text"),
        (
            "selected(${one}, 'mum')",
            "t",
            "warning ${one} has no choice “mum”. Its choices: mother, father, both_away",
        ),
        ("${one} = 'mum'", "t", "has no choice “mum”"),
        (
            "${many} = 'mother'",
            "t",
            "warning ${many} may have several choices. Write selected(${many}, 'mother')",
        ),
        ("${d} > '2026-01-01'", "t", "warning A date is not compared with a text; this is never true"),
        ("'2026-01-01' <= ${d}", "t", "Write date('2026-01-01')"),
        ("${who} < 'b'", "t", "warning Only numbers and dates can be larger or smaller"),
        ("${a} = 'many'", "t", "warning “many” is no number, but ${a} is"),
        ("${d} = 3", "t", "warning"),
        ("${who} + '同学'", "t", "warning “+” works on numbers. Write concat(...)"),
        ("${many} * 2", "t", "works on numbers and dates, and ${many} is neither"),
        ("position()", "x", "warning position() is always 1 here"),
        ("position(..)", "t", "warning position(..) counts the items of a roster"),
        ("jr:choice-name('a', '${who}')", "t", "error jr:choice-name() needs a question with choices"),
        ("sum(${r}[age > 3]/nothing)", "t", "error There is no question nothing"),
    ],
)
def test_what_will_not_do_is_told(text: str, place: str, words: str):
    found = " ".join(_found(text, place))
    assert words in found if words != "one" else found == ""


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("${a} > 3 and selected(${many}, 'mother')", "t"),
        ("sum(${x}) div count(${r})", "t"),
        ("max(${x}) - min(${x})", "t"),
        ("join('、', ${y})", "t"),
        ("${x} * ${a}", "y"),
        (". >= 0 and . <= 150", "a"),
        (". <= today() and . > date('1900-01-01')", "d"),
        ("int((today() - ${d}) div 365.25)", "t"),
        ("${one} = 'mother' or ${one} = ''", "t"),
        ("position(..) > 1", "x"),
        ("count(${r}[x > 3 and c = 'mother'])", "t"),
        ("indexed-repeat(${x}, ${r}, position(..) - 1)", "x"),
        ("if(${a} > 3, ${d}, today()) > date('2026-01-01')", "t"),
        ("instance('home')/root/item[name = ${one}]/label", "t"),
        ("coalesce(${t}, ${who})", "t"),
        ("sum(${z})", "x"),
    ],
)
def test_what_is_right_passes(text: str, place: str):
    assert _found(text, place) == []


def test_a_condition_that_is_always_the_same_is_told():
    assert "always the same" in _found("'yes'", condition=True)[0]


@pytest.mark.parametrize("case", [case for case in CASES if case.gives], ids=str)
def test_nothing_that_works_is_an_error(case: Case):
    problems = check(parse(case.expression), outline(case), place=case.name, lists=LISTS)
    assert [str(problem) for problem in problems if problem.is_error] == []
