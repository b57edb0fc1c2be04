"""Storing the files of answers."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from cms.service import check_document, clean_picture, download_name, extension_of, random_path
from forms.definitions.questions import File, Photo, Signature
from forms.files.models import AnswerFile
from forms.files.scanning import scan
from forms.files.store import file_store
from forms.filling.permissions import user_can_continue

if TYPE_CHECKING:
    from forms.filling.models import Draft

#: The most files that a draft may have, those included that no answer names any more.
MOST_FILES = 200
PICTURES = frozenset({".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".heic", ".heif"})
PICTURE_TYPES = {".jpg": "image/jpeg", ".png": "image/png"}
OTHER = "application/octet-stream"
NAME_LIMIT = 200


@dataclass
class StoreFile:
    """Take a file in as part of the answer to a question of a draft (上传附件).

    Pictures are written anew without what the camera added; other files are looked into by their content. The name in
    the store is ours. Raises ValidationError with a sentence for the person, PermissionDenied.
    """

    draft: Draft
    question: str
    upload: Any
    user: Any = None

    def execute(self) -> AnswerFile:
        question = self._question()
        self._check_limits(question)
        name = str(self.upload.name or "")
        scan(self.upload)
        content, extension, content_type = self._cleaned(question, name)
        stored = file_store().save(random_path("files", f"x{extension}"), content)
        try:
            with transaction.atomic():
                return AnswerFile.objects.create(
                    draft=self.draft,
                    question=question.name,
                    name=download_name(name.rpartition(".")[0] or name, extension)[:NAME_LIMIT],
                    content_type=content_type,
                    size=content.size,
                    sha256=_digest(content),
                    stored_name=stored,
                    uploaded_by=self.user,
                )
        except BaseException:
            file_store().delete(stored)
            raise

    def _question(self) -> File | Photo | Signature:
        if (
            self.user is not None
            and self.draft.owner_id is not None
            and not user_can_continue(self.user, self.draft)
        ):
            raise ValidationError(_("This draft belongs to somebody else."), code="owner")
        if not self.draft.is_open:
            raise ValidationError(_("This form was handed in meanwhile."), code="closed")
        placed = self.draft.version.document.questions.get(self.question)
        if placed is None or not isinstance(placed.item, File | Photo | Signature):
            raise ValidationError(_("The form does not ask for %(name)s here.") % {"name": self.question})
        return placed.item

    def _check_limits(self, question: File | Photo | Signature) -> None:
        if AnswerFile.objects.filter(draft=self.draft).count() >= MOST_FILES:
            raise ValidationError(_("This form has too many files already."), code="too_many")
        most = getattr(question, "max_bytes", 1024 * 1024)
        if self.upload.size > most:
            raise ValidationError(
                _("This file has %(size)s; at most %(most)s may be uploaded.")
                % {"size": filesizeformat(self.upload.size), "most": filesizeformat(most)},
                code="too_large",
            )
        if not self.upload.size:
            raise ValidationError(_("This file is empty."), code="empty")

    def _cleaned(self, question: File | Photo | Signature, name: str) -> tuple[ContentFile[bytes], str, str]:
        """Return what is kept of the file, its extension, and its type by content."""
        extension = extension_of(name)
        if isinstance(question, File) and extension[1:] not in question.extensions:
            kinds = ", ".join(question.extensions).upper()
            raise ValidationError(
                _("Files of this kind are not taken. Taken are %(kinds)s.") % {"kinds": kinds},
                code="extension",
            )
        if not isinstance(question, File) or extension in PICTURES:
            picture = clean_picture(self.upload, name)
            written = extension_of(picture.name)
            return picture, written, PICTURE_TYPES[written]
        check_document(self.upload, name)
        self.upload.seek(0)
        return ContentFile(self.upload.read()), extension, OTHER


def _digest(content: IO[bytes]) -> str:
    content.seek(0)
    digest = hashlib.sha256()
    for block in iter(lambda: content.read(64 * 1024), b""):
        digest.update(block)
    content.seek(0)
    return digest.hexdigest()
