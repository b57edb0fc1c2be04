"""`manage.py form_schema`: print the JSON Schema of a form's document, for docs/api/form.schema.json."""

import json
from typing import Any

from django.core.management.base import BaseCommand

from forms.definitions.document import json_schema


class Command(BaseCommand):
    help = "Print the JSON Schema of a form's document."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(json.dumps(json_schema(), ensure_ascii=False, indent=1))
