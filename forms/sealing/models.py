"""Who looked at what was masked, and why."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.service import School


class RevealLog(models.Model):
    """Somebody had sensitive answers shown (查阅记录). It is written before they are, and never changes."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="reveals", verbose_name=_("who")
    )
    #: "record", "submission", "export", and the id of the thing, which may be gone since.
    thing = models.CharField(_("what"), max_length=20)
    thing_id = models.CharField(max_length=64)
    #: What the thing is called, without anything sensitive.
    title = models.CharField(_("thing"), max_length=200)
    record = models.ForeignKey("forms.Record", models.SET_NULL, null=True, blank=True, related_name="reveals")
    school = models.ForeignKey(
        School, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("school")
    )
    #: The labels of the questions or properties, "、" between them.
    questions = models.CharField(_("answers"), max_length=500)
    reason = models.CharField(_("reason"), max_length=200)
    ip = models.GenericIPAddressField(_("IP address"), null=True, blank=True)
    at = models.DateTimeField(_("when"), auto_now_add=True, db_index=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("look at sensitive answers")
        verbose_name_plural = _("looks at sensitive answers")
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.user} · {self.title} · {self.questions}"
