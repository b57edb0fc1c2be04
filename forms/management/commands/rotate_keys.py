"""`manage.py rotate_keys`: seal everything under the newest key, and say which older keys are no longer needed."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from forms.sealing.keys import all_keys, newest_key
from forms.sealing.rotating import Store, Tally, keys_in_use, rotate


class Command(BaseCommand):
    """Put the new key before the old ones in FORMS_KEYS, restart, run this, then take away what it says is unused."""

    help = "Seal all sensitive answers under the newest key of FORMS_KEYS. May be broken off and run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="Only count which key seals how much.")

    def handle(self, *args: Any, **options: Any) -> None:
        tally = Tally()
        if not options["check"]:
            rotate(tally, self._tell)
            self.stdout.write(f"{tally.resealed} values sealed under the key {newest_key().id}.")
        self._say_keys()
        if tally.broken:
            for row in sorted(set(tally.broken)):
                self.stderr.write(f"cannot be opened: {row}")
            raise CommandError(f"{len(tally.broken)} values could not be opened; they are as they were.")

    def _tell(self, store: Store, done: int, total: int) -> None:
        self.stdout.write(f"{store}: {done} of {total} rows")

    def _say_keys(self) -> None:
        """Say of each key how much it seals, and which may go: counted after the rotation, writers included."""
        used = keys_in_use()
        for key in all_keys():
            self.stdout.write(f"key {key.id}: {used[key.id]} values")
        for key in all_keys()[1:]:
            if not used[key.id]:
                self.stdout.write(
                    self.style.SUCCESS(f"The key {key.id} seals nothing any more: take it away.")
                )
        for gone in sorted(set(used) - {key.id for key in all_keys()}):
            self.stdout.write(self.style.ERROR(f"The key {gone} is missing: {used[gone]} values need it."))
