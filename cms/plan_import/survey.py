"""From files to plans ready to become pages: read, split, recognised, named, placed. Writes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from django.utils.translation import gettext as _

from cms.plan_import.fields import kept_characters, page_fields, read_characters
from cms.plan_import.known import Known
from cms.plan_import.permissions import user_can_import_for
from cms.plan_import.readers import ReadError, SourceFile, read_document
from cms.plan_import.readers.docx_numbers import chinese
from cms.plan_import.recognise.plan import Plan, recognise
from cms.plan_import.recognise.splitting import split_plans
from cms.plan_import.recognise.titles import is_generic
from cms.plan_import.warnings import warnings_about
from cms.schools.models import School

TITLE_LIMIT = 255


@dataclass
class FoundPlan:
    """A plan with the values of its page. `duplicate_of` is a page of the same title in the same place."""

    plan: Plan
    title: str
    school: School | None
    fields: dict[str, Any]
    warnings: list[str]
    duplicate_of: int | None = None
    repeats: bool = False  # the same text stood in this batch before

    @property
    def is_new(self) -> bool:
        return self.duplicate_of is None and not self.repeats

    def report(self) -> dict[str, Any]:
        """Return what the command prints and the screen shows. Keys: docs/features/plan-import.md."""
        calendar = self.plan.calendar
        return {
            "title": self.title,
            "level": self.plan.level,
            "school_year": self.plan.period.school_year,
            "term": self.fields["term"],
            "school": self.school.code if self.school else None,
            "sections": [section.heading for section in self.plan.sections],
            "calendar": [
                {
                    "first_month": row.first_month,
                    "last_month": row.last_month,
                    "label": row.label,
                    "work": row.work,
                }
                for row in calendar
            ],
            "leading_group": [{"role": person.role, "names": person.names} for person in self.plan.people],
            "basis": list(self.plan.basis),
            "characters_in": read_characters(self.plan),
            "characters_kept": kept_characters(self.plan, self.fields),
            "warnings": self.warnings,
            "duplicate_of": self.duplicate_of,
            "page": None,
        }


@dataclass
class Survey:
    """Reads the files of one batch for one place. Raises nothing but ReadError, for the file at hand."""

    school: School | None
    user: Any = None
    known: Known = field(default_factory=Known)
    _texts: set[tuple[int | None, str]] = field(default_factory=set)
    _titles: set[tuple[int | None, str]] = field(default_factory=set)

    def plans_in(self, source: SourceFile) -> list[FoundPlan]:
        """Return the plans of a file; raise ReadError when it cannot be read."""
        if source.error:
            raise ReadError(source.error)
        document = read_document(source.name, source.data)
        plans = [recognise(part) for part in split_plans(document.lines)]
        policies = self.known.policies_for(plans)
        found = [self._place(plan, source.name, policies, document.warnings) for plan in plans]
        existing = self.known.plans_titled(plan.title for plan in found)
        for plan in found:
            self._compare(plan, existing)
        return found

    def _place(self, plan: Plan, name: str, policies: Mapping[str, Any], warnings: list[str]) -> FoundPlan:
        named = self.known.school_named_in(plan)
        said = [*warnings, *warnings_about(plan)]
        school = self.school
        if named and school and named != school:
            said.append(_("The text names another school: %(school)s.") % {"school": named.name})
        elif named and (self.user is None or user_can_import_for(self.user, named)):
            school = named
        return FoundPlan(plan, _title(plan, name), school, page_fields(plan, policies), said)

    def _compare(self, found: FoundPlan, existing: dict[tuple[int | None, str], int]) -> None:
        """Mark what is there already; give plans of one batch that share a title a number each."""
        place = found.school.pk if found.school else None
        text = "".join("".join(found.plan.source).split())
        if (place, text) in self._texts:
            found.repeats = True
            found.warnings.append(_("The same text stands in this batch already; no second page is made."))
            return
        self._texts.add((place, text))
        if (place, found.title) in existing:
            found.duplicate_of = existing[(place, found.title)]
            found.warnings.append(
                _("There is a plan of this title already (page %(id)d); make a second one only if meant.")
                % {"id": found.duplicate_of}
            )
        self._make_title_distinct(found, place)

    def _make_title_distinct(self, found: FoundPlan, place: int | None) -> None:
        title, number = found.title, 1
        while (place, title) in self._titles:
            number += 1
            title = f"{found.title}（{chinese(number)}）"
        if title != found.title:
            found.warnings.append(_("Another plan of this batch has the same title; a number was added."))
        found.title = title
        self._titles.add((place, title))


def _title(plan: Plan, file_name: str) -> str:
    """Return the plan's title, else the file's name; a bare 篇一 gets the file's name before it."""
    stem = PurePath(file_name.replace("\\", "/")).stem.strip()
    title = plan.title or stem
    if plan.title and is_generic(plan.title):
        title = f"{stem} {plan.title}"
    return title[:TITLE_LIMIT] or _("Plan without a title")
