"""`demo_load`: the demo content, once."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError

from cms.service import load_demo
from forms.service import load_forms_demo, load_public_demo


class Command(BaseCommand):
    """Load the demo content; a second run does nothing."""

    help = "Loads the demo content once: a bureau, twelve schools, policies, plans, news, invented children and forms."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            load_demo(self.stdout)
            load_forms_demo(self.stdout)
            load_public_demo(self.stdout)
        except PermissionDenied as refused:
            raise CommandError("生产环境不能载入演示内容。") from refused
