"""What stands beside the rows of a list: topics, and which policy replaces which. One query for all rows."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from cms.api.fields import Field
from cms.api.serialize.addresses import page_path
from cms.api.serialize.references import References
from cms.pages.models import BasePage, PolicyPage, PolicyReplacement
from cms.pages.selectors import published


def topics_field(model: type[BasePage]) -> Field:
    """The page's topics, in the order of the bureau's list."""

    def of_rows(ids: list[int]) -> dict[int, list[dict[str, str]]]:
        found: dict[int, list[dict[str, str]]] = defaultdict(list)
        rows = model.objects.filter(pk__in=ids, topics__isnull=False).order_by("topics__order", "topics__pk")
        for pk, slug, name in rows.values_list("pk", "topics__slug", "topics__name"):
            found[pk].append({"slug": slug, "name": name})
        return found

    def of_page(page: Any) -> list[dict[str, str]]:
        return [{"slug": t.slug, "name": t.name} for t in sorted(page.topics.all(), key=_in_order)]

    return Field("topics", loader=of_rows, of_page=of_page, make=lambda _references, found: found or [])


def _in_order(topic: Any) -> tuple[int, int]:
    return topic.order, topic.pk


@dataclass(frozen=True)
class PolicyLink:
    """One end of a replacement, as stored; called with the host it becomes JSON."""

    pk: int
    title: str
    url_path: str
    document_number: str
    how: str

    def __call__(self, base: str) -> dict[str, Any]:
        return {
            "id": self.pk,
            "type": "policy",
            "title": self.title,
            "url": base + page_path(self.url_path),
            "document_number": self.document_number,
            "how": self.how,
        }


@dataclass
class Replacements:
    """The two directions: what a policy replaces, and what replaces it."""

    earlier: list[PolicyLink] = field(default_factory=list)
    later: list[PolicyLink] = field(default_factory=list)


_COLUMNS = [
    f"{end}__{name}" for end in ("page", "earlier") for name in ("pk", "title", "url_path", "document_number")
]


def replacements_of_rows(ids: list[int]) -> dict[int, Replacements]:
    """Return both directions for these policies; only links to public policies. One query."""
    found: dict[int, Replacements] = defaultdict(Replacements)
    public = published(PolicyPage.objects.all()).values("pk")
    forth = Q(page_id__in=ids, earlier_id__in=public)
    back = Q(earlier_id__in=ids, page_id__in=public)
    rows = PolicyReplacement.objects.filter(forth | back).order_by("sort_order", "pk")
    public_ends = rows.annotate(to=Q(earlier_id__in=public), of=Q(page_id__in=public))
    wanted = set(ids)
    ends: Any = public_ends.values_list(*_COLUMNS, "kind", "to", "of")
    for row in ends:
        page, earlier, (how, earlier_public, page_public) = row[:4], row[4:8], row[8:]
        if page[0] in wanted and earlier_public:
            found[page[0]].earlier.append(PolicyLink(*(*earlier, how)))
        if earlier[0] in wanted and page_public:
            found[earlier[0]].later.append(PolicyLink(*(*page, how)))
    return found


def replacements_of_page(page: PolicyPage) -> Replacements:
    """Return both directions for one revision of a policy: what it replaces comes from the revision."""
    later = replacements_of_rows([page.pk]).get(page.pk, Replacements()).later
    public = published(PolicyPage.objects.filter(pk__in=[r.earlier_id for r in page.replacements.all()]))
    by_id = {row.pk: row for row in public.only("title", "url_path", "document_number")}
    earlier = [
        PolicyLink(row.pk, row.title, row.url_path, row.document_number, item.kind)
        for item in page.replacements.all()
        if (row := by_id.get(item.earlier_id))
    ]
    return Replacements(earlier, later)


def replacements_field(name: str, direction: str) -> Field:
    """`replaces` or `replaced_by`; both read the same rows."""

    def make(references: References, found: Replacements | None) -> list[dict[str, Any]]:
        return [link(references.base) for link in (getattr(found, direction) if found else ())]

    return Field(name, loader=replacements_of_rows, of_page=replacements_of_page, make=make, heavy=True)
