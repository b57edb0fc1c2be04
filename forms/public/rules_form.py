"""The form by which the rules of a public form are set."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from forms.definitions.models import Form
from forms.public.actions import telling_questions
from forms.public.models import PublicRules

MINUTES = "%Y-%m-%dT%H:%M"


class RulesForm(forms.ModelForm):
    """Window, places, how often. Times are those of China."""

    class Meta:
        model = PublicRules
        fields = ("opens_at", "closes_at", "quota", "once", "person_by", "person_question", "may_withdraw")
        widgets = {
            name: forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MINUTES)
            for name in ("opens_at", "closes_at")
        } | {"person_by": forms.RadioSelect, "quota": forms.NumberInput(attrs={"min": 1})}

    def __init__(self, form: Form, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = telling_questions(form.live.document) if form.live else []
        field = self.fields["person_question"]
        choices = [("", "—"), *((question.name, question.label) for question in known)]
        self.fields["person_question"] = forms.ChoiceField(
            label=field.label,
            help_text=_("Questions that everybody must answer. %(note)s") % {"note": field.help_text},
            choices=choices,
            required=False,
        )

    def _post_clean(self) -> None:
        """Leave checking to the action."""
