"""The blocks of plans and plan templates: sections, calendar, people, basis."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.pages.blocks.body import TEXT_FEATURES, AttachmentBlock
from cms.pages.blocks.values import FIRST_MONTH, BasisValue, CalendarRowValue


def months() -> list[tuple[str, str]]:
    """Return the months as choices, in the order of the school year (学年): September first."""
    ordered = [*range(FIRST_MONTH, 13), *range(1, FIRST_MONTH)]
    return [(str(month), gettext("Month %(month)d") % {"month": month}) for month in ordered]


def later_months() -> list[tuple[str, str]]:
    """Return the months in which a row may end; most begin and end in the same one."""
    return [("", gettext("the same month")), *months()]


class KeyBlock(blocks.CharBlock):
    """The id of the template's block that this one was copied from. Carried along, never shown."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(required=False, max_length=40, search_index=False, **kwargs)
        self.field.widget = forms.HiddenInput()


class TemplateSectionBlock(blocks.StructBlock):
    """A section that plans made from the template will have (章节). The block's id is the section's key."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=120)
    required = blocks.BooleanBlock(
        label=_("Required"),
        required=False,
        default=True,
        help_text=_("A plan cannot be submitted while this section is empty."),
    )
    guidance = blocks.RichTextBlock(
        label=_("Guidance"),
        features=TEXT_FEATURES,
        required=False,
        help_text=_("What belongs here, for whoever writes the plan."),
    )
    starter = blocks.RichTextBlock(
        label=_("Starting text"),
        features=TEXT_FEATURES,
        required=False,
        help_text=_("Copied into each new plan."),
    )

    class Meta:
        icon = "list-ul"
        label = _("Plan section")
        label_format = "{heading}"


class PlanSectionBlock(blocks.StructBlock):
    """A section of a plan (章节). `key` names the template's section that it was copied from."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=200)
    body = blocks.RichTextBlock(label=_("Text"), features=TEXT_FEATURES, required=False)
    key = KeyBlock(label=_("Key of the template's section"))

    class Meta:
        icon = "list-ul"
        label = _("Plan section")
        label_format = "{heading}"
        form_template = "cms/admin/blocks/plan_section.html"


class CalendarRowBlock(blocks.StructBlock):
    """What is done when (月历行): one month, or from one month to another."""

    first_month = blocks.ChoiceBlock(label=_("From month"), choices=months)
    last_month = blocks.ChoiceBlock(label=_("To month"), choices=later_months, required=False)
    label = blocks.CharBlock(label=_("In words, for example: early April"), max_length=40, required=False)
    work = blocks.TextBlock(label=_("Work"), rows=2)
    key = KeyBlock(label=_("Key of the template's row"))

    class Meta:
        icon = "calendar"
        label = _("Calendar row")
        label_format = "{first_month} {label} {work}"
        form_template = "cms/admin/blocks/calendar_row.html"
        value_class = CalendarRowValue


class PersonBlock(blocks.StructBlock):
    """A member of the leading group (领导小组)."""

    role = blocks.CharBlock(label=_("Role"), max_length=40, help_text=_("For example: head, deputy, member."))
    names = blocks.CharBlock(label=_("Names"), max_length=400, required=False)
    duty = blocks.TextBlock(label=_("Duty"), required=False, rows=2)

    class Meta:
        icon = "group"
        label = _("Member")
        label_format = "{role} {names}"


class BasisBlock(blocks.StructBlock):
    """A document the plan rests on (依据文件): a policy on this site, or its name."""

    policy = blocks.PageChooserBlock(label=_("Policy"), page_type="cms.PolicyPage", required=False)
    title = blocks.CharBlock(
        label=_("Title"),
        max_length=200,
        required=False,
        help_text=_("When the document is not on this site, or is called otherwise."),
    )

    class Meta:
        icon = "doc-full"
        label = _("Basis document")
        label_format = "{title}"
        value_class = BasisValue


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
