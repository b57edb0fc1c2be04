"""The text of attachments, read once and kept, so that a rebuild of the index opens no file twice."""

from __future__ import annotations

from django.db import models


class AttachmentText(models.Model):
    """The words of one document (附件正文), or the reason why it has none."""

    document = models.OneToOneField("cms.SiteDocument", models.CASCADE, related_name="text")
    file_name = models.CharField(max_length=255)
    text = models.TextField(blank=True)
    error = models.TextField(blank=True)

    def __str__(self) -> str:
        return str(self.document)
