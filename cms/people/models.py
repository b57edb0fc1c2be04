"""People and the roles they hold in a school or at the bureau."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.core import signing
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a membership allows. The first three belong to the bureau, the others to one school."""

    BUREAU_ADMIN = "bureau_admin", _("Bureau administrator")
    BUREAU_EDITOR = "bureau_editor", _("Bureau editor")
    INSPECTOR = "inspector", _("Inspector")
    SCHOOL_HEAD = "school_head", _("School head")
    SCHOOL_EDITOR = "school_editor", _("School editor")
    CLASS_TEACHER = "class_teacher", _("Class teacher")


BUREAU_ROLES = frozenset({Role.BUREAU_ADMIN, Role.BUREAU_EDITOR, Role.INSPECTOR})
SCHOOL_ROLES = frozenset({Role.SCHOOL_HEAD, Role.SCHOOL_EDITOR, Role.CLASS_TEACHER})
#: Roles whose people write pages of their school in the admin.
WRITING_ROLES = frozenset({Role.SCHOOL_HEAD, Role.SCHOOL_EDITOR})

_COMPOUND = (
    "欧阳太史端木上官司马东方独孤南宫万俟闻人夏侯诸葛尉迟公羊赫连澹台皇甫宗政濮阳"
    "公冶太叔申屠公孙慕容仲孙钟离长孙宇文司徒鲜于司空闾丘令狐呼延百里东郭南门西门第五"
)
#: Surnames of two characters (复姓).
COMPOUND_SURNAMES = frozenset(_COMPOUND[i : i + 2] for i in range(0, len(_COMPOUND), 2))


class User(AbstractUser):
    """A person who logs in (用户). Surname and given name are shown without a space, as in Chinese."""

    phone = models.CharField(_("phone"), max_length=20, blank=True)
    #: The school head who entered the e-mail address; empty when the bureau or the person herself did.
    email_by = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    session_epoch = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def get_full_name(self) -> str:
        """Return 姓名, for example 欧阳小兰."""
        return f"{self.last_name}{self.first_name}".strip()

    def set_full_name(self, name: str) -> None:
        """Split a Chinese name into surname and given name; compound surnames (复姓) stay whole."""
        name = "".join(name.split())
        size = 2 if name[:2] in COMPOUND_SURNAMES and len(name) > 2 else 1
        self.last_name, self.first_name = name[:size], name[size:]

    def end_sessions(self) -> None:
        """Log the person out everywhere: a session made before this is refused at its next request."""
        type(self).objects.filter(pk=self.pk).update(session_epoch=models.F("session_epoch") + 1)
        self.refresh_from_db(fields=["session_epoch"])

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Tie sessions to the epoch as well as to the password."""
        salt = "cms.people.models.User.session"
        value = f"{self.password}:{self.session_epoch}"
        return salted_hmac(salt, value, secret=secret, algorithm="sha256").hexdigest()

    def __str__(self) -> str:
        return self.get_full_name() or self.username


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Verbs over memberships."""

    def of_bureau(self) -> MembershipQuerySet:
        return self.filter(role__in=BUREAU_ROLES)

    def of_school(self, school: object) -> MembershipQuerySet:
        return self.filter(school=school)

    def in_force(self) -> MembershipQuerySet:
        """Memberships that give rights: those at the bureau and in schools that are open."""
        return self.filter(models.Q(school__isnull=True) | models.Q(school__status="open"))


class Membership(models.Model):
    """One role of one person (任职): at the bureau when `school` is empty, else in that school."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships", verbose_name=_("user"))
    school = models.ForeignKey(
        "cms.School",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name=_("school"),
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    #: The school whose merging brought the person here; reopening that school takes the role away again.
    moved_from = models.ForeignKey(
        "cms.School", models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    objects: ClassVar = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            # Two, because SQLite takes every NULL for another one.
            models.UniqueConstraint(
                fields=["user", "school", "role"],
                condition=models.Q(school__isnull=False),
                name="school_role_once",
            ),
            models.UniqueConstraint(
                fields=["user", "role"], condition=models.Q(school__isnull=True), name="bureau_role_once"
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=sorted(BUREAU_ROLES), school__isnull=True)
                | models.Q(role__in=sorted(SCHOOL_ROLES), school__isnull=False),
                name="membership_role_fits_place",
            ),
        ]

    def __str__(self) -> str:
        place = self.school.name if self.school else _("Bureau")
        return f"{self.user} · {place} · {self.get_role_display()}"


class LinkPurpose(models.TextChoices):
    """What a person's one-time link is for."""

    INVITATION = "invitation", _("Invitation")
    RESET = "reset", _("Reset password")


#: How long a link may be used.
LINK_LIFETIME = {LinkPurpose.INVITATION: timedelta(days=7), LinkPurpose.RESET: timedelta(hours=24)}
_LINK_SALT = "cms.people.AccountLink"


class AccountLinkQuerySet(models.QuerySet["AccountLink"]):
    """Verbs over links."""

    def usable(self) -> AccountLinkQuerySet:
        return self.filter(used_at__isnull=True, expires_at__gt=timezone.now())


class AccountLink(models.Model):
    """A one-time link with which a person sets her password (一次性链接).

    The address carries `token`: the row's key signed with SECRET_KEY, so a copy of the table opens nothing.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="account_links")
    purpose = models.CharField(max_length=12, choices=LinkPurpose.choices)
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    objects: ClassVar = AccountLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("one-time link")
        verbose_name_plural = _("one-time links")

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.user}"

    @property
    def token(self) -> str:
        return signing.Signer(salt=_LINK_SALT).sign(self.key.hex)

    @classmethod
    def by_token(cls, token: str) -> AccountLink | None:
        """Return the usable link of the token; None when forged, used, replaced or expired.

        A link also ends when whoever made it may no longer manage the account: she may have kept it.
        """
        try:
            key = uuid.UUID(signing.Signer(salt=_LINK_SALT).unsign(token))
        except (signing.BadSignature, ValueError):
            return None
        links = cls.objects.usable().filter(key=key, user__is_active=True)
        link = links.select_related("user", "made_by").first()
        return link if link and link.maker_keeps_account() else None

    def maker_keeps_account(self) -> bool:
        """Say whether the maker (empty: the operator) may still manage the person's account."""
        from cms.people.permissions import user_can_manage_account

        return self.made_by is None or user_can_manage_account(self.made_by, self.user)
