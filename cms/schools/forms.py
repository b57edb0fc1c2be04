"""Forms of the school screens. They check; the actions write."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from cms.schools.models import School


class ClosingForm(forms.Form):
    """Day and note of a closing."""

    day = forms.DateField(label=_("closed on"), widget=AdminDateInput, initial=timezone.localdate)
    note = forms.CharField(
        label=_("note on closing"),
        max_length=200,
        required=False,
        help_text=_("Readers see it on the school's page."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class MergingForm(ClosingForm):
    """Day, note and successor of a merging."""

    successor = forms.ModelChoiceField(
        School.objects.none(),
        label=_("merged into"),
        empty_label=_("Choose the school."),
        help_text=_("Its people may then use the pictures of this school."),
    )
    field_order = ["successor", "day", "note"]

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        successors = School.objects.open().exclude(pk=school.pk)
        self.fields["successor"].queryset = successors  # type: ignore[attr-defined]
