"""`search_rebuild`: build the index anew, with no moment in which nothing is found."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.engine import SearchUnavailable
from search.engines import current_engine
from search.lease import LeaseTaken
from search.rebuild import RebuildFailed, rebuild


class Command(BaseCommand):
    """Fill a new generation beside the one in use, verify it, and put it in use."""

    help = "Builds the search index anew; --rollback goes back to the one before."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--rollback", action="store_true", help="put the generation before back in use")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["rollback"]:
                self.stdout.write(f"In use again: {current_engine().rollback()}")
                return
            count = rebuild(self.progress)
        except (SearchUnavailable, RebuildFailed, LeaseTaken) as error:
            raise CommandError(f"The old index stays in use: {type(error).__name__} {error}") from error
        self.stdout.write(self.style.SUCCESS(f"\n{count} documents in the new index."))

    def progress(self, count: int) -> None:
        self.stdout.write(f"\r{count} documents", ending="")
        self.stdout.flush()
