"""The pages that list other pages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cms.pages.models.base import BasePage


class IndexPage(BasePage):
    """A page of the site's frame that lists others."""

    fixed_place = True
    is_creatable = False
    content_panels = BasePage.content_panels

    class Meta:
        abstract = True


class PolicyIndexPage(IndexPage):
    """The policy library (政策文件)."""

    template = "cms/policy_index.html"
    max_count = 1
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.PolicyPage"]

    class Meta:
        verbose_name = _("policy library")


class TemplateIndexPage(IndexPage):
    """The library of plan templates (计划模板)."""

    template = "cms/template_index.html"
    max_count = 1
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.PlanTemplatePage"]

    class Meta:
        verbose_name = _("template library")


class PlanIndexPage(IndexPage):
    """Plans (工作计划): of everybody under the home page, of one school under its page."""

    template = "cms/plan_index.html"
    max_count_per_parent = 1
    parent_page_types = ["cms.HomePage", "cms.SchoolPage"]
    subpage_types = ["cms.PlanPage"]

    class Meta:
        verbose_name = _("plan library")


class NewsIndexPage(IndexPage):
    """Activity news (活动新闻): of everybody under the home page, of one school under its page."""

    template = "cms/news_index.html"
    max_count_per_parent = 1
    parent_page_types = ["cms.HomePage", "cms.SchoolPage"]
    subpage_types = ["cms.ActivityNewsPage"]

    class Meta:
        verbose_name = _("news list")


class SchoolIndexPage(IndexPage):
    """The directory of schools (学校名录). School pages are made by `CreateSchool` alone."""

    template = "cms/school_index.html"
    max_count = 1
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.SchoolPage"]

    class Meta:
        verbose_name = _("school directory")
