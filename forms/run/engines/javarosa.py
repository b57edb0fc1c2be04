"""JavaRosa, the engine of ODK Collect: the form is written as an XLSForm, pyxform makes an XForm of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree
from pyxform.xls2xform import convert

from forms.answers.answers import Answers
from forms.definitions.document import Document
from forms.definitions.questions import Calculation
from forms.javarosa import JavaRosaMissingError, Outcome, Run, judge
from forms.run.engines.result import EngineMissingError, Verdicts, assembled, facts_of, read_answers
from forms.xlsform.naming import Names
from forms.xlsform.writing import as_xlsx, sheets_of

_TEMPLATE = "{http://openrosa.org/javarosa}template"


def results(document: Document, answer_sets: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return what JavaRosa makes of each set of answers. Raises EngineMissingError where there is no Java."""
    names = Names(document)
    xform = xform_of(document)
    read = [read_answers(document, given) for given in answer_sets]
    runs = [Run(xform, _renamed(facts_of(document, answers), names)) for answers in read]
    try:
        outcomes = judge(runs, keep=True)
    except JavaRosaMissingError as error:
        raise EngineMissingError(str(error)) from error
    return [_result(document, answers, outcome) for answers, outcome in zip(read, outcomes, strict=True)]


def xform_of(document: Document) -> str:
    """Return the form's XForm without defaults (what is answered is given) and without first items of repeats."""
    bare = Document.model_validate(_without_defaults(document.compact()))
    content = as_xlsx(sheets_of(bare, "form", None, saves=False))
    root = etree.fromstring(convert(content, file_type=".xlsx", form_name="data").xform.encode())
    for template in root.iter():
        if template.get(_TEMPLATE) is not None:
            for twin in list(template.itersiblings(template.tag)):
                twin.getparent().remove(twin)
    return str(etree.tostring(root, encoding="unicode"))


def _without_defaults(part: Any) -> Any:
    if isinstance(part, dict):
        return {key: _without_defaults(value) for key, value in part.items() if key != "default"}
    return [_without_defaults(one) for one in part] if isinstance(part, list) else part


def _renamed(facts: Mapping[str, Any], names: Names) -> dict[str, Any]:
    return {
        names.of(name): [_renamed(item, names) for item in value] if isinstance(value, list) else value
        for name, value in facts.items()
    }


def _result(document: Document, answers: Answers, outcome: Outcome) -> dict[str, Any]:
    if outcome.error:
        return {"path": [], "relevant": {}, "values": {}, "errors": {}, "failed": outcome.error}
    names = Names(document)
    back = {shown: name for name, shown in names.given.items()}
    found = Verdicts()
    for shown, holds in outcome.relevant.items():
        if all(outcome.relevant.get(holder, True) for holder in _holders(shown)):
            found.relevant[_ours(shown, back)] = holds
    for shown, must in outcome.required.items():
        found.required[_ours(shown, back)] = must
    _matrices(document, found)
    for shown, text in outcome.values.items():
        found.calculated[_ours(shown, back)] = _stripped(document, _ours(shown, back), text)
    found.refused = {
        _ours(shown, back) for shown, verdict in outcome.verdicts.items() if verdict == "refused"
    }
    found.steps = {name for name, shown in names.steps.items() if outcome.relevant.get(shown)}
    found.notes = {name for name in found.relevant if found.relevant[name]}
    found.notes |= {name for name in document.rosters if _is_shown(document, name, names, outcome)}
    return assembled(document, answers, found)


def _is_shown(document: Document, roster: str, names: Names, outcome: Outcome) -> bool:
    """Say whether a roster is shown: it has items, or takes some, or its count is 0 and it has no condition."""
    shown = names.of(roster)
    bare = bool(document.rosters[roster].item.count) and not document.rosters[roster].item.relevant
    return bare or shown in outcome.offered or outcome.relevant.get(f"{shown}[1]", False)


def _stripped(document: Document, place: str, text: str) -> str:
    placed = document.questions.get(place.rpartition(".")[2])
    is_date = placed is not None and isinstance(placed.item, Calculation) and placed.item.result == "date"
    return text[:10] if is_date else text


def _matrices(document: Document, found: Verdicts) -> None:
    for row, matrix in document.matrix_rows.items():
        for place, must in list(found.required.items()):
            if place.rpartition(".")[2] == row and must:
                found.required[place.removesuffix(row) + matrix] = True


def _holders(place: str) -> Iterator[str]:
    """Give the roster items around a place."""
    for match in re.finditer(r"\]\.", place):
        yield place[: match.start() + 1]


def _ours(place: str, back: Mapping[str, str]) -> str:
    """Return the place under the form's own names."""

    def name(match: re.Match[str]) -> str:
        return back.get(match[1], match[1]) + match[2]

    return re.sub(r"([^\[\]]+?)((?:\[\d+\]\.?)|$)", name, place)
