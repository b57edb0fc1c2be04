"""Page types and what they refer to, one file each."""

from cms.pages.models.base import BasePage
from cms.pages.models.home import HomePage, StandardPage
from cms.pages.models.indexes import (
    NewsIndexPage,
    PlanIndexPage,
    PolicyIndexPage,
    SchoolIndexPage,
    TemplateIndexPage,
)
from cms.pages.models.news import ActivityNewsPage
from cms.pages.models.plan import DeclinedTemplate, PlanLevel, PlanPage, PlanTemplatePage, Term
from cms.pages.models.policy import PolicyPage, PolicyReplacement, PolicyStatus
from cms.pages.models.school import SchoolPage
from cms.pages.models.settings import BureauSettings
from cms.pages.models.terms import ActivityKind, Topic

__all__ = [
    "ActivityKind",
    "ActivityNewsPage",
    "BasePage",
    "BureauSettings",
    "DeclinedTemplate",
    "HomePage",
    "NewsIndexPage",
    "PlanIndexPage",
    "PlanLevel",
    "PlanPage",
    "PlanTemplatePage",
    "PolicyIndexPage",
    "PolicyPage",
    "PolicyReplacement",
    "PolicyStatus",
    "SchoolIndexPage",
    "SchoolPage",
    "StandardPage",
    "TemplateIndexPage",
    "Term",
    "Topic",
]
