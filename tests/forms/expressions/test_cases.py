"""Our engine gives what the table of cases says."""

import pytest

from .table import CASES, Case, expected, in_python


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_engine_gives_what_the_table_says(case: Case):
    assert in_python(case) == expected(case)


def test_the_table_has_at_least_300_cases():
    assert len(CASES) >= 300


def test_few_cases_are_kept_from_the_outside_judge():
    spared = [case for case in CASES if case.judge]
    assert len(spared) < len(CASES) / 4
