"""Starting a plan from a template, and taking or declining the template's later changes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Revision

from cms.pages.actions.merge import apply_changes
from cms.pages.models.indexes import PlanIndexPage
from cms.pages.models.plan import DeclinedTemplate, PlanPage, PlanTemplatePage, Term
from cms.pages.plan_template import newer_revision, template_changes
from cms.text import school_year_label

TEMPLATE_WORD = "模板"


def plan_title(template: PlanTemplatePage, school_year: int, term: str) -> str:
    """Return the title that a plan gets: 2026—2027学年第一学期留守儿童关爱工作计划."""
    part = "" if term == Term.YEAR else str(Term(term).short_label)
    return f"{school_year_label(school_year)}{part}{template.title.removesuffix(TEMPLATE_WORD)}"


@dataclass
class NewPlan:
    """What both ways to begin a plan share: the right, and a first revision of a draft. `user=None` is the operator."""

    parent: PlanIndexPage
    user: Any
    school_year: int
    term: str = Term.YEAR
    title: str = ""
    plan: PlanPage = field(init=False)

    def check(self) -> None:
        """Raise PermissionDenied without the right to add pages there."""
        if self.user is not None and not self.parent.permissions_for_user(self.user).can_add_subpage():
            raise PermissionDenied

    def keep(self, source: PlanPage | PlanTemplatePage, title: str, **fields: Any) -> PlanPage:
        """Write the draft with level and topics of what it begins from, and return it."""
        self.plan = PlanPage(
            title=self.title or title,
            owner=self.user,
            live=False,
            level=source.level,
            school_year=self.school_year,
            term=self.term,
            **fields,
        )
        self.parent.add_child(instance=self.plan)
        self.plan.topics.set(source.topics.all())
        self.plan.save()
        self.plan.save_revision(user=self.user)
        return self.plan


@dataclass(kw_only=True)
class StartPlan(NewPlan):
    """Make a draft plan from the published text of a template (从模板新建计划).

    Sections (heading and starting text), calendar, level and topics are copied once. Raises PermissionDenied
    without the right to add pages there, ValidationError when the template is not published.
    """

    template: PlanTemplatePage

    def check(self) -> None:
        super().check()
        if not self.template.live:
            raise ValidationError({"template": _("This template is not published.")})

    @transaction.atomic
    def execute(self) -> PlanPage:
        self.check()
        template = PlanTemplatePage.objects.get(pk=self.template.pk)
        return self.keep(
            template,
            plan_title(template, self.school_year, self.term),
            template_page=template,
            template_revision=template.live_revision,
            sections=[("section", section_from_template(child)) for child in template.sections],
            calendar=[("row", row_from_template(child)) for child in template.calendar],
        )


@dataclass(kw_only=True)
class StartFromPlan(NewPlan):
    """Make a draft plan that begins as an earlier one (参照往年计划新建).

    Sections, calendar, level, topics and the template are copied; people, basis and files are not: they are another
    year's, or another school's. `copied` is the text that the person may see: published, or the newest draft.
    Raises PermissionDenied without the right to add pages there.
    """

    copied: PlanPage

    @transaction.atomic
    def execute(self) -> PlanPage:
        self.check()
        copied = self.copied
        return self.keep(
            copied,
            next_title(copied, self.parent, self.school_year),
            template_page=copied.template_page,
            template_revision=copied.template_revision,
            sections=[(child.block_type, child.value) for child in copied.sections],
            calendar=[(child.block_type, child.value) for child in copied.calendar],
        )


def next_title(copied: PlanPage, parent: PlanIndexPage, school_year: int) -> str:
    """Return the earlier plan's title with the new school year, and the new school's name in the place of its own."""
    title = str(copied.title)
    if copied.school_year:
        title = title.replace(school_year_label(copied.school_year), school_year_label(school_year))
    if copied.school and parent.school:
        title = title.replace(copied.school.name, parent.school.name)
    return title


def section_from_template(child: Any) -> dict[str, Any]:
    """Return the plan's section that begins as the template's."""
    return {"heading": child.value["heading"], "body": child.value["starter"], "key": child.id}


def row_from_template(child: Any) -> dict[str, Any]:
    """Return the plan's calendar row that begins as the template's."""
    return {**child.value, "key": child.id}


@dataclass
class TakeTemplateChanges:
    """Put the chosen changes of the template into a new draft (采纳模板更新).

    `chosen` are ids of `template_changes`. Text that the school wrote is never touched: such changes
    cannot be chosen. From then on the plan follows the template's newer text. Raises PermissionDenied
    when the user may not edit the plan now, ValidationError when there is nothing newer.
    """

    plan: PlanPage
    user: Any
    chosen: Collection[str] = ()

    def check(self) -> None:
        check_user_can_edit_now(self.plan, self.user)

    @transaction.atomic
    def execute(self) -> Revision:
        self.check()
        draft = latest_draft(self.plan)
        newest = newer_revision(draft)
        if newest is None:
            raise ValidationError(_("The template has no newer text."))
        taken = [c for c in template_changes(draft) if c.can_be_taken and c.id in self.chosen]
        apply_changes(draft, newest.as_object(), taken)
        draft.template_revision = newest
        if not draft.live:
            draft.save(clean=False)
        return draft.save_revision(user=self.user, log_action=True)


@dataclass
class DeclineTemplateChanges:
    """Remember "not now" for the template's present revision; the next one is offered again (暂不采纳)."""

    plan: PlanPage
    user: Any

    @transaction.atomic
    def execute(self) -> None:
        check_user_can_edit_now(self.plan, self.user)
        if newest := newer_revision(latest_draft(self.plan)):
            DeclinedTemplate.objects.get_or_create(plan_id=self.plan.pk, revision=newest)
            log(instance=self.plan, action="cms.decline_template", user=self.user)


def latest_draft(plan: PlanPage) -> PlanPage:
    """Return the newest draft as the database has it now, held until the transaction ends."""
    return PlanPage.objects.select_for_update().get(pk=plan.pk).get_latest_revision_as_object()


def check_user_can_edit_now(plan: PlanPage, user: Any) -> None:
    """Raise PermissionDenied unless the user may edit the plan and no lock keeps her out."""
    if user is None:
        return
    rights = plan.permissions_for_user(user)
    if not rights.can_edit() or rights.page_locked():
        raise PermissionDenied
