"""The table of cases (cases.json) and how it becomes answers for our engine and XForms for JavaRosa.

A case: `expression`; `gives` (the text that a calculation stores) or `error` (syntax, evaluation) or `verdict`
(accepted, refused: the expression is the constraint of `on`); `answers` names an answer set; `in` is the roster item
that the calculation stands in; `judge` says why JavaRosa is not asked.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from forms.expressions import (
    Answers,
    EvaluationError,
    ExpressionError,
    ExpressionSyntaxError,
    Outline,
    Place,
    Question,
    evaluate,
    parse,
    stored,
    truth,
)
from forms.expressions.moments import moment_of

TABLE = json.loads(Path(__file__).with_name("cases.json").read_text(encoding="utf-8"))
NOW = moment_of(TABLE["now"])
XLSFORM = {
    "integer": "integer", "decimal": "decimal", "text": "text", "date": "date", "datetime": "dateTime", "time": "time",
    "geo": "geotrace", "point": "geopoint", "choice": "select_one", "choices": "select_multiple",
}  # fmt: skip


@dataclass(frozen=True)
class Case:
    """One line of the table."""

    number: int
    expression: str
    answers: str = "family"
    within: str = ""
    gives: str | None = None
    error: str | None = None
    verdict: str | None = None
    on: str = ""
    judge: str = ""

    @property
    def name(self) -> str:
        return self.on or f"k{self.number}"

    @property
    def place(self) -> Place:
        return Place(self.name, tuple(int(item) for item in re.findall(r"\[(\d+)\]", self.within)))

    @property
    def key(self) -> str:
        """The place as JavaRosa's runner names it."""
        return f"{self.within}.{self.name}" if self.within else self.name

    @property
    def roster(self) -> str:
        return re.sub(r"\[\d+\]", "", self.within).rpartition(".")[2]

    def __str__(self) -> str:
        return f"{self.expression} [{self.answers} {self.within}]"


CASES = [
    Case(number, **{"within" if key == "in" else key: value for key, value in case.items()})
    for number, case in enumerate(TABLE["cases"])
]


def outline(*cases: Case) -> Outline:
    """Return the form of the table with a calculation for each case."""
    fields = ("name", "kind", "inside", "choices")
    questions = [Question(**{f: q[f] for f in fields if f in q}) for q in TABLE["questions"]]
    return Outline([*questions, *(Question(c.name, "calculation", c.roster) for c in cases if not c.on)])


def answers_for(*cases: Case, answer_set: str) -> Answers:
    """Return an answer set, with what is not relevant in it hidden."""
    form = outline(*cases)
    answers = Answers(form, TABLE["answers"][answer_set], NOW, TABLE["lists"], version="7")
    for question in TABLE["questions"]:
        if "relevant" in question:
            tree = parse(question["relevant"])
            for place in list(answers.places(question["name"])):
                if not truth(evaluate(tree, answers, place)):
                    answers.hidden.add(place)
    return answers


def in_python(case: Case) -> dict[str, str]:
    """Return what our engine makes of the case, in the words of the table."""
    try:
        tree = parse(case.expression)
        value = evaluate(tree, answers_for(case, answer_set=case.answers), case.place)
    except ExpressionSyntaxError:
        return {"error": "syntax"}
    except EvaluationError:
        return {"error": "evaluation"}
    except ExpressionError:
        return {"error": "?"}
    if case.verdict:
        return {"verdict": "accepted" if truth(value) else "refused"}
    return {"gives": stored(value)}


def expected(case: Case) -> dict[str, str]:
    """Return what the table says."""
    found = {"gives": case.gives, "error": case.error, "verdict": case.verdict}
    return {key: value for key, value in found.items() if value is not None}


def xform(*cases: Case) -> str:
    """Return the form of the table with the cases as calculations (or a constraint), through pyxform."""
    from pyxform.xls2xform import convert

    survey: list[dict[str, Any]] = []
    _rows("", cases, survey)
    choices = [
        {"list_name": name, **row} for name, rows in TABLE["lists"].items() for row in rows
    ]  # fmt: skip
    book = {"survey": survey, "choices": choices, "settings": [{"form_title": "t", "version": "7"}]}
    survey[:] = [{key: value for key, value in row.items() if value} for row in survey]
    return convert(xlsform=book, form_name="data").xform


def _rows(holder: str, cases: tuple[Case, ...], survey: list[dict[str, Any]]) -> None:
    """Append the survey rows of what one roster or group (or the form) holds."""
    for question in TABLE["questions"]:
        name, kind = question["name"], question["kind"]
        if question.get("inside", "") != holder:
            continue
        row = {"name": name, "label": name, "relevant": question.get("relevant", "")}
        if kind in {"roster", "group"}:
            word = "repeat" if kind == "roster" else "group"
            survey.append({"type": f"begin {word}", **row})
            _rows(name, cases, survey)
            survey.append({"type": f"end {word}"})
            continue
        row["constraint"] = next((case.expression for case in cases if case.on == name), "")
        survey.append({"type": f"{XLSFORM[kind]} {question.get('choices', '')}".strip(), **row})
    survey.extend(
        {"type": "calculate", "name": case.name, "calculation": case.expression}
        for case in cases
        if not case.on and case.roster == holder
    )
