"""The upload form of the plan import."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from cms.people.permissions import user_can_edit_bureau_content
from cms.plan_import.permissions import schools_to_import_for
from cms.plan_import.readers import ACCEPTED


class FilesInput(forms.ClearableFileInput):
    """A file field that takes several files, by choosing or by dropping them on it."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files. Whether one can be read is told per file, not here."""

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = data if isinstance(data, list | tuple) else [data] if data else []
        if not files:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return list(files)


class UploadForm(forms.Form):
    """Which files, and whose plans they are."""

    school: Any = forms.ModelChoiceField(
        None,
        label=_("School"),
        required=False,
        help_text=_("The plans appear in the list of this school."),
    )
    uploads = FilesField(
        label=_("Files"),
        widget=FilesInput(attrs={"accept": ",".join(ACCEPTED), "multiple": True}),
        help_text=_("Word (.docx), PDF and text (.txt), or a .zip of them. A file may hold many plans."),
        error_messages={"required": _("Choose at least one file.")},
    )

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        schools = schools_to_import_for(user)
        field: Any = self.fields["school"]
        field.queryset = schools
        if user_can_edit_bureau_content(user):
            field.empty_label = _("The bureau itself, or the school that a plan names")
        else:
            field.required = True
            only = list(schools[:2])
            if len(only) == 1:
                field.initial, field.empty_label = only[0], None
