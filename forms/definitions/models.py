"""Forms and their versions. A version never changes: drafts and submissions are pinned to it for ever."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms.service import Role, School, school_ids_of, user_can_edit_bureau_content, user_is_bureau
from forms.definitions.document import Document


class FormState(models.TextChoices):
    """Whether a form is offered (表单状态)."""

    DRAFT = "draft", _("Not published yet")
    OPEN = "open", pgettext_lazy("form", "Open")
    CLOSED = "closed", pgettext_lazy("form", "Closed")


class Audience(models.TextChoices):
    """Who may fill a form in (填写对象)."""

    TEACHERS = "teachers", _("People of schools")
    STAFF = "staff", _("Heads and editors of schools")
    PUBLIC = "public", _("Anyone with the link")


class FormQuerySet(models.QuerySet["Form"]):
    """Verbs over forms."""

    def designed_by(self, user: Any) -> FormQuerySet:
        """Forms that the user may change: all for the bureau's editors, else those of schools where she writes."""
        if user_can_edit_bureau_content(user):
            return self.all()
        return self.filter(school__in=school_ids_of(user, Role.SCHOOL_HEAD, Role.SCHOOL_EDITOR))

    def open(self) -> FormQuerySet:
        return self.filter(state=FormState.OPEN, live__isnull=False)

    def for_user(self, user: Any) -> FormQuerySet:
        """Forms that the user may know of: all for the bureau; else the bureau's and her own schools'."""
        if user_is_bureau(user):
            return self.all()
        ids = school_ids_of(user)
        return self.filter(models.Q(school__isnull=True) | models.Q(school__in=ids)) if ids else self.none()


class Form(models.Model):
    """A form (表单): a name, the version that is offered, and the document that is being worked on."""

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=200)
    state = models.CharField(_("state"), max_length=10, choices=FormState.choices, default=FormState.DRAFT)
    audience = models.CharField(
        _("filled in by"), max_length=10, choices=Audience.choices, default=Audience.TEACHERS
    )
    #: The school that the form belongs to; empty for the bureau's, which all schools use.
    school = models.ForeignKey(
        School, models.PROTECT, null=True, blank=True, related_name="forms", verbose_name=_("school")
    )
    #: What the builder holds, whether or not it could be published.
    working = models.JSONField(default=dict, blank=True, editable=False)
    working_revision = models.PositiveIntegerField(default=0, editable=False)
    #: Who saved the working document last, and when.
    working_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    working_at = models.DateTimeField(null=True, blank=True, editable=False)
    live = models.ForeignKey(
        "forms.FormVersion", models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    #: The pack that brought the form and keeps it up to date.
    pack = models.CharField(max_length=60, blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects: ClassVar = FormQuerySet.as_manager()

    class Meta:
        verbose_name = _("form")
        verbose_name_plural = _("forms")
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title


#: The number of a version that was never published: test drafts are pinned to it.
TRIAL = 0


class FormVersionManager(models.Manager["FormVersion"]):
    """Published versions alone."""

    def get_queryset(self) -> models.QuerySet[FormVersion]:
        return super().get_queryset().exclude(number=TRIAL)


class FormVersion(models.Model):
    """A published state of a form (表单版本); or, with the number 0, one that is only being tried out (试填)."""

    form = models.ForeignKey(Form, models.PROTECT, related_name="versions", verbose_name=_("form"))
    number = models.PositiveIntegerField(_("number"))
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    note = models.CharField(_("what changed"), max_length=500, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(_("published"), auto_now_add=True)

    objects: ClassVar = FormVersionManager()
    #: With those that are only being tried out.
    all_objects: ClassVar = models.Manager()

    class Meta:
        verbose_name = _("version of a form")
        verbose_name_plural = _("versions of forms")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["form", "number"], condition=models.Q(number__gt=TRIAL), name="version_number_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.form.title} v{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep it as it was published: only the note may be written later."""
        if self.pk and set(kwargs.get("update_fields") or ["content"]) - {"note"}:
            raise ValidationError("A published version does not change.")
        self.digest = digest_of(self.content)
        super().save(*args, **kwargs)

    @property
    def is_trial(self) -> bool:
        return self.number == TRIAL

    @property
    def document(self) -> Document:
        """Return the document, read once in this process; the content need not be loaded for it."""
        return _document_of(_ByDigest(self))


def digest_of(content: dict[str, Any]) -> str:
    """Return the SHA-256 of a document's JSON, whatever the order of its keys."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


class _ByDigest:
    """A version's content, told from others by its digest. It is let go of once the document is read."""

    __slots__ = ("_version", "digest")

    def __init__(self, version: FormVersion) -> None:
        self.digest = version.digest or digest_of(version.content)
        self._version: FormVersion | None = version

    def __hash__(self) -> int:
        return hash(self.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByDigest) and other.digest == self.digest

    def read(self) -> Document:
        version, self._version = self._version, None
        assert version is not None  # noqa: S101 - read once
        return Document.model_validate_json(json.dumps(version.content))


@lru_cache(maxsize=256)
def _document_of(content: _ByDigest) -> Document:
    return content.read()
