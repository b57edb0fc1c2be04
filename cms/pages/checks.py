"""What plans and news must have before they go to the bureau."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from cms.moderation.checks import Problem, submission_check
from cms.pages.models import ActivityNewsPage, PlanPage
from cms.pages.plan_template import empty_required_sections

if TYPE_CHECKING:
    from cms.pages.models import BasePage


@submission_check
def required_sections_are_written(page: BasePage) -> Iterator[Problem]:
    """A plan answers every section that its template requires (必填章节)."""
    if isinstance(page, PlanPage):
        for heading in empty_required_sections(page):
            yield Problem(
                _("The required section “%(heading)s” is empty.") % {"heading": heading}, "sections"
            )


@submission_check
def news_have_a_kind(page: BasePage) -> Iterator[Problem]:
    """News say what kind of activity they are about, by whatever way they were written."""
    if isinstance(page, ActivityNewsPage) and page.kind_id is None:
        yield Problem(_("The kind of activity is missing."), "kind")
