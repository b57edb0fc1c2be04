"""The form of activity news."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.pages.forms.base import BasePageForm
from cms.pages.models.plan import PlanPage
from cms.text import school_year_label

#: News may announce an activity, but not one of next year.
DAYS_AHEAD = 31


class PlanChoiceField(forms.ModelChoiceField):
    """The plans that a piece of news may carry out: those of its own school, newest first."""

    def label_from_instance(self, plan: PlanPage) -> str:
        year = f"（{school_year_label(plan.school_year)}）" if plan.school_year else ""
        return f"{plan.title}{year}"


class RowChoiceField(forms.ChoiceField):
    """A calendar row of the plan chosen beside it; a script fetches the rows when another plan is chosen."""

    widget = forms.Select

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {
            "data-controller": "xq-plan-rows",
            "data-xq-plan-rows-plan-value": "related_plan",
            "data-xq-plan-rows-url-value": reverse_lazy("cms_plan_rows", args=[0]),
        }


class ActivityNewsForm(BasePageForm):
    """News of an activity: plan and row belong together, and to the school."""

    related_plan = PlanChoiceField(
        queryset=PlanPage.objects.none(),
        required=False,
        label=gettext_lazy("plan it carries out"),
        help_text=gettext_lazy("A plan of your own school that this activity carries out."),
    )
    related_row = RowChoiceField(
        required=False,
        label=gettext_lazy("calendar row of the plan"),
        help_text=gettext_lazy("Choose a plan first; then its calendar rows are offered here."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None and not self.instance.date:
            self.initial.setdefault("date", timezone.localdate())
        if "date" in self.fields:
            self.fields["date"].required = True
        if "related_plan" in self.fields:
            plans = PlanPage.objects.filter(school=self.school_id).order_by("-school_year", "-date", "-pk")
            self.fields["related_plan"].queryset = plans
        if "related_row" in self.fields:
            self.fields["related_row"].choices = [("", "---------"), *self._rows()]

    def _rows(self) -> list[tuple[str, str]]:
        """Return the rows of the plan in the request, or of the saved one."""
        plan_id = (
            self.data.get(self.add_prefix("related_plan")) if self.is_bound else self.instance.related_plan_id
        )
        if not str(plan_id or "").isdigit():
            return []
        plan = PlanPage.objects.filter(pk=plan_id, school=self.school_id).first()
        return plan.row_choices() if plan else []

    def clean_date(self) -> date | None:
        day = super().clean_date()
        if day and day > timezone.localdate() + timedelta(days=DAYS_AHEAD):
            raise forms.ValidationError(
                _("The day of the activity is more than %(days)d days ahead.") % {"days": DAYS_AHEAD}
            )
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("related_plan"):
            cleaned["related_row"] = ""
        return cleaned
