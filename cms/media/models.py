"""Pictures and documents. Private until a published page uses them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class Consent(models.TextChoices):
    """Whether the people in a picture agreed to its publication (肖像授权)."""

    NO_PEOPLE = "no_people", _("No recognisable people")
    GIVEN = "given", _("Everyone shown (or their guardian) has agreed")
    UNKNOWN = "unknown", _("Not yet asked")


class SiteImage(AbstractImage):
    """A picture (图片) with its credit and the consent of the people in it."""

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

    admin_form_fields = (*Image.admin_form_fields, "credit", "consent")

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        permissions = [("choose_siteimage", "Can choose image")]


class SiteRendition(AbstractRendition):
    """One size and format of a picture."""

    image = models.ForeignKey(SiteImage, related_name="renditions", on_delete=models.CASCADE)

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)


class SiteDocument(AbstractDocument):
    """A file to download (文档)."""

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_sitedocument", "Can choose document")]
