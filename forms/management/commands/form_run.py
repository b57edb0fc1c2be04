"""form_run SLUG ANSWERS.json --engine python|browser|javarosa: evaluate a form without storing anything."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from forms.definitions.models import Form
from forms.run.engines import ENGINES, EngineMissingError
from forms.run.engines.result import left_out


class Command(BaseCommand):
    help = "Run a published form with the answers of a file, and print path, relevance, values and errors as JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug")
        parser.add_argument(
            "answers", type=Path, help='a file: {"question": value, "roster": [{"question": value}]}'
        )
        parser.add_argument("--engine", choices=sorted(ENGINES), default="python")

    def handle(self, *args: Any, **options: Any) -> None:
        form = Form.objects.filter(slug=options["slug"]).select_related("live").first()
        if form is None or form.live is None:
            raise CommandError(_("There is no published form %(slug)s.") % {"slug": options["slug"]})
        answers = self._answers(options["answers"])
        try:
            (result,) = ENGINES[options["engine"]](form.live.document, [answers])
        except EngineMissingError as error:
            raise CommandError(str(error)) from error
        for place in left_out(form.live.document, answers):
            self.stderr.write(
                _("%(place)s is no question of the form there; it is left out.") % {"place": place}
            )
        self.stdout.write(json.dumps(result, ensure_ascii=False))

    def _answers(self, path: Path) -> dict[str, Any]:
        try:
            found = json.loads(path.read_text(encoding="utf-8-sig"))
        except (OSError, ValueError, RecursionError) as error:
            raise CommandError(_("%(path)s cannot be read as JSON.") % {"path": path}) from error
        if not isinstance(found, dict):
            raise CommandError(_("Answers are an object: question -> value."))
        return found
