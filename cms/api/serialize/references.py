"""What bodies point to: pictures, documents, pages; gathered first, loaded in three queries a list."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from cms.api.serialize.addresses import absolute, page_path
from cms.api.serialize.documents import document_json
from cms.api.serialize.pictures import load_pictures, picture_json
from cms.api.serialize.types import type_name
from cms.media.models import SiteDocument, SiteImage
from cms.pages.models import BasePage
from cms.pages.selectors import published

#: Wagtail's words for what rich text links to -> ours.
KINDS = {"page": "page", "document": "document", "image": "image"}


class References:
    """The things that a set of rows refers to. `want` first, then `load` once, then ask.

    Pages that are not public are not found: a link never tells the title of a draft.
    """

    def __init__(self, base: str) -> None:
        self.base = base
        self._wanted: dict[str, set[int]] = defaultdict(set)
        self._images: dict[int, SiteImage] = {}
        self._documents: dict[int, SiteDocument] = {}
        self._pages: dict[int, dict[str, Any]] = {}

    def want(self, kind: str, identifier: int | None) -> None:
        """Note that this picture, document or page will be asked for."""
        if identifier and kind in KINDS:
            self._wanted[kind].add(identifier)

    def load(self) -> None:
        """Load all that is wanted: one query a kind, none for none."""
        if self._wanted["image"]:
            self._images = load_pictures(self._wanted["image"])
        if self._wanted["document"]:
            self._documents = SiteDocument.objects.in_bulk(list(self._wanted["document"]))
        if self._wanted["page"]:
            rows = published(BasePage.objects.filter(pk__in=self._wanted["page"])).values_list(
                "pk", "title", "url_path", "content_type__model"
            )
            self._pages = {
                pk: {
                    "id": pk,
                    "type": type_name(model),
                    "title": title,
                    "url": absolute(self.base, page_path(url_path)),
                }
                for pk, title, url_path, model in rows
            }

    def picture(
        self, identifier: int | None, preset: str = "body", alt: str | None = None
    ) -> dict[str, Any] | None:
        """Return the picture with its renditions, or None when it is gone."""
        image = self._images.get(identifier or 0)
        return picture_json(image, self.base, preset, alt) if image else None

    def document(self, identifier: int | None) -> dict[str, Any] | None:
        """Return the document, or None when it is gone."""
        document = self._documents.get(identifier or 0)
        return document_json(document, self.base) if document else None

    def page(self, identifier: int | None) -> dict[str, Any] | None:
        """Return id, type, title and url of a public page (a new dict each time), else None."""
        found = self._pages.get(identifier or 0)
        return dict(found) if found else None

    def address(self, kind: str, identifier: int) -> str | None:
        """Return where a link in rich text leads, or None when that is not public."""
        if kind == "page":
            found = self.page(identifier)
        elif kind == "document":
            found = self.document(identifier)
        else:
            return None
        return found["url"] if found else None
