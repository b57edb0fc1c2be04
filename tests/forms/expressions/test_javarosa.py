"""JavaRosa, the engine of ODK Collect, agrees with the table of cases."""

import os
from collections import defaultdict

import pytest

from forms.javarosa import Outcome, Run, judge, missing

from .table import CASES, TABLE, Case, expected, xform

CI = os.environ.get("CI") == "true"


@pytest.fixture(autouse=True)
def _java():
    if (lacking := missing()) and not CI:
        pytest.skip(lacking)


def test_javarosa_agrees_with_every_case():
    """All calculations of one place share a form, what fails or constrains has a form of its own; one JVM runs all."""
    judged = [case for case in CASES if not case.judge]
    groups: dict[object, list[Case]] = defaultdict(list)
    for case in judged:
        groups[(case.answers, case.within) if case.gives is not None else case.number].append(case)
    forms = {number: _form(cases) for number, cases in groups.items()}
    runs = {n: Run(form, TABLE["answers"][groups[n][0].answers]) for n, form in forms.items() if form}
    outcomes = dict(zip(runs, judge(list(runs.values())), strict=True))
    wrong = [
        (str(case), found)
        for number, cases in groups.items()
        for case in cases
        if not _agrees(case, found := _found(case, outcomes.get(number)))
    ]
    assert wrong == []


def _form(cases: list[Case]) -> str:
    """Return the XForm of the cases, empty where pyxform refuses it."""
    from pyxform.errors import PyXFormError

    try:
        return xform(*cases)
    except PyXFormError:
        assert len(cases) == 1
        return ""


def _found(case: Case, outcome: Outcome | None) -> dict[str, str]:
    if outcome is None:
        return {"error": "pyxform refuses it"}
    if outcome.error:
        return {"error": outcome.error}
    return {"verdict": outcome.verdicts[case.on]} if case.on else {"gives": outcome.values[case.key]}


def _agrees(case: Case, found: dict[str, str]) -> bool:
    if case.error:
        return "error" in found
    return found == expected(case)
