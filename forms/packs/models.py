"""What packs brought, so that an upgrade tells the bureau's own changes from the pack's."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class PackPart(models.Model):
    """One thing that a pack brought, and the digest of it as it was brought last."""

    pack = models.CharField(_("pack"), max_length=60)
    kind = models.CharField(max_length=10)
    name = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    pack_version = models.PositiveIntegerField()
    loaded_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("part of a pack")
        verbose_name_plural = _("parts of packs")
        constraints = [models.UniqueConstraint(fields=["kind", "name"], name="pack_part_once")]

    def __str__(self) -> str:
        return f"{self.pack}: {self.kind} {self.name}"
