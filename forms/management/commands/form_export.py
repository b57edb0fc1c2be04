"""form_export SLUG OUT.xlsx: write a form as an XLSForm workbook."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from forms.definitions.models import Form
from forms.xlsform.notes import WorkbookRefusedError
from forms.xlsform.writing import write_workbook


class Command(BaseCommand):
    help = (
        "Write the published version of a form as an XLSForm workbook that form_import reads back unchanged."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("out", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        form = Form.objects.filter(slug=options["slug"]).select_related("live").first()
        if form is None or form.live is None:
            raise CommandError(_("There is no published form %(slug)s.") % {"slug": options["slug"]})
        try:
            content = write_workbook(form.live.document, form.slug, form.live.number)
        except WorkbookRefusedError as error:
            raise CommandError("\n".join(error.messages)) from error
        try:
            options["out"].write_bytes(content)
        except OSError as error:
            raise CommandError(_("%(path)s cannot be written.") % {"path": options["out"]}) from error
        self.stdout.write(
            _("Form %(slug)s, version %(version)s") % {"slug": form.slug, "version": form.live.number}
        )
