"""What became of a submission: its history, and the comments at its answers."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from forms.answers.answers import Key
from forms.submissions.models import Submission, SubmissionState


class EventKind(models.TextChoices):
    """What was done (办理动作)."""

    SUBMITTED = "submit", _("Handed in")
    RETURNED = "return", _("Returned")
    RESUBMITTED = "resubmit", _("Handed in again")
    APPROVED = "approve", _("Approved")
    WITHDRAWN = "withdraw", _("Withdrawn")
    ASSIGNED = "assign", _("Given to a reviewer")


class SubmissionEvent(models.Model):
    """One step in the life of a submission (办理记录). It never changes."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=10, choices=EventKind.choices)
    #: The state afterwards, and the newest revision then.
    state = models.CharField(max_length=12, choices=SubmissionState.choices)
    revision = models.PositiveIntegerField()
    #: Empty for the public, and for the operator at the shell.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    #: Whom it was given to.
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    comment = models.TextField(_("comment"), blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("step of a submission")
        verbose_name_plural = _("steps of submissions")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.get_kind_display()}"


class AnswerCommentQuerySet(models.QuerySet["AnswerComment"]):
    """Verbs over comments."""

    def open(self) -> AnswerCommentQuerySet:
        """Those that no revision has answered yet."""
        return self.filter(resolved_in__isnull=True)

    def by_answer(self) -> dict[Key, list[AnswerComment]]:
        """Return them by (roster item, question), as answers are kept."""
        found: dict[Key, list[AnswerComment]] = {}
        for comment in self:
            found.setdefault((comment.item, comment.question), []).append(comment)
        return found


class AnswerComment(models.Model):
    """What the reviewer says about one answer (退回意见): shown at the question while it is corrected."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="comments")
    #: The revision that it was said about.
    revision = models.PositiveIntegerField()
    #: The roster item of the answer; empty outside rosters.
    item = models.CharField(max_length=120, blank=True)
    #: The name of the question or roster.
    question = models.CharField(max_length=64)
    text = models.TextField(_("comment"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    #: The revision that came after it.
    resolved_in = models.PositiveIntegerField(null=True, blank=True)

    objects: ClassVar = AnswerCommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment on an answer")
        verbose_name_plural = _("comments on answers")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.question}"
