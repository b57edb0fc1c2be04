"""The form that starts a plan from a template."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cms.pages.actions.plans import StartFromPlan, StartPlan, next_title
from cms.pages.forms.fields import SchoolYearField, current_school_year
from cms.pages.models.indexes import PlanIndexPage
from cms.pages.models.plan import PlanPage, PlanTemplatePage, Term
from cms.pages.places import plan_lists_for


class TemplateChoiceField(forms.ModelChoiceField):
    """A published template; the radio button shows title, level and introduction."""

    def label_from_instance(self, template: PlanTemplatePage) -> str:
        return f"{template.title}（{template.get_level_display()}）"


class PlaceChoiceField(forms.ModelChoiceField):
    """Whose plan it will be: a school's, or the bureau's."""

    def label_from_instance(self, place: PlanIndexPage) -> str:
        return place.school.name if place.school else str(_("Bureau"))


class StartPlanForm(forms.Form):
    """Which template, for whom, which school year and term."""

    template = TemplateChoiceField(
        queryset=PlanTemplatePage.objects.none(),
        widget=forms.RadioSelect,
        label=_("Template"),
        empty_label=None,
    )
    place = PlaceChoiceField(queryset=PlanIndexPage.objects.none(), label=_("Whose plan"), empty_label=None)
    school_year = SchoolYearField(required=True)
    term = forms.ChoiceField(choices=Term.choices, label=_("term"), initial=Term.YEAR)
    title = forms.CharField(
        max_length=255,
        required=False,
        label=_("Title"),
        help_text=_("Left empty, made from the school year, the term and the template's title."),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self._offer("template", PlanTemplatePage.objects.live().order_by("-date", "title"))
        places = plan_lists_for(user)
        self._offer("place", places)
        if len(places) == 1:
            self.fields["place"].widget = forms.HiddenInput()
            self.fields["place"].initial = places[0]
        self.fields["school_year"].initial = current_school_year()

    def _offer(self, name: str, choices: QuerySet[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        field.queryset = choices

    def save(self) -> PlanPage:
        """Start the plan. Raises PermissionDenied without the right."""
        cleaned = self.cleaned_data
        return StartPlan(
            template=cleaned["template"],
            parent=cleaned["place"],
            user=self.user,
            school_year=cleaned["school_year"],
            term=cleaned["term"],
            title=cleaned["title"],
        ).execute()


class StartFromPlanForm(forms.Form):
    """For whom, which school year and term a plan is begun from an earlier one."""

    place = PlaceChoiceField(queryset=PlanIndexPage.objects.none(), label=_("Whose plan"), empty_label=None)
    school_year = SchoolYearField(required=True)
    term = forms.ChoiceField(choices=Term.choices, label=_("term"), initial=Term.YEAR)
    title = forms.CharField(max_length=255, required=False, label=_("Title"))

    def __init__(self, *args: Any, user: Any, copied: PlanPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.copied = user, copied
        places = plan_lists_for(user)
        place = self.fields["place"]
        assert isinstance(place, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        place.queryset = places
        own = places.filter(school=copied.school).first() or places.first()
        year = current_school_year()
        place.initial = own
        self.fields["school_year"].initial = year
        self.fields["term"].initial = copied.term
        if own is not None:
            self.fields["title"].initial = next_title(copied, own, year)

    def save(self) -> PlanPage:
        """Start the plan. Raises PermissionDenied without the right."""
        cleaned = self.cleaned_data
        return StartFromPlan(
            copied=self.copied,
            parent=cleaned["place"],
            user=self.user,
            school_year=cleaned["school_year"],
            term=cleaned["term"],
            title=cleaned["title"],
        ).execute()
