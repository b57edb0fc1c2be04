"""Code lists (代码表): choices that many forms share and that are too long to stand in each, such as division codes."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class CodeList(models.Model):
    """A named list of codes."""

    name = models.SlugField(_("name"), max_length=64, unique=True)
    title = models.CharField(_("title"), max_length=120)
    source = models.CharField(_("source"), max_length=300, blank=True)
    #: Grows with each change, so that what was kept of the list is known to be old.
    revision = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("code list")
        verbose_name_plural = _("code lists")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.title


class Code(models.Model):
    """A code and what it means. `parent` is the code above it: a county's city."""

    codes = models.ForeignKey(CodeList, models.CASCADE, related_name="entries")
    value = models.CharField(_("value"), max_length=64)
    label = models.CharField(_("label"), max_length=200)
    parent = models.CharField(_("parent"), max_length=64, blank=True)
    position = models.PositiveIntegerField(default=0)
    #: A code that new answers may no longer take; old answers keep their label.
    retired = models.BooleanField(_("retired"), default=False)
    extra = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("code")
        verbose_name_plural = _("codes")
        ordering = ["position", "value"]
        constraints = [models.UniqueConstraint(fields=["codes", "value"], name="code_once_in_list")]
        indexes = [models.Index(fields=["codes", "parent", "position"], name="code_by_parent")]

    def __str__(self) -> str:
        return f"{self.value} {self.label}"
