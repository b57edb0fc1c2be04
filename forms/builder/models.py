"""The question library: questions and rosters that can be put into any form."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.service import School, school_ids_of, user_is_bureau


class LibraryQuestionQuerySet(models.QuerySet["LibraryQuestion"]):
    """Verbs over the library."""

    def for_user(self, user: Any) -> LibraryQuestionQuerySet:
        """What the user may put into her forms: all for the bureau; else the bureau's and her own schools'."""
        if user_is_bureau(user):
            return self.all()
        ids = school_ids_of(user)
        return self.filter(models.Q(school__isnull=True) | models.Q(school__in=ids)) if ids else self.none()


class LibraryQuestion(models.Model):
    """A question, note or roster of the library (题库). `lists` holds the choices that it needs, by name."""

    title = models.CharField(_("title"), max_length=120)
    #: Empty for the bureau's, which all schools may use.
    school = models.ForeignKey(
        School,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="library_questions",
        verbose_name=_("school"),
    )
    kind = models.CharField(_("Type of question"), max_length=30, editable=False)
    content = models.JSONField(editable=False)
    lists = models.JSONField(default=dict, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar = LibraryQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question of the library")
        verbose_name_plural = _("question library")
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title
