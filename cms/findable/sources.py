"""Pages as sources of the search: one by one for changes, all of a type for a rebuild."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from cms.findable.documents import KINDS, page_document
from cms.findable.kinds import register_kind
from cms.pages.models import BasePage
from cms.pages.selectors import published
from search.service import Document, register_source

CHUNK = 200


class PageSource:
    """All pages of one type. Pages without a text anybody has saved yet are left out."""

    def __init__(self, kind: str, model: type[BasePage]) -> None:
        self.kind, self.model = kind, model

    def document(self, object_id: str, version: int) -> Document | None:
        page = self._pages().filter(pk=object_id).first()
        if page is None:
            return None
        public = published(self.model.objects.filter(pk=page.pk)).exists()
        return page_document(page, version, public=public)

    def documents(self, version: int) -> Iterator[Document]:
        public = set(published(self.model.objects.all()).values_list("pk", flat=True))
        for page in self._pages().order_by("pk").iterator(chunk_size=CHUNK):
            yield page_document(page, version, public=page.pk in public)

    def count(self) -> int:
        return self.model.objects.count()

    def _pages(self) -> QuerySet[Any]:
        pages = self.model.objects.select_related("school", "latest_revision")
        names = {field.name for field in self.model._meta.get_fields()}
        return pages.prefetch_related("topics") if "topics" in names else pages


def register_pages() -> None:
    """Make every kind of page known to the search."""
    for kind, model in KINDS.items():
        register_source(PageSource(kind, model))


def register_page_kind(kind: str, model: type[BasePage], label: Any) -> None:
    """Have pages of another app's type found as `kind`. Call it when the apps are ready."""
    KINDS[kind] = model
    register_kind(kind, label)
    register_source(PageSource(kind, model))
