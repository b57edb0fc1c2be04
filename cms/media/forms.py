"""The forms through which pictures and documents come in: admin, several at once, chooser, and API v3."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.forms.fields import FileField
from django.utils.translation import gettext as _
from wagtail.admin.forms.collections import BaseCollectionMemberForm
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from cms.media.documents_in import check_document
from cms.media.permissions import user_can_change_what_is_shown
from cms.media.pictures_in import CleanPicture, clean_picture


class ShownGuardMixin(BaseCollectionMemberForm):
    """Refuses changes of what readers see of a public file to people who may not publish."""

    #: Fields that readers see.
    shown_fields = frozenset({"file", "title", "description", "credit"})

    def __init__(self, *args: Any, user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self._guarded = bool(
            user is not None and self.instance.pk and not user_can_change_what_is_shown(user, self.instance)
        )
        if self._guarded:
            for name in self.shown_fields & set(self.fields):
                self.fields[name].help_text = _("A published page shows this, so only the bureau changes it.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self._guarded:
            for name in self.shown_fields & set(self.changed_data):
                self.add_error(
                    name, _("A published page shows this. Upload a new one and use it in a draft instead.")
                )
        return cleaned


class PictureField(WagtailImageField):
    """Takes an uploaded picture and hands on the one written anew. Wagtail's fails on a truncated file."""

    def to_python(self, data: Any) -> CleanPicture | None:
        file = FileField.to_python(self, data)
        return None if file is None else clean_picture(file, file.name or "")


class SiteImageForm(ShownGuardMixin, BaseImageForm):
    """A picture: what is uploaded is written anew before it is kept."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if (field := self.fields.get("file")) is not None:
            new = PictureField(label=field.label, required=field.required, widget=field.widget)
            new.help_text = (
                f"{new.help_text} {self.fields['file'].help_text if self._guarded else ''}".strip()
            )
            self.fields["file"] = new
        if "consent" in self.fields:
            # Several pictures at once are saved first and described then: until asked, it is unknown.
            self.fields["consent"].required = False

    def clean_consent(self) -> str:
        return self.cleaned_data["consent"] or self.instance.consent

    class Meta(BaseImageForm.Meta):
        pass


class SiteDocumentForm(ShownGuardMixin, BaseDocumentForm):
    """A document: what is uploaded is looked into before it is kept."""

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            check_document(file, file.name or "")
            vars(file)["is_checked"] = True
        return file

    class Meta(BaseDocumentForm.Meta):
        pass
