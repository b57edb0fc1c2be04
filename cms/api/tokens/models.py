"""Tokens of the content API: what a program may do in the name of a person."""

from __future__ import annotations

import secrets
from datetime import datetime
from hashlib import sha256
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

MARK = "xq"
PREFIX_LENGTH = 10


class Scope(models.TextChoices):
    """What a token allows (权限范围); never more than its person may do."""

    READ_PUBLIC = "read:public", _("Read what is published")
    READ_DRAFTS = "read:drafts", _("Read drafts")
    WRITE_PREVIEWS = "write:previews", _("Share previews of drafts")
    FILL_FORMS = "fill:forms", _("Fill in forms")
    READ_SUBMISSIONS = "read:submissions", _("Read submissions of forms")


def hash_token(text: str) -> str:
    """Return what is stored of a token. It is random, so that one round of SHA-256 is enough."""
    return sha256(text.encode()).hexdigest()


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    """Verbs over tokens."""

    def usable(self, now: datetime | None = None) -> ApiTokenQuerySet:
        """Tokens that still work: not revoked, not expired, of an active person."""
        now = now or timezone.now()
        return self.filter(
            models.Q(expires_at__isnull=True) | models.Q(expires_at__gt=now),
            revoked_at__isnull=True,
            user__is_active=True,
        )


class ApiToken(models.Model):
    """A token (访问令牌). Only its prefix and hash are kept: it is shown once, when it is made."""

    name = models.CharField(_("name"), max_length=80, help_text=_("Which program uses it."))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="content_tokens",
        verbose_name=_("in the name of"),
        help_text=_("The token never allows more than this person may do."),
    )
    prefix = models.CharField(_("begins with"), max_length=PREFIX_LENGTH, unique=True, editable=False)
    key_hash = models.CharField(max_length=64, editable=False)
    scopes = models.JSONField(_("scopes"), default=list)
    school = models.ForeignKey(
        "cms.School",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="content_tokens",
        verbose_name=_("only for the school"),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires at"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("last used"), null=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, editable=False)

    objects: ClassVar = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.name} ({MARK}_{self.prefix}_…)"

    def make_key(self) -> str:
        """Give the token a new secret and return it whole; it cannot be read again."""
        self.prefix = secrets.token_hex(PREFIX_LENGTH // 2)
        key = f"{MARK}_{self.prefix}_{secrets.token_urlsafe(32)}"
        self.key_hash = hash_token(key)
        return key

    def allows(self, scope: str) -> bool:
        return scope in self.scopes

    @property
    def is_usable(self) -> bool:
        expired = self.expires_at is not None and self.expires_at <= timezone.now()
        return not expired and self.revoked_at is None and self.user.is_active
