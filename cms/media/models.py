"""Pictures and documents. Private until a published page uses them."""

from __future__ import annotations

from typing import Any

from django.core.files import File
from django.db import models
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    WagtailImageField,
    WagtailImageFieldFile,
    get_upload_to,
)
from wagtail.search import index

from cms.media import addresses, names
from cms.media.documents_in import check_document
from cms.media.pictures_in import CleanPicture, clean_picture
from cms.pages.fields import writable


class Consent(models.TextChoices):
    """Whether the people in a picture agreed to its publication (肖像授权)."""

    NO_PEOPLE = "no_people", _("No recognisable people")
    GIVEN = "given", _("Everyone shown (or their guardian) has agreed")
    UNKNOWN = "unknown", _("Not yet asked")


def is_new(file: Any) -> bool:
    """Say whether a file field holds content that is not in the store yet."""
    return bool(file) and not file._committed


class SiteImageFile(WagtailImageFieldFile):
    """The stored file of a picture; its address is the checked view's, for a file has none of its own."""

    @property
    def url(self) -> str:
        image: SiteImage = self.instance
        return addresses.picture(image.pk, image.version, f"original{names.extension_of(self.name)}")

    def save(self, name: str, content: File, save: bool = True) -> None:
        """Keep the content, written anew unless that is done: the one way by which a picture is stored."""
        if not isinstance(content, CleanPicture):
            content = clean_picture(content.file or content, name)
        super().save(str(content.name), content, save)


class SiteDocumentFile(FieldFile):
    """The stored file of a document."""

    def save(self, name: str, content: File, save: bool = True) -> None:
        """Keep the content, looked into unless that is done: the one way by which a document is stored."""
        if not getattr(content, "is_checked", False):
            check_document(content.file or content, name)
        super().save(name, content, save)


class SiteDocumentField(models.FileField):
    """A document's file, checked before it is stored."""

    attr_class = SiteDocumentFile


class SiteImageField(WagtailImageField):
    """A picture's file whose address goes through the checked view."""

    attr_class = SiteImageFile


class SiteImage(AbstractImage):
    """A picture (图片) with its credit and the consent of the people in it."""

    file = SiteImageField(_("file"), upload_to=get_upload_to, width_field="width", height_field="height")
    credit = models.CharField(
        _("credit"), max_length=80, blank=True, help_text=_("Who took or made the picture.")
    )
    consent = models.CharField(
        _("consent"),
        max_length=10,
        choices=Consent.choices,
        default=Consent.UNKNOWN,
        help_text=_("A picture without consent cannot be published."),
    )

    #: `cms.findable.folded` writes what is searched, in the transaction of the change.
    search_auto_update = False
    search_fields = [*AbstractImage.search_fields, index.SearchField("credit")]
    api_fields = writable("credit", "consent")
    admin_form_fields = (
        "title",
        "file",
        "consent",
        "description",
        "credit",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        permissions = [("choose_siteimage", "Can choose image")]

    @property
    def version(self) -> str:
        """Return what changes with the file's content; it is part of every address of the picture."""
        return self.file_hash[:10] or "0"

    def get_upload_to(self, filename: str) -> str:
        """Return where the file is kept. A person's file name never becomes a path."""
        return names.random_path("original_images", filename)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Note size and hash of a new file, and drop the renditions of the file that it replaces."""
        new_file = is_new(self.file)
        if new_file:
            if not isinstance(self.file.file, CleanPicture):
                self.file = clean_picture(self.file.file, self.file.name)  # type: ignore[assignment]
            self._set_image_file_metadata()
        super().save(*args, **kwargs)
        if new_file:
            self.renditions.all().delete()


class SiteRendition(AbstractRendition):
    """One size and format of a picture."""

    image = models.ForeignKey(SiteImage, related_name="renditions", on_delete=models.CASCADE)

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)

    @property
    def version(self) -> str:
        """Return what changes with content or focal point."""
        return f"{self.image.version}{self.focal_point_key}"

    @property
    def url(self) -> str:
        name = addresses.rendition_name(self.filter_spec, names.extension_of(self.file.name))
        return addresses.picture(self.image_id, self.version, name)


class SiteDocument(AbstractDocument):
    """A file to download (文档)."""

    file = SiteDocumentField(_("file"), upload_to=names.document_path)

    #: `cms.findable.folded` writes what is searched, in the transaction of the change.
    search_auto_update = False
    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_sitedocument", "Can choose document")]

    @property
    def filename(self) -> str:
        """Return the name under which the file is downloaded: its title, and the extension of the file."""
        return names.download_name(self.title, names.extension_of(self.file.name))

    @property
    def url(self) -> str:
        return addresses.document(self.pk, self.filename)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Note size and hash of a new file."""
        if is_new(self.file):
            self._set_document_file_metadata()
        super().save(*args, **kwargs)


class MediaUse(models.Model):
    """A live page shows this picture or document (使用). What no open page uses is private.

    `open`: neither the page nor one above it carries a view restriction. Kept by `cms.media.visibility` in
    the transaction of the change.
    """

    page = models.ForeignKey("cms.BasePage", models.CASCADE, related_name="media_uses")
    image = models.ForeignKey(SiteImage, models.CASCADE, null=True, related_name="uses")
    document = models.ForeignKey(SiteDocument, models.CASCADE, null=True, related_name="uses")
    open = models.BooleanField(default=False)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["page", "image"], name="media_use_of_image_once"),
            models.UniqueConstraint(fields=["page", "document"], name="media_use_of_document_once"),
            models.CheckConstraint(
                condition=models.Q(image__isnull=False, document__isnull=True)
                | models.Q(image__isnull=True, document__isnull=False),
                name="media_use_is_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.image_id or self.document_id}"
