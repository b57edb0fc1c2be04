"""Texts that are kept beside the things they belong to: of attachments, and folded ones for the admin's search."""

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


class FoldedText(models.Model):
    """The words of a page, a picture or a document as the admin's search compares them (查找用文本).

    All folded by `search.service.fold`, runs of white space made one space; written in the transaction that changed
    the thing, so that a search in the admin and in Wagtail's APIs needs no engine. `title` and `text` are what the row
    of the thing says, `draft` what a newer revision of a page says: the public is never asked about that.
    """

    #: Of the root model, such as that of all pages.
    content_type = models.ForeignKey("contenttypes.ContentType", models.CASCADE, related_name="+")
    object_id = models.BigIntegerField()
    title = models.TextField(blank=True)
    #: The title by pinyin and by initials, from each of its first words, a space before each.
    sounds = models.TextField(blank=True)
    text = models.TextField(blank=True)
    draft = models.TextField(blank=True)
    #: The rules of folding that the row was written by.
    folding = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["content_type", "object_id"], name="folded_once")]

    def __str__(self) -> str:
        return self.title
