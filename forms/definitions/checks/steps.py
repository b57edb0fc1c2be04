"""Steps and rosters as a whole: none is empty, none is endless."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from forms.definitions.checks.examined import Examined
from forms.definitions.checks.registry import check
from forms.definitions.fault import Fault

LONG_STEP = 60


@check
def empty_steps(form: Examined) -> Iterator[Fault]:
    """Yield an error for a step without anything in it, a warning for a form that only tells or works out."""
    for number, step in enumerate(form.document.steps):
        if not step.items:
            yield form.error(
                "step-empty",
                ("steps", number),
                _("The step is empty."),
                _("Add a question, or take the step out."),
                "items",
            )
    if not any(getattr(spot.item, "asks", False) for spot in form.questions):
        yield form.warning("asks-nothing", (), _("The form asks nothing."), _("Add a question."), "steps")


@check
def long_steps(form: Examined) -> Iterator[Fault]:
    """Yield a warning for a step that is too long for a phone."""
    for number, step in enumerate(form.document.steps):
        if len(step.items) > LONG_STEP:
            yield form.warning(
                "step-long",
                ("steps", number),
                _("The step has %(count)d questions.") % {"count": len(step.items)},
                _("Part it into several: each is saved on its own."),
                "items",
            )


@check
def roster_limits(form: Examined) -> Iterator[Fault]:
    """Yield an error for a roster whose limits cannot be met, or that people neither fill nor count."""
    for spot in form.spots:
        roster = spot.item
        if roster.type != "roster":
            continue
        if roster.minimum > roster.maximum:
            yield form.error(
                "limits-crossed",
                spot.path,
                _("It asks for at least %(low)s and at most %(high)s items.")
                % {"low": roster.minimum, "high": roster.maximum},
                _("Make the larger number the upper one."),
                "minimum",
            )
        if roster.count and roster.minimum:
            yield form.warning(
                "count-and-minimum",
                spot.path,
                _("Its number of items is worked out, so the lower limit says nothing."),
                _("Take one of them out."),
                "minimum",
            )
