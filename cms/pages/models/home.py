"""The bureau's home page and plain pages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from cms.pages.blocks import BodyBlock
from cms.pages.fields import BodyField, writable
from cms.pages.models.base import BasePage


class HomePage(BasePage):
    """The front page of the bureau's site (首页)."""

    notice = BodyField(BodyBlock(), verbose_name=_("notice"), blank=True)

    fixed_place = True
    template = "cms/home.html"
    max_count = 1
    parent_page_types = ["cms.BasePage"]
    subpage_types = [
        "cms.PolicyIndexPage",
        "cms.TemplateIndexPage",
        "cms.PlanIndexPage",
        "cms.NewsIndexPage",
        "cms.SchoolIndexPage",
        "cms.StandardPage",
    ]
    content_panels = [*BasePage.content_panels, FieldPanel("notice")]

    api_fields = [*BasePage.api_fields, *writable("notice")]

    class Meta:
        verbose_name = _("home page")


class StandardPage(BasePage):
    """A plain page: about us, accessibility, privacy (普通页面)."""

    body = BodyField(BodyBlock(), verbose_name=_("body"), blank=True)

    template = "cms/standard.html"
    parent_page_types = ["cms.HomePage", "cms.StandardPage"]
    subpage_types = ["cms.StandardPage"]
    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    api_fields = [*BasePage.api_fields, *writable("body")]

    class Meta:
        verbose_name = _("plain page")
