"""The browser evaluates expressions as the server does: the whole table, and random ones, in one page each."""

import json
import mimetypes
import time

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page, Route

from forms.expressions import ExpressionError, Place, evaluate, parse, stored, to_json
from tests.forms.expressions.strategies import trees
from tests.forms.expressions.table import CASES, NOW, TABLE, answers_for, expected, outline
from tests.forms.expressions.test_regexes import EVIL
from xinqiao.settings.env import ROOT

SCRIPTS = ROOT / "templates" / "static" / "forms" / "expressions"
HOME = "http://forms.test/"
EVALUATE_ALL = """
async ({forms, cases}) => {
  const engine = await import("/evaluator.js");
  const sets = {};
  for (const [name, form] of Object.entries(forms)) {
    sets[name] = new engine.Answers(form);
    form.hidden.forEach((place) => sets[name].hide(place));
  }
  return cases.map(({tree, set, place, kind}) => {
    try {
      const value = engine.evaluate(tree, sets[set], place);
      return kind === "verdict" ? (engine.truth(value) ? "accepted" : "refused") : engine.stored(value);
    } catch (error) {
      return error instanceof engine.EvaluationError ? {error: "evaluation"} : {error: String(error.stack)};
    }
  });
}
"""


@pytest.fixture
def engine(page: Page) -> Page:
    """A page that has nothing but our scripts, under the content security policy of the site."""
    page.route(f"{HOME}**", _serve)
    page.goto(HOME)
    return page


def _serve(route: Route) -> None:
    name = route.request.url.removeprefix(HOME)
    if not name:
        policy = {"Content-Security-Policy": "default-src 'none'; script-src 'self'"}
        route.fulfill(body="<!doctype html><title>t</title>", content_type="text/html", headers=policy)
        return
    kind = mimetypes.guess_type(name)[0] or "text/javascript"
    route.fulfill(body=(SCRIPTS / name).read_text(), content_type=kind)


def _form(answer_set: str, cases: tuple = ()) -> dict:
    form = outline(*cases)
    return {
        "questions": [
            {"name": q.name, "kind": q.kind, "inside": q.inside, "choices": q.choices}
            for q in form.questions.values()
        ],
        "given": TABLE["answers"][answer_set],
        "now": NOW.ms,
        "lists": TABLE["lists"],
        "version": "7",
        "hidden": [_place(place) for place in answers_for(answer_set=answer_set).hidden],
    }


def _place(place: Place) -> dict:
    return {"name": place.name, "items": list(place.items)}


def test_the_browser_agrees_with_every_case(engine: Page):
    cases = [case for case in CASES if case.error != "syntax"]
    forms = {name: _form(name, tuple(cases)) for name in TABLE["answers"]}
    asked = [
        {
            "tree": to_json(parse(case.expression)),
            "set": case.answers,
            "place": _place(case.place),
            "kind": "verdict" if case.verdict else "",
        }
        for case in cases
    ]
    found = engine.evaluate(EVALUATE_ALL, {"forms": forms, "cases": json.loads(json.dumps(asked))})
    wrong = [(str(case), value) for case, value in zip(cases, found, strict=True) if not _agrees(case, value)]
    assert wrong == []


def _agrees(case, value: object) -> bool:
    wanted = expected(case)
    return value == (wanted if "error" in wanted else next(iter(wanted.values())))


@given(
    batch=st.lists(trees, min_size=150, max_size=150),
    place=st.sampled_from([Place("who"), Place("y", (2,)), Place("z", (1, 2))]),
)
@settings(
    max_examples=3,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_random_expressions_agree(engine: Page, batch: list, place: Place):
    answers = answers_for(answer_set="family")
    wanted = []
    for tree in batch:
        try:
            wanted.append(stored(evaluate(tree, answers, place)))
        except ExpressionError:
            wanted.append({"error": "evaluation"})
    asked = [{"tree": to_json(tree), "set": "family", "place": _place(place), "kind": ""} for tree in batch]
    found = engine.evaluate(EVALUATE_ALL, {"forms": {"family": _form("family")}, "cases": asked})
    different = [
        (tree, ours, theirs)
        for tree, ours, theirs in zip(batch, wanted, found, strict=True)
        if ours != theirs
    ]
    assert different == []


def test_no_pattern_hangs_the_browser(engine: Page):
    text = "a" * 3_000 + "!"
    asked = [
        {
            "tree": to_json(parse(f"regex('{text}', '{pattern}')")),
            "set": "family",
            "place": _place(Place()),
            "kind": "",
        }
        for pattern in EVIL
    ]
    started = time.perf_counter()
    found = engine.evaluate(EVALUATE_ALL, {"forms": {"family": _form("family")}, "cases": asked})
    assert found == ["0"] * len(EVIL)
    assert time.perf_counter() - started < 20
