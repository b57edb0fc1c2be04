"""People and the roles they hold in a school or at the bureau."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
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

    def __str__(self) -> str:
        return self.get_full_name() or self.username


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Verbs over memberships."""

    def of_bureau(self) -> MembershipQuerySet:
        return self.filter(role__in=BUREAU_ROLES)

    def of_school(self, school: object) -> MembershipQuerySet:
        return self.filter(school=school)


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

    objects: ClassVar = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "school", "role"], nulls_distinct=False, name="membership_once"
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
