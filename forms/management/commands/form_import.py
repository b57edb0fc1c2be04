"""form_import WORKBOOK.xlsx [--json]: publish a form from an XLSForm workbook."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from forms.xlsform.actions import ImportWorkbook
from forms.xlsform.notes import WorkbookRefusedError


class Command(BaseCommand):
    help = "Publish a form from an XLSForm workbook (.xlsx, .xls, .csv) and list what it does not carry."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("workbook", type=Path)
        parser.add_argument(
            "--slug", default="", help="address of the form; by default the workbook's form_id"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument("--dry-run", action="store_true", help="keep nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["workbook"]
        try:
            action = ImportWorkbook(path.read_bytes(), path.name, slug=options["slug"])
            imported = action.read()
            version = None if options["dry_run"] else action.execute()
        except OSError:
            self.refuse([_("There is no file %(path)s.") % {"path": path}], options["json"])
        except WorkbookRefusedError as error:
            self.refuse(error.messages, options["json"])
        not_carried = [note.to_json() for note in imported.not_carried]
        slug, number = (
            (version.form.slug, version.number) if version else (action.slug or imported.slug, None)
        )
        if options["json"]:
            self.stdout.write(
                json.dumps({"slug": slug, "version": number, "not_carried": not_carried}, ensure_ascii=False)
            )
            return
        self.stdout.write(_("Form %(slug)s, version %(version)s") % {"slug": slug, "version": number or "-"})
        for note in imported.not_carried:
            self.stdout.write(f"{note.sheet}!{note.row} {note.column}: {note.value[:80]} - {note.reason}")

    def refuse(self, messages: list[str], as_json: bool) -> None:
        """Print why the workbook is refused, and leave with 1."""
        if as_json:
            self.stdout.write(json.dumps({"refused": messages}, ensure_ascii=False))
        else:
            self.stderr.write("\n".join(messages))
        raise SystemExit(1)
