"""The form of a receiver."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList

from cms.outbox.models import EventKind


class WebhookForm(WagtailAdminModelForm):
    """Name, address, events, school; a new receiver gets all events unless told otherwise."""

    kinds = forms.MultipleChoiceField(
        label=_("changes to send"),
        help_text=_("Which changes are sent."),
        choices=EventKind.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school"].empty_label = _("bureau and all schools")
        if not self.instance.pk:
            self.initial["kinds"] = list(EventKind.values)


def edit_handler(model: type[Any]) -> Any:
    """Return the panels of the form."""
    names = ("name", "url", "kinds", "school")
    panels = [FieldPanel(name) for name in names]
    return ObjectList(panels, base_form_class=WebhookForm).bind_to_model(model)
