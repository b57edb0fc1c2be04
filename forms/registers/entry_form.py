"""A form of the admin that asks for a record's facts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from forms.codes.lookup import choices_of
from forms.kinds import kind_of
from forms.registers.properties import Property, Schema
from forms.sealing.masking import mask

#: A field's name for a property: text of people is never a name of a form's own.
PREFIX = "fact-"


class AddressWidget(forms.MultiWidget):
    """Division code and detail."""

    def __init__(self) -> None:
        code = forms.TextInput(
            attrs={"placeholder": _("Division code"), "inputmode": "numeric", "maxlength": 12}
        )
        super().__init__(
            {"code": code, "detail": forms.TextInput(attrs={"placeholder": _("Detailed address")})}
        )

    def decompress(self, value: Any) -> list[str]:
        return [value.get("code", ""), value.get("detail", "")] if isinstance(value, dict) else ["", ""]


class FactField(forms.Field):
    """Takes what was typed as it is; the action reads it and says what is wrong."""

    def clean(self, value: Any) -> Any:
        return (
            dict(zip(("code", "detail"), value, strict=True))
            if isinstance(self.widget, AddressWidget)
            else value
        )


class FactsForm(forms.Form):
    """The register's properties as fields. A sensitive fact is not filled in; its mask stands beside the field."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(
        self, schema: Schema, facts: dict[str, Any], *args: Any, version: int = 0, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = version
        self.schema = schema
        for name, one in schema.properties.items():
            self.fields[PREFIX + name] = _field(schema, one, facts.get(name))

    @property
    def typed(self) -> dict[str, Any]:
        """Return what was typed, by property."""
        return {name: self.cleaned_data.get(PREFIX + name) for name in self.schema.properties}

    def put_errors(self, error: Any) -> None:
        """Show an action's errors at their properties."""
        if not hasattr(error, "error_dict"):
            self.add_error(None, error)
            return
        for name, faults in error.error_dict.items():
            place = PREFIX + name
            self.add_error(place if place in self.fields else None, faults)


def _field(schema: Schema, one: Property, value: Any) -> FactField:
    kind = kind_of(one.question)
    help_text = one.hint
    if one.sensitive and value is not None:
        known = _("Now: %(masked)s. Left empty, it stays.") % {"masked": mask(one, value)}
        help_text = f"{help_text} {known}".strip()
    initial = None if one.sensitive else value if one.type == "address" else kind.typed(one.question, value)
    required = one.required and not (one.sensitive and value is not None)
    field = FactField(
        label=one.label, required=False, initial=initial, help_text=help_text, widget=_widget(schema, one)
    )
    field.widget.is_required = required
    return field


def _widget(schema: Schema, one: Property) -> forms.Widget:
    attrs = {"autocomplete": "off"}
    if one.type == "choices":
        return forms.CheckboxSelectMultiple(choices=offers_of(schema, one))
    if one.type in ("choice", "gender", "yes_no"):
        return forms.Select(attrs=attrs, choices=[("", "—"), *offers_of(schema, one)])
    if one.type == "long_text":
        return forms.Textarea(attrs={**attrs, "rows": 4})
    if one.type == "address":
        return AddressWidget()
    kinds = {"date": "date", "month": "month", "time": "time"}
    return forms.TextInput(attrs={**attrs, "type": kinds[one.type]} if one.type in kinds else attrs)


def offers_of(schema: Schema, one: Property) -> list[tuple[str, str]]:
    """Return what the property may be, with labels."""
    if one.type in ("gender", "yes_no"):
        return list(kind_of(one.question).labels().items())  # type: ignore[attr-defined]
    return [(choice.value, choice.label) for choice in choices_of(schema.document, one.name)]
