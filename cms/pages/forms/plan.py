"""The form of a plan."""

from __future__ import annotations

from typing import Any

from cms.pages.forms.base import BasePageForm
from cms.pages.forms.fields import SchoolYearField, current_school_year


class PlanForm(BasePageForm):
    """A plan: the school year is chosen from a list, the current one first."""

    school_year = SchoolYearField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "school_year" not in self.fields:
            return
        self.fields["school_year"].also_offer(self.instance.school_year)
        if self.instance.pk is None and not self.instance.school_year:
            self.initial["school_year"] = current_school_year()
