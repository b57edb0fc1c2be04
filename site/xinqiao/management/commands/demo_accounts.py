"""`demo_accounts`: the log-ins of the demo content."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError

from cms.service import Role, demo_accounts


class Command(BaseCommand):
    """Print the demo log-ins; refuses in production."""

    help = "Prints the log-ins of the demo content."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="as a JSON list")
        parser.add_argument("--short", action="store_true", help="one log-in for each role")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            accounts = demo_accounts()
        except PermissionDenied as refused:
            raise CommandError("生产环境没有演示账号。") from refused
        if options["short"]:
            accounts = list({account.role: account for account in reversed(accounts)}.values())[::-1]
        if options["json"]:
            self.stdout.write(json.dumps([account.as_dict() for account in accounts], ensure_ascii=False))
            return
        for account in accounts:
            role, school = Role(account.role).label, account.school or "教育局"
            self.stdout.write(f"  {account.username:<18} {account.password}   {school} · {role}")
