"""The form by which a new form is begun."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.service import Role, School, ascii_slug, school_ids_of, user_can_edit_bureau_content
from forms.definitions.models import Audience, Form

MAX_SLUG = 60


class NewForm(forms.Form):
    """Title, address and school of a new form; the address is made from the title when it is left empty."""

    title = forms.CharField(label=_("Title of the form"), max_length=200)
    slug = forms.SlugField(
        label=_("address"),
        max_length=MAX_SLUG,
        required=False,
        help_text=_("Left empty, it is made from the title. It cannot be changed later."),
    )
    school = forms.ModelChoiceField(
        label=_("school"),
        queryset=School.objects.none(),
        required=False,
        help_text=_("Whose form it is. The bureau's forms are for all schools."),
    )

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["school"]
        if user_can_edit_bureau_content(user):
            field.queryset, field.empty_label = School.objects.all(), str(_("the bureau"))
        else:
            field.queryset = School.objects.filter(
                pk__in=school_ids_of(user, Role.SCHOOL_HEAD, Role.SCHOOL_EDITOR)
            )
            field.required, field.empty_label = True, None

    def clean_slug(self) -> str:
        return self.cleaned_data["slug"] or free_slug(self.cleaned_data.get("title", ""))


class CreateFormForm(NewForm):
    """A new form, with who fills it in."""

    audience = forms.ChoiceField(label=_("Filled in by"), choices=Audience.choices)


def free_slug(title: str) -> str:
    """Return an address that no form has, made from the title."""
    wanted = ascii_slug(title, MAX_SLUG - 4) or "form"
    slug, number = wanted, 1
    while Form.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{wanted}-{number}"
    return slug
