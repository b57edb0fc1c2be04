"""Form fields of our own: the school year as a select, the calendar row of a plan."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.text import school_year_label, school_year_of

FIRST_SCHOOL_YEAR = 2015


def current_school_year() -> int:
    """Return the year in which today's school year began."""
    return school_year_of(timezone.localdate())


def school_year_choices() -> list[tuple[Any, str]]:
    """Return the years to choose from, newest first, next year's on top."""
    newest = current_school_year() + 1
    years = [(year, school_year_label(year)) for year in range(newest, FIRST_SCHOOL_YEAR - 1, -1)]
    return [("", "---------"), *years]


class SchoolYearField(forms.TypedChoiceField):
    """A school year (学年) shown as 2026—2027学年, kept as 2026."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("school year"))
        kwargs.setdefault("required", False)
        super().__init__(choices=school_year_choices, coerce=int, empty_value=None, **kwargs)

    def also_offer(self, year: int | None) -> None:
        """Offer a year outside the usual range that the page already has, as old imported plans do."""
        known = {value for value, _label in school_year_choices()}
        if year and year not in known:
            self.choices = [*school_year_choices(), (year, school_year_label(year))]
