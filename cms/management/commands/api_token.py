"""`manage.py api_token`: make, list and revoke tokens of the content API from the shell."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.api.tokens.actions import DEFAULT_DAYS, CreateToken, RevokeToken
from cms.api.tokens.models import ApiToken, Scope
from cms.people.models import User
from cms.schools.models import School


class Command(BaseCommand):
    help = "Make, list and revoke tokens of the content API (/api/v1/)."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        create = actions.add_parser("create", help="make a token and print it, this once")
        create.add_argument("--user", required=True, help="user name of the person it acts as")
        create.add_argument("--name", required=True, help="which program uses it")
        create.add_argument("--scope", action="append", choices=Scope.values, default=[], dest="scopes")
        create.add_argument("--school", help="code of the only school it is for")
        create.add_argument("--days", type=int, default=DEFAULT_DAYS, help="until it expires")
        actions.add_parser("list", help="list all tokens")
        actions.add_parser("revoke", help="end a token at once").add_argument("prefix")

    def handle(self, *args: Any, **options: Any) -> None:
        getattr(self, f"do_{options['action']}")(**options)

    def do_create(
        self, *, user: str, name: str, scopes: list[str], school: str | None, days: int, **_o: Any
    ) -> None:
        try:
            _token, key = CreateToken(
                name=name,
                owner=User.objects.get_by_natural_key(user),
                scopes=scopes or [Scope.READ_PUBLIC.value],
                school=School.objects.get(code=school) if school else None,
                days=days,
            ).execute()
        except (User.DoesNotExist, School.DoesNotExist, ValidationError) as error:
            raise CommandError("; ".join(getattr(error, "messages", [str(error)]))) from error
        self.stdout.write(key)

    def do_list(self, **options: Any) -> None:
        for token in ApiToken.objects.select_related("user", "school"):
            state = "usable" if token.is_usable else "ended"
            school = token.school.code if token.school else "-"
            scopes = ",".join(token.scopes)
            self.stdout.write(
                "  ".join([token.prefix, f"{state:6}", token.user.username, scopes, school, token.name])
            )

    def do_revoke(self, *, prefix: str, **options: Any) -> None:
        token = ApiToken.objects.filter(prefix=prefix).first()
        if token is None:
            raise CommandError(f"No token begins with {prefix}")
        RevokeToken(token).execute()
