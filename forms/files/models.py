"""Files of answers, in a private store of their own. They never enter Wagtail's libraries."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class AnswerFile(models.Model):
    """A file that answers a question (答案附件). `stored_name` is made by us; the person's file name is only shown.

    It belongs to a draft, and by the same uuid to its submission.
    """

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draft = models.ForeignKey("forms.Draft", models.CASCADE, related_name="files")
    question = models.CharField(max_length=64)
    name = models.CharField(_("file name"), max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    stored_name = models.CharField(max_length=120, unique=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("file of an answer")
        verbose_name_plural = _("files of answers")
        ordering = ["created_at"]

    def __str__(self) -> str:
        return self.name

    @property
    def url(self) -> str:
        """Return the address of the view that checks who asks."""
        return reverse("forms_answer_file", kwargs={"uuid": self.pk})
