"""Import work plans from .txt, .docx and .pdf files, folders and zip archives."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from cms.plan_import.actions import UndoImport
from cms.plan_import.models import BatchState, ImportBatch, ImportFile
from cms.plan_import.readers import ReadError, SourceFile, find_files
from cms.plan_import.running import RunBatch
from cms.plan_import.survey import Survey
from cms.plan_import.table import print_error, print_plan, print_total
from cms.schools.models import School


class Command(BaseCommand):
    requires_system_checks: list[str] = []  # they cost more time than reading a hundred plans
    help = "Import work plans as draft pages; --dry-run shows what would be made, --undo takes a batch back."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="*", metavar="PATH", help="files, folders or zip archives")
        parser.add_argument("--school", metavar="CODE", help="the school; without it, the bureau's list")
        parser.add_argument("--dry-run", action="store_true", help="write nothing")
        parser.add_argument(
            "--again", action="store_true", help="make plans whose title is there already, too"
        )
        parser.add_argument("--json", action="store_true", help="one JSON object a line")
        parser.add_argument("--undo", type=int, metavar="BATCH", help="delete the pages that a batch made")

    def handle(self, *args: Any, **options: Any) -> None:
        self.json: bool = options["json"]
        logging.getLogger("wagtail").setLevel(logging.WARNING)  # one line a page would hide the table
        if options["undo"] is not None:
            self._undo(options["undo"])
            return
        if not options["paths"]:
            raise CommandError(_("Name at least one file or folder."))
        school = self._school(options["school"])
        run = self._survey if options["dry_run"] else self._import
        run(find_files(options["paths"]), school, options["again"])

    def _school(self, code: str | None) -> School | None:
        if not code:
            return None
        school = School.objects.filter(code=code).first()
        if school is None:
            raise CommandError(_("There is no school with the code “%(code)s”.") % {"code": code})
        return school

    def _survey(self, files: Iterator[SourceFile], school: School | None, again: bool) -> None:
        survey = Survey(school)
        plans = errors = 0
        for source in files:
            try:
                for found in survey.plans_in(source):
                    plans += 1
                    self._show({**found.report(), "file": source.name})
            except ReadError as error:
                errors += 1
                self._show_error(source.name, str(error))
        self._show_total({"batch": None, "dry_run": True, "plans": plans, "pages": 0, "errors": errors})

    def _import(self, files: Iterator[SourceFile], school: School | None, again: bool) -> None:
        batch = ImportBatch.objects.create(school=school, state=BatchState.RUNNING)
        run = RunBatch(batch, again=again)
        plans = pages = errors = 0
        for source in files:
            file = ImportFile.objects.create(batch=batch, name=source.name[-255:])
            for report in run.run_file(file, source):
                plans += 1
                pages += report["page"] is not None
                self._show({**report, "file": source.name})
            if file.error:
                errors += 1
                self._show_error(source.name, file.error)
        run.finish()
        totals = {"batch": batch.pk, "dry_run": False, "plans": plans, "pages": pages, "errors": errors}
        self._show_total(totals)

    def _undo(self, batch_id: int) -> None:
        batch = ImportBatch.objects.filter(pk=batch_id).first()
        if batch is None:
            raise CommandError(_("There is no import batch %(id)d.") % {"id": batch_id})
        try:
            deleted, kept = UndoImport(batch).execute()
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        reasons = [{"page": plan.page_id, "title": plan.title, "reason": plan.kept_because} for plan in kept]
        if self.json:
            self._write({"batch": batch_id, "deleted": len(deleted), "kept": reasons})
            return
        self.stdout.write(_("%(n)d pages deleted.") % {"n": len(deleted)})
        for reason in reasons:
            self.stdout.write(_("Kept: %(title)s. %(reason)s") % reason)

    def _show(self, report: dict[str, Any]) -> None:
        self._write(report) if self.json else print_plan(self.stdout, report)

    def _show_error(self, name: str, error: str) -> None:
        self._write({"file": name, "error": error}) if self.json else print_error(self.stdout, name, error)

    def _show_total(self, totals: dict[str, Any]) -> None:
        self._write(totals) if self.json else print_total(self.stdout, totals)

    def _write(self, value: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(value, ensure_ascii=False))
