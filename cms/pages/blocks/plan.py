"""The blocks of plans and plan templates: sections, calendar, people, basis."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.pages.blocks.body import TEXT_FEATURES, AttachmentBlock

MONTHS = [(str(month), _("Month %(month)d") % {"month": month}) for month in range(1, 13)]


class TemplateSectionBlock(blocks.StructBlock):
    """A section that plans made from the template will have (章节). The block's id is the section's key."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=120)
    guidance = blocks.RichTextBlock(
        label=_("Guidance"),
        features=TEXT_FEATURES,
        required=False,
        help_text=_("What belongs here, for whoever writes the plan."),
    )
    required = blocks.BooleanBlock(label=_("Required"), required=False, default=True)
    starter = blocks.RichTextBlock(
        label=_("Starting text"),
        features=TEXT_FEATURES,
        required=False,
        help_text=_("Copied into each new plan."),
    )

    class Meta:
        icon = "list-ul"
        label = _("Section")


class PlanSectionBlock(blocks.StructBlock):
    """A section of a plan (章节)."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=200)
    body = blocks.RichTextBlock(label=_("Text"), features=TEXT_FEATURES, required=False)
    key = blocks.CharBlock(required=False, label=_("Key of the template's section"), max_length=40)

    class Meta:
        icon = "list-ul"
        label = _("Section")
        form_template = "cms/admin/blocks/plan_section.html"


class CalendarRowBlock(blocks.StructBlock):
    """What is done when (月历行): one month, or from one month to another."""

    first_month = blocks.ChoiceBlock(label=_("From month"), choices=MONTHS)
    last_month = blocks.ChoiceBlock(label=_("To month"), choices=MONTHS, required=False)
    label = blocks.CharBlock(
        label=_("In words"),
        max_length=40,
        required=False,
        help_text=_("When the month alone is not enough: early April, week 3."),
    )
    work = blocks.TextBlock(label=_("Work"))
    key = blocks.CharBlock(required=False, label=_("Key of the template's row"), max_length=40)

    class Meta:
        icon = "calendar"
        label = _("Calendar row")


class PersonBlock(blocks.StructBlock):
    """A member of the leading group (领导小组)."""

    role = blocks.CharBlock(label=_("Role"), max_length=40)
    names = blocks.CharBlock(label=_("Names"), max_length=400, required=False)
    duty = blocks.TextBlock(label=_("Duty"), required=False)

    class Meta:
        icon = "group"
        label = _("Member")


class BasisBlock(blocks.StructBlock):
    """A document the plan rests on (依据文件): a policy on this site, or its name."""

    policy = blocks.PageChooserBlock(label=_("Policy"), page_type="cms.PolicyPage", required=False)
    title = blocks.CharBlock(label=_("Title"), max_length=200, required=False)

    class Meta:
        icon = "doc-full"
        label = _("Basis document")


class TemplateSectionsBlock(blocks.StreamBlock):
    """The sections of a template, in order."""

    section = TemplateSectionBlock()


class PlanSectionsBlock(blocks.StreamBlock):
    """The sections of a plan, in order."""

    section = PlanSectionBlock()


class CalendarBlock(blocks.StreamBlock):
    """The calendar (月历): rows in the order of the school year."""

    row = CalendarRowBlock()


class LeadingGroupBlock(blocks.StreamBlock):
    """The leading group (领导小组)."""

    person = PersonBlock()


class BasisListBlock(blocks.StreamBlock):
    """The documents a plan rests on (依据文件)."""

    basis = BasisBlock()


class AttachmentListBlock(blocks.StreamBlock):
    """Files to download (附件)."""

    attachment = AttachmentBlock()
