"""`catalog`: keep the Chinese catalogue complete."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from xinqiao import catalog


class Command(BaseCommand):
    """Without an option: compile. With --update: collect strings first, and fail when one lacks Chinese."""

    help = "Compiles the Chinese catalogue; --update collects the source strings first."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--update", action="store_true", help="collect the source strings (needs Babel)")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["update"]:
            texts = catalog.update()
            if texts:
                raise CommandError("No Chinese for:\n" + "\n".join(texts))
        catalog.compile_catalog()
