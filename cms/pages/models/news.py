"""News of activities in schools."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.forms import Select
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from cms.pages.blocks import BodyBlock
from cms.pages.fields import BodyField, writable
from cms.pages.forms.news import ActivityNewsForm
from cms.pages.models.base import BasePage
from cms.pages.models.plan import PlanPage
from cms.pages.models.terms import ActivityKind
from cms.pages.text import first_picture


class ActivityNewsPage(BasePage):
    """News of an activity (活动新闻). `date` is the day of the activity."""

    kind = models.ForeignKey(
        ActivityKind, models.PROTECT, null=True, related_name="news", verbose_name=_("kind of activity")
    )
    place = models.CharField(
        _("place"),
        max_length=80,
        blank=True,
        help_text=_("For example: the playground, the village committee."),
    )
    picture = models.ForeignKey(
        "cms.SiteImage",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture for lists"),
        help_text=_("Left empty, the first picture of the text is used."),
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
        _("calendar row of the plan"), max_length=40, blank=True, help_text=_("The row's id in the calendar.")
    )

    derived_fields = ("intro", "picture")
    template = "cms/news.html"
    parent_page_types = ["cms.NewsIndexPage"]
    subpage_types: list[str] = []
    base_form_class = ActivityNewsForm
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [FieldPanel("date", heading=_("Day of the activity")), FieldPanel("kind", widget=Select)],
                ),
                FieldPanel("place"),
            ],
            heading=_("Activity"),
            icon="calendar-check",
        ),
        FieldPanel("body"),
        FieldPanel("picture"),
        MultiFieldPanel(
            [FieldPanel("related_plan"), FieldPanel("related_row")], heading=_("Plan"), icon="list-ul"
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

    def derived_values(self) -> dict[str, Any]:
        """Beside the introduction: the first picture of the body stands in lists."""
        values = super().derived_values()
        if self.picture_id is None:
            values["picture"] = first_picture(self)
        return values

    @classmethod
    def from_serializable_data(cls, data: Any, check_fks: bool = True, strict_fks: bool = False) -> Any:
        """Return a version of the page; its kind is empty when the bureau has deleted it since.

        modelcluster fails on a protected key whose target is gone.
        """
        kind = data.get("kind")
        if check_fks and kind is not None and not ActivityKind.objects.filter(pk=kind).exists():
            data = {**data, "kind": None}
        return super().from_serializable_data(data, check_fks=check_fks, strict_fks=strict_fks)
