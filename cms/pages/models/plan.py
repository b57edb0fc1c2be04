"""Plan templates and the plans written from them."""

from __future__ import annotations

from django.db import models
from django.forms import CheckboxSelectMultiple
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from cms.pages.blocks import (
    AttachmentListBlock,
    BasisListBlock,
    BodyBlock,
    CalendarBlock,
    LeadingGroupBlock,
    PlanSectionsBlock,
    TemplateSectionsBlock,
)
from cms.pages.fields import BodyField, writable
from cms.pages.forms.plan import PlanForm
from cms.pages.models.base import BasePage
from cms.pages.models.terms import Topic
from cms.pages.panels import TemplatePanel


class PlanLevel(models.TextChoices):
    """Who the plan is for (层级)."""

    CLASS = "class", _("Class")
    SCHOOL = "school", _("School")
    TOWNSHIP = "township", _("Township")
    COUNTY = "county", _("County")
    CITY = "city", _("City")


class Term(models.TextChoices):
    """Part of the school year (学期)."""

    YEAR = "year", _("Whole school year")
    AUTUMN = "autumn", _("First term (autumn)")
    SPRING = "spring", _("Second term (spring)")

    @property
    def short_label(self) -> str:
        """The term as it stands in a title: 第一学期."""
        return str({"autumn": _("First term"), "spring": _("Second term")}.get(self.value, self.label))


class PlanTemplatePage(BasePage):
    """A template that schools write plans from (计划模板)."""

    level = models.CharField(_("level"), max_length=10, choices=PlanLevel.choices, default=PlanLevel.SCHOOL)
    topics = ParentalManyToManyField(Topic, blank=True, related_name="templates", verbose_name=_("topics"))
    sections = BodyField(TemplateSectionsBlock(), verbose_name=_("sections"))
    calendar = BodyField(CalendarBlock(), verbose_name=_("calendar"), blank=True)
    attachments = BodyField(AttachmentListBlock(), verbose_name=_("attachments"), blank=True)

    template = "cms/plan_template.html"
    parent_page_types = ["cms.TemplateIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("level"), FieldPanel("date", heading=_("Published on"))]),
        FieldPanel("topics", widget=CheckboxSelectMultiple),
        FieldPanel("sections"),
        FieldPanel("calendar"),
        FieldPanel("attachments"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("sections"), index.FilterField("level")]

    api_fields = [*BasePage.api_fields, *writable("level", "topics", "sections", "calendar", "attachments")]

    class Meta:
        verbose_name = _("plan template")
        verbose_name_plural = _("plan templates")


class PlanPage(BasePage):
    """A plan (工作计划). Sections and calendar began as copies of the template's at `template_revision`."""

    level = models.CharField(_("level"), max_length=10, choices=PlanLevel.choices, default=PlanLevel.SCHOOL)
    school_year = models.PositiveSmallIntegerField(
        _("school year"),
        null=True,
        blank=True,
        db_index=True,
        help_text=_("The year in which it began: 2026 for 2026—2027."),
    )
    term = models.CharField(_("term"), max_length=10, choices=Term.choices, default=Term.YEAR)
    template_page = models.ForeignKey(
        PlanTemplatePage,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="plans",
        verbose_name=_("template"),
        editable=False,
    )
    template_revision = models.ForeignKey(
        "wagtailcore.Revision", models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    topics = ParentalManyToManyField(Topic, blank=True, related_name="plans", verbose_name=_("topics"))
    sections = BodyField(PlanSectionsBlock(), verbose_name=_("sections"), blank=True)
    calendar = BodyField(CalendarBlock(), verbose_name=_("calendar"), blank=True)
    leading_group = BodyField(LeadingGroupBlock(), verbose_name=_("leading group"), blank=True)
    basis = BodyField(BasisListBlock(), verbose_name=_("basis documents"), blank=True)
    body = BodyField(
        BodyBlock(),
        verbose_name=_("further text"),
        blank=True,
        help_text=_("Whatever has no place in a section."),
    )
    attachments = BodyField(AttachmentListBlock(), verbose_name=_("attachments"), blank=True)

    template = "cms/plan.html"
    parent_page_types = ["cms.PlanIndexPage"]
    subpage_types: list[str] = []
    base_form_class = PlanForm
    content_panels = [
        TemplatePanel(),
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("school_year"), FieldPanel("term")]),
                FieldRowPanel([FieldPanel("level"), FieldPanel("date", heading=_("Day of the plan"))]),
                FieldPanel("topics", widget=CheckboxSelectMultiple),
            ],
            heading=_("Period and topics"),
            icon="calendar-alt",
        ),
        FieldPanel("sections"),
        FieldPanel("calendar"),
        FieldPanel("leading_group"),
        FieldPanel("basis"),
        FieldPanel("body"),
        FieldPanel("attachments"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("sections"),
        index.SearchField("calendar"),
        index.SearchField("body"),
        index.FilterField("level"),
        index.FilterField("school_year"),
        index.FilterField("term"),
    ]

    api_fields = [
        *BasePage.api_fields,
        *writable(
            "level",
            "school_year",
            "term",
            "topics",
            "sections",
            "calendar",
            "leading_group",
            "basis",
            "body",
            "attachments",
        ),
    ]

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")

    def row_choices(self) -> list[tuple[str, str]]:
        """Return the calendar's rows as (block id, 9月 · 摸清底数), for a select."""
        return [
            (row.id, f"{row.value.when} · {Truncator(row.value['work']).chars(40)}")
            for row in self.calendar
            if row.id
        ]


class DeclinedTemplate(models.Model):
    """A "not now" to one revision of a plan's template (暂不采纳), apart from the plan's own revisions."""

    plan = models.ForeignKey(PlanPage, models.CASCADE, related_name="declined_templates")
    revision = models.ForeignKey("wagtailcore.Revision", models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "revision"], name="template_declined_once")]

    def __str__(self) -> str:
        return f"{self.plan_id}: {self.revision_id}"
