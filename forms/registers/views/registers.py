"""Registers and their properties, for the bureau administrator."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin import messages
from wagtail_modeladmin.views import CreateView, EditView, IndexView

from cms.service import put_errors
from forms.registers.actions import SaveRegister
from forms.registers.models import Register
from forms.registers.views.base import trail

TYPES = (
    ("text", gettext_lazy("Text")),
    ("long_text", gettext_lazy("Long text")),
    ("name", gettext_lazy("A person's name")),
    ("gender", gettext_lazy("Gender")),
    ("id_number", gettext_lazy("Id number")),
    ("phone", gettext_lazy("Telephone")),
    ("date", gettext_lazy("Date")),
    ("month", gettext_lazy("Month")),
    ("time", gettext_lazy("Time")),
    ("integer", gettext_lazy("Whole number")),
    ("decimal", gettext_lazy("Number with decimals")),
    ("yes_no", gettext_lazy("Yes or no")),
    ("choice", gettext_lazy("One of a list")),
    ("choices", gettext_lazy("Several of a list")),
    ("address", gettext_lazy("Address")),
)
ROLES = (
    ("", "—"),
    ("name", gettext_lazy("Names the record")),
    ("id_number", gettext_lazy("Identifies it")),
    ("birth_date", gettext_lazy("Date of birth")),
    ("gender", gettext_lazy("Gender")),
)
#: Blank rows for new properties under the list.
BLANK = 5


class RegisterForm(forms.ModelForm):
    """Name and titles."""

    class Meta:
        model = Register
        fields = ("title", "record_name", "name")


class PropertyForm(forms.Form):
    """One property in a row. A choice stands on a line: value, a space, label."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=64)
    label = forms.CharField(label=gettext_lazy("Label"), max_length=120)
    type = forms.ChoiceField(label=gettext_lazy("Type"), choices=TYPES, initial="text")
    role = forms.ChoiceField(label=pgettext_lazy("property", "Role"), choices=ROLES, required=False)
    required = forms.BooleanField(label=gettext_lazy("Required"), required=False)
    sensitive = forms.BooleanField(label=gettext_lazy("Sensitive"), required=False)
    searchable = forms.BooleanField(label=gettext_lazy("Searchable"), required=False)
    choices = forms.CharField(
        label=gettext_lazy("Choices"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "cols": 14}),
    )
    codes = forms.SlugField(label=gettext_lazy("Code list"), max_length=64, required=False)
    hint = forms.CharField(label=gettext_lazy("Hint"), max_length=500, required=False)

    @property
    def ordered_for_table(self) -> list[Any]:
        """Return the fields in the order of the table's headings, those of the form set last."""
        first = (
            "label",
            "name",
            "type",
            "role",
            "required",
            "sensitive",
            "searchable",
            "choices",
            "codes",
            "hint",
        )
        shown = [self[name] for name in (*first, "ORDER", "DELETE") if name in self.fields]
        for bound in shown:
            bound.field.widget.attrs["aria-label"] = bound.label
        return shown

    @property
    def content(self) -> dict[str, Any]:
        """Return the property as the register keeps it, without what is left at its default."""
        data = {
            key: value
            for key, value in self.cleaned_data.items()
            if value and key not in ("choices", "DELETE", "ORDER")
        }
        lines = [
            re.split(r"\s+", line.strip(), maxsplit=1) for line in self.cleaned_data["choices"].splitlines()
        ]
        listed = [{"value": line[0], "label": line[-1]} for line in lines if line[0]]
        return {**data, "choices": listed} if listed else data


PropertyFormSet = forms.formset_factory(
    PropertyForm, extra=BLANK, can_delete=True, can_order=True, max_num=200
)


def rows_of(register: Register) -> list[dict[str, Any]]:
    """Return the register's properties as the rows show them."""
    rows = []
    for content in register.properties:
        lines = [f"{one['value']} {one['label']}" for one in content.get("choices", [])]
        rows.append({**content, "choices": "\n".join(lines)})
    return rows


class RegisterIndex(IndexView):
    """The registers."""

    def get_filters_params(self, params: Any = None) -> dict[str, list[str]]:
        return {}

    def get_queryset(self, request: HttpRequest | None = None) -> Any:
        return super().get_queryset(request).annotate(records_count=Count("records"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        crumbs = trail(("", _("Registers")), icon="folder-open-inverse")
        return super().get_context_data(**crumbs, **kwargs)


class _Saving:
    """What making and editing a register share."""

    request: HttpRequest
    register: Register

    def answer(self) -> HttpResponse:
        data = self.request.POST if self.request.method == "POST" else None
        form = RegisterForm(data, instance=self.register)
        properties = PropertyFormSet(data, initial=rows_of(self.register), prefix="properties")
        if data is not None and form.is_valid() and properties.is_valid():
            kept = [one for one in properties.ordered_forms if one.cleaned_data.get("name")]
            form.instance.properties = [one.content for one in kept]
            try:
                SaveRegister(form.instance, user=self.request.user).execute()
            except ValidationError as error:
                put_errors(form, error)
            else:
                messages.success(self.request, _("The register has been saved."))
                return redirect(self.index_url)  # type: ignore[attr-defined]
        title = str(self.register) if self.register.pk else _("Add a register")
        crumbs = trail((self.index_url, _("Registers")), ("", title), icon="folder-open-inverse")  # type: ignore[attr-defined]
        context = {"form": form, "properties": properties, "view": self, "request": self.request, **crumbs}
        return self.render_to_response(context)  # type: ignore[attr-defined]


class RegisterCreate(_Saving, CreateView):
    """Makes a register."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.register = Register()
        return self.answer()

    post = get


class RegisterEdit(_Saving, EditView):
    """Changes a register."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.register = self.instance
        return self.answer()

    post = get
