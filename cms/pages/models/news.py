"""News of activities in schools."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel
from wagtail.search import index

from cms.pages.blocks import BodyBlock
from cms.pages.fields import BodyField, writable
from cms.pages.models.base import BasePage
from cms.pages.models.plan import PlanPage
from cms.pages.models.terms import ActivityKind


class ActivityNewsPage(BasePage):
    """News of an activity (活动新闻). `date` is the day of the activity."""

    kind = models.ForeignKey(
        ActivityKind, models.PROTECT, null=True, related_name="news", verbose_name=_("kind of activity")
    )
    place = models.CharField(_("place"), max_length=80, blank=True)
    picture = models.ForeignKey(
        "cms.SiteImage",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture for lists"),
    )
    body = BodyField(BodyBlock(), verbose_name=_("body"))
    related_plan = models.ForeignKey(
        PlanPage,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="news",
        verbose_name=_("plan it carries out"),
    )
    related_row = models.CharField(
        _("calendar row of the plan"),
        max_length=40,
        blank=True,
        help_text=_("Shown once a plan is chosen and saved."),
    )

    template = "cms/news.html"
    parent_page_types = ["cms.NewsIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("date", heading=_("Day of the activity")), FieldPanel("place")]),
                FieldPanel("kind"),
            ],
            heading=_("Activity"),
        ),
        FieldPanel("picture"),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                PageChooserPanel("related_plan"),
                FieldPanel(
                    "related_row",
                ),
            ],
            heading=_("Plan"),
        ),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body"), index.FilterField("kind")]

    api_fields = [
        *BasePage.api_fields,
        *writable("kind", "place", "picture", "body", "related_plan", "related_row"),
    ]

    class Meta:
        verbose_name = _("activity news")
        verbose_name_plural = _("activity news")
