"""`outbox_check`: is anything stuck?"""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from cms.outbox.stuck import findings


class Command(BaseCommand):
    """Say what is stuck, one line each, and exit with 1; say so and exit with 0 when nothing is."""

    help = "Says what is stuck in outbox, webhooks, tasks and schedule; exits with 1 when something is."

    def handle(self, *args: Any, **options: Any) -> None:
        found = findings()
        for text in found:
            self.stdout.write(text)
        if found:
            raise SystemExit(1)
        self.stdout.write(_("Nothing is stuck."))
