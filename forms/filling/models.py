"""Drafts: a filling of a form that is under way, on the server, whoever continues it on whatever device."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.service import School
from forms.answers.answers import Answers
from forms.answers.keeping import pack, unpack
from forms.definitions.models import FormVersion


class DraftState(models.TextChoices):
    """How far a draft is."""

    OPEN = "open", _("Being filled in")
    SUBMITTED = "submitted", _("Submitted")
    DISCARDED = "discarded", _("Discarded")


HANDED_IN = (
    "version", "owner", "school", "subject", "state", "kept_answers", "revision", "is_test", "created_at",
    "version__form", "version__number", "version__digest", "version__form__title", "version__form__state",
    "version__form__audience",
)  # fmt: skip


class DraftQuerySet(models.QuerySet["Draft"]):
    """Verbs over drafts."""

    def open(self) -> DraftQuerySet:
        return self.filter(state=DraftState.OPEN, is_test=False)

    def with_form(self) -> DraftQuerySet:
        """With version and form, but without their documents: `version.document` has read its own before."""
        return self.select_related("version__form").defer("version__content", "version__form__working")

    def to_read(self) -> DraftQuerySet:
        """With form, and without what only those ask for who change the answers."""
        return self.with_form().defer("answered_at", "removed", "left_behind")

    def to_change(self) -> DraftQuerySet:
        """With form, and without the answers: who changes them reads them under a lock."""
        return self.to_read().defer("kept_answers", "visited")

    def to_hand_in(self) -> DraftQuerySet:
        """With what handing in asks for, and no more: it is read once before and once under the lock."""
        return self.select_related("version__form").only(*HANDED_IN)

    def for_user(self, user: Any) -> DraftQuerySet:
        """A draft is its owner's alone."""
        return self.filter(owner=user) if user.is_authenticated and user.is_active else self.none()


class Draft(models.Model):
    """A form being filled in (草稿). Its uuid is also the submission's: submitting twice makes one submission.

    `revision` grows with each saved change; a writer says which revision it saw, so that no change is lost unseen.
    """

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(FormVersion, models.PROTECT, related_name="drafts", verbose_name=_("form"))
    #: Empty for a public form: then the signed link is the key.
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="form_drafts"
    )
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="+")
    #: The record that the form is about, and the version of it that was seen.
    subject = models.ForeignKey("forms.Record", models.PROTECT, null=True, blank=True, related_name="drafts")
    subject_version = models.PositiveIntegerField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=DraftState.choices, default=DraftState.OPEN)
    kept_answers = models.JSONField(default=dict, blank=True)
    revision = models.PositiveIntegerField(default=0)
    #: Names of the steps that were saved at least once: for progress alone, never for the path.
    visited = models.JSONField(default=list, blank=True)
    #: "item/question" -> [revision, page] that last changed the answer: who saw an older one has not seen it.
    answered_at = models.JSONField(default=dict, blank=True)
    #: Roster items taken out lately, whole and sealed, so that they can be put back. The newest is the last.
    removed = models.JSONField(default=list, blank=True)
    #: What was carried from an older version and has no place in this one: {"version", "answers"}, sealed.
    left_behind = models.JSONField(default=list, blank=True)
    is_test = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(_("saved"), auto_now=True)

    objects: ClassVar = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        ordering = ["-updated_at"]
        indexes = [models.Index(fields=["owner", "state", "-updated_at"], name="draft_of_owner")]

    def __str__(self) -> str:
        return f"{self.version.form.title} · {self.uuid}"

    @property
    def answers(self) -> Answers:
        """Return the answers, opened; changing them changes nothing here: `keep` does."""
        return unpack(self.kept_answers, self.uuid)

    @property
    def is_open(self) -> bool:
        """Say whether it can still be filled in."""
        return self.state == DraftState.OPEN

    def keep(self, answers: Answers) -> None:
        """Put the answers into the row, sealed where they are sensitive. Saving is the caller's."""
        self.kept_answers = pack(self.version.document, answers, self.uuid)
