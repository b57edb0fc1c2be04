"""What a person should look at before she uses an imported plan, in her language."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.plan_import.recognise.plan import Paragraph, Plan

_EXCERPT = 30


def warnings_about(plan: Plan) -> list[str]:
    """Return what is doubtful in the recognition of a plan."""
    found = [*_about_period(plan), *_about_rest(plan)]
    if plan.level_is_guess:
        found.append(_("The text does not say for whom the plan is; “school” was assumed."))
    if plan.weeks_are_guessed:
        found.append(_("The calendar counts weeks; the months were worked out from the usual start of term."))
    if not plan.sections:
        found.append(_("No sections were recognised; the whole text stands under “further text”."))
    return found


def _about_period(plan: Plan) -> list[str]:
    year = plan.period.school_year
    texts = {
        "placeholder": _("The year is a placeholder such as “20xx”; please enter the school year."),
        "no year": _("The text names no school year; please enter it."),
        "calendar year": _("Only the calendar year %(year)s is named; please check the school year.")
        % {"year": year},
        "from the day": _("The school year was worked out from the date of the plan."),
    }
    found = [texts[plan.period.warning]] if plan.period.warning else []
    if plan.term_is_guess:
        found.append(_("The term was worked out from the months of the calendar."))
    return found


def _about_rest(plan: Plan) -> list[str]:
    found = []
    if plan.front:
        found.append(
            _("Text before the first title stands at the start of “further text”: “%(text)s”")
            % {"text": _excerpt(plan.front)}
        )
    if plan.footer:
        found.append(
            _("The note of a web page stands at the end of “further text”: “%(text)s”")
            % {"text": _excerpt(plan.footer)}
        )
    tables = {p.table for section in plan.sections for p in section.paragraphs if p.table is not None}
    if tables:
        text = ngettext(
            "%(n)d table was written as lines of text.",
            "%(n)d tables were written as lines of text.",
            len(tables),
        )
        found.append(text % {"n": len(tables)})
    return found


def _excerpt(paragraphs: list[Paragraph]) -> str:
    text = paragraphs[0].text
    return text if len(text) <= _EXCERPT else f"{text[:_EXCERPT]}…"
