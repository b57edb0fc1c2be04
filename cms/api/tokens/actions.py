"""Making and revoking tokens. Each action checks the right, writes in one transaction, and logs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cms.api.tokens.models import ApiToken, Scope
from cms.people.permissions import user_is_bureau_admin
from cms.schools.models import School

DEFAULT_DAYS = 90
MAX_DAYS = 730


def user_can_manage_tokens(user: Any) -> bool:
    """Only the bureau administrator makes and revokes tokens: a token acts as somebody."""
    return user_is_bureau_admin(user)


@dataclass
class CreateToken:
    """Make a token in the name of `owner` (新建令牌). `user=None` is the operator at the shell.

    A token of a superuser is refused: no program needs everything. Raises PermissionDenied, ValidationError.
    """

    name: str
    owner: Any
    scopes: list[str]
    days: int = DEFAULT_DAYS
    school: School | None = None
    user: Any = None

    def check(self) -> None:
        if self.user is not None and not user_can_manage_tokens(self.user):
            raise PermissionDenied
        if self.owner.is_superuser or not self.owner.is_active:
            raise ValidationError({"user": _("A token cannot act as this person.")})
        if not self.scopes or set(self.scopes) - set(Scope.values):
            raise ValidationError({"scopes": _("Choose what the token may do.")})
        if not 1 <= self.days <= MAX_DAYS:
            raise ValidationError({"days": _("From 1 to %d days.") % MAX_DAYS})

    @transaction.atomic
    def execute(self) -> tuple[ApiToken, str]:
        """Return the token and its key; the key is nowhere else."""
        self.check()
        token = ApiToken(
            name=self.name,
            user=self.owner,
            scopes=sorted(self.scopes),
            school=self.school,
            expires_at=timezone.now() + timedelta(days=self.days),
        )
        key = token.make_key()
        token.full_clean()
        token.save()
        log(instance=token, action="wagtail.create", user=self.user)
        return token, key


@dataclass
class RevokeToken:
    """End a token at once (停用令牌); its row stays for the record."""

    token: ApiToken
    user: Any = None

    @transaction.atomic
    def execute(self) -> None:
        if self.user is not None and not user_can_manage_tokens(self.user):
            raise PermissionDenied
        if self.token.revoked_at is None:
            self.token.revoked_at = timezone.now()
            self.token.save(update_fields=["revoked_at"])
            log(instance=self.token, action="wagtail.delete", user=self.user)
