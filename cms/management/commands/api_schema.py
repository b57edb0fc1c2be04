"""`manage.py api_schema`: print the OpenAPI document of the content API, for the snapshot and for client makers."""

import json
from typing import Any

from django.core.management.base import BaseCommand

from cms.api.docs import document


class Command(BaseCommand):
    help = "Print the OpenAPI document of the content API (/api/v1/)."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(json.dumps(document(), ensure_ascii=False, indent=1, default=str))
