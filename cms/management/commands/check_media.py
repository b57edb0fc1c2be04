"""Compare what is recorded about public files with the pages, and mend it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from cms.media.visibility import rebuild_uses


class Command(BaseCommand):
    help = "Computes anew which live pages show which pictures and documents, and mends the records."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{rebuild_uses()} mended")
