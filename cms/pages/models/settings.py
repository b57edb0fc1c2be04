"""What the bureau says about itself on every page."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


@register_setting(icon="home")
class BureauSettings(BaseSiteSetting):
    """Name, address and the lines at the foot of every page (站点信息)."""

    bureau_name = models.CharField(_("name of the bureau"), max_length=80, blank=True)
    tagline = models.CharField(_("one line about the site"), max_length=120, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    phone = models.CharField(_("phone"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    icp_number = models.CharField(_("ICP filing number"), max_length=60, blank=True)
    police_number = models.CharField(_("public security filing number"), max_length=60, blank=True)

    panels = [
        MultiFieldPanel([FieldPanel("bureau_name"), FieldPanel("tagline")], heading=_("Name")),
        MultiFieldPanel(
            [FieldPanel("address"), FieldPanel("phone"), FieldPanel("email")], heading=_("Contact")
        ),
        MultiFieldPanel([FieldPanel("icp_number"), FieldPanel("police_number")], heading=_("Filing numbers")),
    ]

    class Meta:
        verbose_name = _("bureau settings")
