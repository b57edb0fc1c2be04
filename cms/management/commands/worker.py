"""`worker`: everything that is not done in a request."""

import logging
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.outbox.worker import Worker


class Command(BaseCommand):
    """Background tasks, scheduled publishing, daily jobs and webhooks, until Ctrl-C or SIGTERM."""

    help = "Runs background tasks, scheduled publishing, daily jobs and webhooks."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now, then end")

    def handle(self, *args: Any, **options: Any) -> None:
        # The library says "starting" and "ending" for every single task.
        logging.getLogger("django_tasks_db").setLevel(logging.WARNING)
        worker = Worker()
        if not options["once"]:
            worker.run()
        elif not worker.run_once():
            raise CommandError("Something failed; see the log.")
