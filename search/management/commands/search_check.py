"""`search_check`: does the index hold exactly what the database does?"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.engine import SearchUnavailable
from search.models import IndexChange
from search.outbox import drain
from search.rebuild import compare, repair


class Command(BaseCommand):
    """Compare, say what differs, and exit 1 if anything does. With --repair: mend it, then compare again."""

    help = "Compares the search index with the database; --repair mends what differs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--repair", action="store_true", help="index again what differs")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            drift = compare()
            if options["repair"] and not drift.is_none:
                self.stdout.write(f"{repair(drift)} to be indexed again.")
                while drain().changed:
                    pass
                drift = compare()
        except SearchUnavailable as error:
            raise CommandError(f"The search engine cannot be asked: {error}") from error
        for name, keys in (
            ("missing", drift.missing),
            ("left over", drift.left_over),
            ("different", drift.different),
        ):
            self.stdout.writelines(f"{name}: {key}" for key in keys)
        if drift.ahead:
            self.stdout.write("ahead: the index has higher versions than the database has given.")
        waiting, parked = IndexChange.objects.open().count(), IndexChange.objects.parked().count()
        self.stdout.write(f"{len(drift.keys)} differ, {waiting} changes wait, {parked} are parked.")
        if not drift.is_none:
            raise SystemExit(1)
