"""The form with which a workbook is handed in, and the preview that waits to be confirmed.

A preview is not kept on the server: the form's document goes to the browser signed, and comes back with the
confirmation, for an hour.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from cms.service import Role, School, school_ids_of, user_can_edit_bureau_content
from forms.definitions.document import Document
from forms.definitions.models import Form
from forms.definitions.permissions import user_can_design_form, user_can_design_forms

if TYPE_CHECKING:
    from forms.xlsform.reading import Imported

SALT = "forms.xlsform.preview"
HOUR = 3600


def schools_to_design_for(user: Any) -> Any:
    """Return the schools that the user may design forms for."""
    if user_can_edit_bureau_content(user):
        return School.objects.all()
    return School.objects.filter(pk__in=school_ids_of(user, Role.SCHOOL_HEAD, Role.SCHOOL_EDITOR))


def user_can_import(user: Any) -> bool:
    """The bureau's editors, and heads and editors of schools."""
    return user_can_edit_bureau_content(user) or schools_to_design_for(user).exists()


class WorkbookForm(forms.Form):
    """A workbook (工作簿)."""

    workbook = forms.FileField(
        label=_("Workbook"),
        help_text=_("An XLSForm: .xlsx, .xls or .csv, at most 10 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xlsm,.xls,.csv"}),
    )


class ConfirmForm(forms.Form):
    """Where the form of a preview goes (确认导入)."""

    preview = forms.CharField(widget=forms.HiddenInput)
    slug = forms.SlugField(
        label=_("Address"),
        max_length=60,
        help_text=_("A form that has this address gets a new version."),
    )
    school = forms.ModelChoiceField(School.objects.none(), label=_("School"), required=False)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        school: Any = self.fields["school"]
        school.queryset = schools_to_design_for(user)
        school.required = not user_can_design_forms(user, None)
        school.empty_label = None if school.required else _("The bureau, for all schools")

    def clean_preview(self) -> dict[str, Any]:
        try:
            found: dict[str, Any] = signing.loads(self.cleaned_data["preview"], salt=SALT, max_age=HOUR)
        except signing.BadSignature as error:
            raise forms.ValidationError(
                _("The preview has expired. Please hand the workbook in again.")
            ) from error
        return found

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        there = Form.objects.filter(slug=data.get("slug", "")).first()
        if there is not None and not user_can_design_form(self.user, there):
            self.add_error("slug", _("Another form has this address. Please choose another one."))
        return data


def packed(imported: Imported, filename: str) -> str:
    """Return a preview for the browser to keep."""
    preview = {"file": filename, "slug": imported.slug, "content": imported.document.compact()}
    return signing.dumps(preview, salt=SALT, compress=True)


def unpacked(preview: dict[str, Any]) -> Imported:
    """Return the form of a preview."""
    from forms.xlsform.reading import (
        Imported,  # with all that reads workbooks: the admin's menu needs none of it
    )

    return Imported(Document.model_validate(preview["content"]), preview["slug"], [])
