"""Logic: expressions that can be read, that fit what they speak of, and that do not wait for themselves."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.utils.translation import gettext as _

from forms.codes.lookup import choices_of
from forms.definitions.checks.examined import Examined, Phrase
from forms.definitions.checks.registry import check
from forms.definitions.document import Document
from forms.definitions.fault import Fault, Path
from forms.definitions.places import label_of
from forms.expressions import CycleError, ExpressionError, Node, Problem, names, parse
from forms.expressions import check as check_types
from forms.expressions.graph import is_constant
from forms.run.compiled import STEP_MARK, compiled, is_roster, outline_of
from forms.run.constants import never_true

CONDITIONS = {"relevant", "constraint", "required", "choice_filter", "when"}
Read = list[tuple[Phrase, Node | ExpressionError]]


def read(form: Examined) -> Read:
    """Return every expression with its tree, or with what is wrong with it. Reading twice costs nothing."""
    return [(phrase, _tree(phrase)) for phrase in form.expressions]


def _tree(phrase: Phrase) -> Node | ExpressionError:
    try:
        return parse(phrase.text, columns=phrase.setting == "choice_filter")
    except ExpressionError as error:
        return error


@check
def unreadable_expressions(form: Examined) -> Iterator[Fault]:
    """Yield an error for each expression that is not one, with the place in it and what to write instead."""
    for phrase, tree in read(form):
        if isinstance(tree, ExpressionError):
            yield form.error(
                "expression-unreadable",
                phrase.path,
                tree.in_words(_),
                _("Correct the expression at that place."),
                phrase.setting,
            )


@check
def mistaken_expressions(form: Examined) -> Iterator[Fault]:
    """Yield what the check of types finds: unknown names, one of many, a date that is compared with a text."""
    outline, lists = outline_of(form.document), _lists(form.document)
    for phrase, tree in read(form):
        if isinstance(tree, ExpressionError):
            continue
        found = check_types(
            tree, outline, place=_place(phrase), lists=lists, condition=phrase.setting in CONDITIONS
        )
        yield from (_fault(form, phrase, problem) for problem in found)


def _fault(form: Examined, phrase: Phrase, problem: Problem) -> Fault:
    tell = form.error if problem.is_error else form.warning
    check_name = "expression-mistaken" if problem.is_error else "expression-doubtful"
    advice = _("Correct the expression at that place.")
    return tell(check_name, phrase.path, problem.in_words(_), advice, phrase.setting)


def _lists(document: Document) -> dict[str, Collection[str]]:
    """Return the values of each list that is written down in the form; code lists of the site may change."""
    return {
        name: [choice.value for choice in choices_of(document, name)]
        for name, chosen in document.lists.items()
        if not chosen.codes
    }


def _place(phrase: Phrase) -> str:
    """Return the name from which the expression looks: a roster's own rules stand around it, not in its items."""
    if phrase.owner is not None and not is_roster(phrase.owner):
        return str(phrase.owner.name)
    return phrase.rosters[-1].name if phrase.rosters else ""


@check
def circles(form: Examined) -> Iterator[Fault]:
    """Yield an error when parts of the form wait for one another, naming them in a circle."""
    if any(isinstance(tree, ExpressionError) for _phrase, tree in read(form)):
        return
    try:
        compiled(form.document)
    except CycleError as error:
        path = _path_of(form, error.names[0])
        circle = " → ".join(f"“{_said(form, name)}”" for name in error.names)
        yield form.error(
            "expression-circle",
            path,
            _("These wait for one another, so that none can be worked out: %(circle)s.") % {"circle": circle},
            _("Take one of them out of the other's expression."),
            "relevant",
        )


def _path_of(form: Examined, name: str) -> Path:
    """Return the path of a question, roster, step or score; of the matrix for one of its rows."""
    document = form.document
    name = document.matrix_rows.get(name, name)
    if name in form.by_name:
        return form.by_name[name].path
    parts = [("steps", n, STEP_MARK + step.name) for n, step in enumerate(document.steps)]
    parts += [("scores", n, score.name) for n, score in enumerate(document.scores)]
    return next(((kind, number) for kind, number, own in parts if own == name), ())


def _said(form: Examined, name: str) -> str:
    """Return what people call the part: its label or title, its name where it has none."""
    if name.startswith(STEP_MARK):
        step = next((step for step in form.document.steps if STEP_MARK + step.name == name), None)
        return step.title if step else name
    spot = form.by_name.get(name)
    return (label_of(spot.item) if spot else "") or name


@check
def never_reached(form: Examined) -> Iterator[Fault]:
    """Yield an error for a step that no answer can bring up, a warning for a question that none can."""
    for phrase, tree in read(form):
        if phrase.setting != "relevant" or isinstance(tree, ExpressionError):
            continue
        if not (is_constant(tree) and never_true(tree)):
            continue
        tell = form.warning if len(phrase.path) > 2 else form.error
        yield tell(
            "never-reached",
            phrase.path,
            _("Its condition is never met, whatever is answered."),
            _("Change the condition, or take it out of the form."),
            "relevant",
        )


@check
def asked_too_late(form: Examined) -> Iterator[Fault]:
    """Yield a warning for a step whose condition looks at answers of later steps only: nobody gets there in order."""
    first_step = {spot.item.name: _step_of(spot.path) for spot in form.spots}
    for phrase, tree in read(form):
        if phrase.setting != "relevant" or len(phrase.path) != 2 or isinstance(tree, ExpressionError):
            continue
        asked = [first_step[name] for name in names(tree) if name in first_step]
        if asked and min(asked) > _step_of(phrase.path):
            yield form.warning(
                "asked-too-late",
                phrase.path,
                _("Its condition looks at answers that are asked for later only."),
                _("Move the step behind those questions."),
                "relevant",
            )


def _step_of(path: Path) -> int:
    return int(path[1])
