"""Workbooks in: a form is made, or gets a new version."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from forms.definitions.actions import CreateForm, PublishForm
from forms.definitions.models import Form, FormVersion
from forms.xlsform.mending import publishable
from forms.xlsform.notes import WorkbookRefusedError
from forms.xlsform.reading import Imported, read_workbook


@dataclass
class ImportWorkbook:
    """Publish the form of an XLSForm workbook (导入 XLSForm).

    A form that has the address already gets a new version; `school` counts only for a new one. Raises
    WorkbookRefusedError with the messages for the workbook's author, PermissionDenied without the right.
    """

    content: bytes
    filename: str
    user: Any = None
    slug: str = ""
    school: Any = None
    imported: Imported | None = None

    @transaction.atomic
    def execute(self) -> FormVersion:
        imported = self.read()
        slug = self.slug or imported.slug
        note = _("Imported from %(file)s") % {"file": self.filename[:400]}
        try:
            form = Form.objects.filter(slug=slug).first() or self._made(slug, imported)
            return PublishForm(form, imported.document.compact(), self.user, note).execute()
        except ValidationError as error:
            raise WorkbookRefusedError(list(error.messages)) from error

    def read(self) -> Imported:
        """Return the form and what it does not carry, without keeping anything. Raises WorkbookRefusedError."""
        if self.imported is None:
            self.imported = publishable(read_workbook(self.content, self.filename))
        return self.imported

    def _made(self, slug: str, imported: Imported) -> Form:
        fields = {"slug": slug, "title": imported.document.title, "school": self.school}
        return CreateForm(fields, self.user).execute()
