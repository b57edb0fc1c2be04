"""Submissions and their revisions: what was handed in, and what became of it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from cms.service import (
    Role,
    School,
    school_ids_of,
    user_can_edit_bureau_content,
    user_is_bureau,
    written_ways,
)
from forms.answers.answers import Answers
from forms.answers.keeping import unpack
from forms.definitions.models import Form, FormVersion


class SubmissionState(models.TextChoices):
    """Where a submission stands (办理状态)."""

    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned for correction")
    RESUBMITTED = "resubmitted", _("Submitted again")
    APPROVED = "approved", _("Approved")
    WITHDRAWN = "withdrawn", _("Withdrawn")


#: Handed in, and not decided on.
WAITING = frozenset({SubmissionState.SUBMITTED, SubmissionState.RESUBMITTED})


class SubmissionQuerySet(models.QuerySet["Submission"]):
    """Verbs over submissions."""

    def for_user(self, user: Any) -> SubmissionQuerySet:
        """All for the bureau; a head's and an editor's whole school; else what the user handed in herself."""
        if user_is_bureau(user):
            return self.all()
        if not user.is_authenticated or not user.is_active:
            return self.none()
        schools = school_ids_of(user, Role.SCHOOL_HEAD, Role.SCHOOL_EDITOR)
        return self.filter(models.Q(school__in=schools) | models.Q(submitted_by=user))

    def counted(self) -> SubmissionQuerySet:
        """Those that stand: not withdrawn."""
        return self.exclude(state=SubmissionState.WITHDRAWN)

    def waiting(self) -> SubmissionQuerySet:
        """Those that nobody has decided on."""
        return self.filter(state__in=WAITING)

    def to_review_by(self, user: Any) -> SubmissionQuerySet:
        """Those that the user may decide on, and that wait: the queryset of `user_can_review`."""
        if user_can_edit_bureau_content(user):
            mine = self.waiting()
        else:
            mine = self.waiting().filter(school__in=school_ids_of(user, Role.SCHOOL_HEAD))
        return mine if user.is_superuser else mine.exclude(submitted_by=user)

    def matching(self, words: str) -> SubmissionQuerySet:
        """Those with all of these words in their receipt number, summary, or the name of who handed them in."""
        found = self.annotate(by=Concat("submitted_by__last_name", "submitted_by__first_name"))
        for word in words.split():
            held = models.Q()
            for way in written_ways(word):
                held |= models.Q(receipt__icontains=way) | models.Q(summary__icontains=way)
                held |= models.Q(by__icontains=way)
            found = found.filter(held)
        return found

    def given_first(self, user: Any) -> SubmissionQuerySet:
        """Those that the user was named to review before all others, then the oldest."""
        first = models.Case(models.When(reviewer=user, then=0), default=1)
        return self.order_by(first, "submitted_at")

    def returned_first(self) -> SubmissionQuerySet:
        """Those to be corrected before all others, then the newest."""
        first = models.Case(models.When(state=SubmissionState.RETURNED, then=0), default=1)
        return self.order_by(first, "-submitted_at")


class Submission(models.Model):
    """A form that was handed in (提交). Its uuid is its draft's."""

    uuid = models.UUIDField(primary_key=True, editable=False)
    receipt = models.CharField(_("receipt number"), max_length=24, unique=True)
    form = models.ForeignKey(Form, models.PROTECT, related_name="submissions", verbose_name=_("form"))
    version = models.ForeignKey(
        FormVersion, models.PROTECT, related_name="submissions", verbose_name=_("version")
    )
    school = models.ForeignKey(
        School, models.PROTECT, null=True, blank=True, related_name="submissions", verbose_name=_("school")
    )
    subject = models.ForeignKey(
        "forms.Record",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="submissions",
        verbose_name=_("about"),
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="form_submissions",
        verbose_name=_("submitted by"),
    )  # fmt: skip
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("reviewer"),
    )
    state = models.CharField(
        _("state"), max_length=12, choices=SubmissionState.choices, default=SubmissionState.SUBMITTED
    )
    #: What it is called in lists; never holds a sensitive answer.
    summary = models.CharField(_("summary"), max_length=200, blank=True)
    #: The number of the newest revision.
    revision = models.PositiveIntegerField(default=1)
    submitted_at = models.DateTimeField(_("submitted"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = SubmissionQuerySet.as_manager()

    #: Children's data stays out of the references that Wagtail keeps between all contents.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ["-submitted_at"]
        indexes = [
            models.Index(fields=["form", "state", "-submitted_at"], name="submission_of_form"),
            models.Index(fields=["form", "submitted_at", "uuid"], name="submission_in_order"),
            models.Index(fields=["school", "-submitted_at"], name="submission_of_school"),
            models.Index(fields=["subject", "-submitted_at"], name="submission_about"),
        ]

    def __str__(self) -> str:
        return f"{self.receipt} {self.summary}".strip()


class SubmissionRevision(models.Model):
    """The answers as they were handed in once (提交版次). It never changes.

    It holds the answers that count, those on the path; what fell off the path stays in the draft.
    """

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    version = models.ForeignKey(FormVersion, models.PROTECT, related_name="+")
    kept_answers = models.JSONField(default=dict)
    #: The values and scores that the run worked out, shaped and sealed as the answers are.
    kept_calculated = models.JSONField(default=dict, blank=True)
    #: SHA-256 of the draft's plain answers: the same again is the same submission.
    digest = models.CharField(max_length=64)
    #: The revision of the draft that was handed in: handing in the same once more makes nothing new.
    draft_revision = models.PositiveIntegerField(default=0)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("revision of a submission")
        verbose_name_plural = _("revisions of submissions")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["submission", "number"], name="revision_number_once")]

    def __str__(self) -> str:
        return f"{self.submission_id} #{self.number}"

    @property
    def answers(self) -> Answers:
        """Return the answers, opened. Who shows them masks what the reader may not see."""
        return unpack(self.kept_answers, self.submission_id)

    @property
    def calculated(self) -> Answers:
        """Return what was worked out, opened; a score stands under its name."""
        return unpack(self.kept_calculated, self.submission_id)
