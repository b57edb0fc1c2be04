"""A page as a document of the search. Of a published page the published text counts, of a draft its last revision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cms.findable.access import tokens_of_page
from cms.findable.attachments import attachment_text
from cms.outbox.public import public_path
from cms.pages.models import (
    ActivityNewsPage,
    BasePage,
    PlanPage,
    PlanTemplatePage,
    PolicyPage,
    SchoolPage,
    StandardPage,
)
from cms.pages.text import plain_text
from search.service import Document

KINDS: dict[str, type[BasePage]] = {
    "policy": PolicyPage,
    "plan": PlanPage,
    "template": PlanTemplatePage,
    "news": ActivityNewsPage,
    "school": SchoolPage,
    "page": StandardPage,
}
_KIND_OF = {model: kind for kind, model in KINDS.items()}


def register_page_kind(kind: str, model: type[BasePage]) -> None:
    """Let pages of a type of another app be found under this kind."""
    KINDS[kind] = model
    _KIND_OF[model] = kind


def kind_of(page: Any) -> str | None:
    """Return the kind under which a page is found, None when its type never is (lists, the home page)."""
    return _KIND_OF.get(type(page))


def page_document(page: Any, version: int, *, public: bool) -> Document:
    """Return the page as a document. `public` says whether everybody may read it now."""
    shown = page if page.live else page.get_latest_revision_as_object()
    return Document(
        kind=kind_of(page) or "",
        object_id=str(page.pk),
        version=version,
        title=shown.title,
        summary=shown.intro,
        body="\n".join(part for part in (plain_text(shown), attachment_text(shown)) if part),
        number=getattr(shown, "document_number", ""),
        url=public_path(page.url_path) or "",
        date=shown.date,
        facets=_facets(shown),
        access=tokens_of_page(page.school_id, public=public),
    )


def _facets(page: Any) -> dict[str, Sequence[str]]:
    facets: dict[str, Sequence[str]] = {}
    if page.school_id:
        facets |= {"school": [page.school.name], "township": [page.school.township]}
    if year := getattr(page, "school_year", None):
        facets["school_year"] = [str(year)]
    if isinstance(page, PolicyPage):
        facets["status"] = [page.status]
    if hasattr(page, "topics"):
        facets["topic"] = sorted(topic.name for topic in page.topics.all())
    return facets
