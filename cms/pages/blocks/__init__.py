"""StreamField blocks: what a body, a plan's sections and a calendar are made of."""

from cms.pages.blocks.body import BodyBlock
from cms.pages.blocks.plan import (
    AttachmentListBlock,
    BasisListBlock,
    CalendarBlock,
    LeadingGroupBlock,
    PlanSectionsBlock,
    TemplateSectionsBlock,
)

__all__ = [
    "AttachmentListBlock",
    "BasisListBlock",
    "BodyBlock",
    "CalendarBlock",
    "LeadingGroupBlock",
    "PlanSectionsBlock",
    "TemplateSectionsBlock",
]
