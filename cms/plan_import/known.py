"""What the site knows already, and what a plan may refer to: schools, policies, plans of the same name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from cms.pages.models import PlanPage, PolicyPage
from cms.plan_import.lines import flat
from cms.plan_import.recognise.plan import Plan
from cms.schools.models import School

#: A name counts only whole: 实验小学 is not named by 东风实验小学, but 心桥县实验小学 does name it.
_BEFORE = r"(?:^|(?<=[^\u4e00-\u9fff])|(?<=[县市区镇乡省州在由和与为是是即]))"
_NO_DIFFERENCE = re.compile(r"[\s()\[\]【】]|第(?=\d)")
_TITLE = re.compile(r"《(.*)》(.*)", re.DOTALL)


@dataclass
class Known:
    """Looks things up for one batch; asks the database once for each kind of thing and file."""

    @cached_property
    def schools(self) -> list[School]:
        """Schools, longest names first: a longer name may hold a shorter one."""
        return sorted(School.objects.open(), key=lambda school: -len(school.name))

    def school_named_in(self, plan: Plan) -> School | None:
        """Return the one school that the plan names: in its title or signature, else anywhere in its text."""
        short = [text for text in (*plan.source[:4], *plan.source[-3:]) if len(text) <= 40]
        return self._only_school("\n".join([plan.title, *short])) or self._only_school("\n".join(plan.source))

    def _only_school(self, text: str) -> School | None:
        found: list[School] = []
        for school in self.schools:
            if school.name in text:
                text, times = re.subn(_BEFORE + re.escape(school.name), "\n", text, flags=re.MULTILINE)
                found += [school] if times else []
        return found[0] if len(found) == 1 else None

    def policies_for(self, plans: Iterable[Plan]) -> dict[str, PolicyPage]:
        """Return the published policies that the plans rest on, by what stands in `plan.basis`."""
        wanted = {title: _name_and_number(title) for plan in plans for title in plan.basis}
        if not wanted:
            return {}
        names = {name for name, _number in wanted.values()}
        rows = PolicyPage.objects.live().values_list("pk", "title", "document_number")
        rows = list(rows.filter(Q(title__in=names) | ~Q(document_number="")))
        by_title = {title: pk for pk, title, _number in rows}
        by_number = {_number_key(number): pk for pk, _title, number in rows if number}
        found = {
            title: by_title.get(name) or by_number.get(number) for title, (name, number) in wanted.items()
        }
        pages = PolicyPage.objects.in_bulk([pk for pk in found.values() if pk])
        return {title: pages[pk] for title, pk in found.items() if pk}

    def plans_titled(self, titles: Iterable[str]) -> dict[tuple[int | None, str], int]:
        """Return the pages that have these titles already: (school id, title) -> page id."""
        rows = PlanPage.objects.filter(title__in=list(titles)).values_list("school_id", "title", "pk")
        return {(school, title): pk for school, title, pk in rows}


def _name_and_number(basis: str) -> tuple[str, str]:
    match = _TITLE.fullmatch(basis)
    return (match[1], _number_key(match[2])) if match else (basis, "")


def _number_key(number: str) -> str:
    """Return a document number as it is compared: brackets, spaces and 第 make no difference."""
    return _NO_DIFFERENCE.sub("", flat(number))
