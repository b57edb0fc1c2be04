"""Schools, and the groups that carry their people's Wagtail permissions."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.people.models import Role


class Stage(models.TextChoices):
    """School stage (学段)."""

    KINDERGARTEN = "kindergarten", _("Kindergarten")
    PRIMARY = "primary", _("Primary school")
    JUNIOR = "junior", _("Junior middle school")
    SENIOR = "senior", _("Senior middle school")
    NINE_YEAR = "nine_year", _("Nine-year school")


class SchoolStatus(models.TextChoices):
    """Whether a school still works (办学状态)."""

    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")
    MERGED = "merged", _("Merged into another school")


class SchoolQuerySet(models.QuerySet["School"]):
    """Verbs over schools."""

    def open(self) -> SchoolQuerySet:
        return self.filter(status=SchoolStatus.OPEN)

    def for_user(self, user: Any) -> SchoolQuerySet:
        """Schools whose inside the user may see: all for the bureau, else her own."""
        from cms.people.permissions import school_ids_of, user_is_bureau

        return self.all() if user_is_bureau(user) else self.filter(pk__in=school_ids_of(user))


class School(models.Model):
    """A school (学校). Its page, collection and groups are made with it by `CreateSchool`."""

    code = models.CharField(
        _("code"),
        max_length=20,
        unique=True,
        validators=[
            RegexValidator(r"^[a-z0-9][a-z0-9-]*$", _("Use small letters, digits and hyphens only."))
        ],
        help_text=_("Short and stable: it is the school's address on the site, for example xq-01."),
    )
    name = models.CharField(_("name"), max_length=80, unique=True)
    stage = models.CharField(_("stage"), max_length=20, choices=Stage.choices)
    township = models.CharField(_("township"), max_length=40)
    boarding = models.BooleanField(_("boarding"), default=False)
    address = models.CharField(_("address"), max_length=200, blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=SchoolStatus.choices, default=SchoolStatus.OPEN
    )
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="merged_from",
        verbose_name=_("merged into"),
    )
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    closing_note = models.CharField(
        _("note on closing"), max_length=200, blank=True, help_text=_("Readers see it on the school's page.")
    )
    sort_key = models.CharField(max_length=200, editable=False, db_index=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects: ClassVar = SchoolQuerySet.as_manager()

    class Meta:
        verbose_name = _("school")
        verbose_name_plural = _("schools")
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the pinyin sort key beside the name: databases sort Chinese by code point."""
        from cms.text import pinyin_key

        self.sort_key = pinyin_key(self.name)
        super().save(*args, **kwargs)

    @property
    def is_open(self) -> bool:
        return self.status == SchoolStatus.OPEN

    @property
    def successor(self) -> School | None:
        """Return the school that carries this one on, through several mergings; None when there is none."""
        seen, school = {self.pk}, self.merged_into
        while school is not None and school.merged_into is not None and school.pk not in seen:
            seen.add(school.pk)
            school = school.merged_into
        return school


class SchoolGroup(models.Model):
    """Ties one auth group to one role of one school, so that names of groups carry no meaning."""

    school = models.ForeignKey(School, models.CASCADE, related_name="groups")
    role = models.CharField(max_length=20, choices=Role.choices)
    group = models.OneToOneField("auth.Group", models.CASCADE, related_name="school_group")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "role"], name="school_group_once")]

    def __str__(self) -> str:
        return f"{self.school} · {self.get_role_display()}"


class SchoolCollection(models.Model):
    """The media collection (素材集) of a school."""

    school = models.OneToOneField(School, models.CASCADE, related_name="media")
    collection = models.OneToOneField("wagtailcore.Collection", models.PROTECT, related_name="school_media")

    def __str__(self) -> str:
        return str(self.school)
