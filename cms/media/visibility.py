"""Who may see a picture or a document: everybody when an open live page shows it, else those who keep it.

`MediaUse` rows say which live pages show what. They are written in the transaction of the change
(publication, move, restriction), so that a reader's request asks one indexed question. It also asks
`page.live`: whatever unpublishes a page, by whatever way, makes its files private.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from wagtail.models import PageViewRestriction
from wagtail.permissions import policy_registry

from cms.media.models import MediaUse, SiteDocument, SiteImage
from cms.media.uses import Uses, uses_of
from cms.pages.models import BasePage

_KEEPERS = ["choose", "change"]


def shown_by_open_pages() -> QuerySet[MediaUse]:
    """Return the uses that make public."""
    return MediaUse.objects.filter(open=True, page__live=True)


def image_is_shown() -> Exists:
    """Return the condition, for `filter` or `annotate` of pictures, that the public may see them."""
    return Exists(shown_by_open_pages().filter(image=OuterRef("pk")))


def document_is_shown() -> Exists:
    """Return the condition, for `filter` or `annotate` of documents, that the public may see them."""
    return Exists(shown_by_open_pages().filter(document=OuterRef("pk")))


def public_images() -> QuerySet[SiteImage]:
    """Return the pictures that everybody may see."""
    return SiteImage.objects.filter(image_is_shown())


def public_documents() -> QuerySet[SiteDocument]:
    """Return the documents that everybody may see."""
    return SiteDocument.objects.filter(document_is_shown())


def user_keeps(user: Any, item: SiteImage | SiteDocument) -> bool:
    """Say whether the user works with the collection that the file is in."""
    if not user.is_authenticated or not user.is_active:
        return False
    policy = policy_registry.get_by_type(type(item))
    return bool(policy.user_has_any_permission_for_instance(user, _KEEPERS, item))


def image_is_public(image: SiteImage) -> bool:
    """Say whether everybody may see the picture."""
    return shown_by_open_pages().filter(image=image.pk).exists()


def document_is_public(document: SiteDocument) -> bool:
    """Say whether everybody may see the document."""
    return shown_by_open_pages().filter(document=document.pk).exists()


def user_can_see_image(user: Any, image: SiteImage) -> bool:
    """Everybody sees what an open live page shows; the rest only the people of its collection."""
    return image_is_public(image) or user_keeps(user, image)


def user_can_see_document(user: Any, document: SiteDocument) -> bool:
    """Everybody sees what an open live page shows; the rest only the people of its collection."""
    return document_is_public(document) or user_keeps(user, document)


def restricted_paths() -> list[str]:
    """Return the tree paths of the pages that carry a view restriction."""
    return list(PageViewRestriction.objects.values_list("page__path", flat=True))


def wanted_uses(page: BasePage) -> Uses:
    """Return what there should be rows for: what the page shows if it is live, as far as it still exists."""
    if not page.live:
        return Uses(set(), set())
    images, documents = uses_of(page)
    return Uses(
        set(SiteImage.objects.filter(pk__in=images).values_list("pk", flat=True)) if images else images,
        set(SiteDocument.objects.filter(pk__in=documents).values_list("pk", flat=True))
        if documents
        else documents,
    )


@transaction.atomic
def record_uses(page: BasePage) -> bool:
    """Bring the rows of the page up to this instance of it; say whether anything changed."""
    images, documents = wanted_uses(page)
    rows = list(MediaUse.objects.filter(page=page.pk))
    gone = [row.pk for row in rows if row.image_id not in images and row.document_id not in documents]
    images -= {row.image_id for row in rows}
    documents -= {row.document_id for row in rows}
    if gone:
        MediaUse.objects.filter(pk__in=gone).delete()
    if not images and not documents:
        return bool(gone)
    is_open = not any(page.path.startswith(path) for path in restricted_paths())
    MediaUse.objects.bulk_create(
        [MediaUse(page_id=page.pk, image_id=pk, open=is_open) for pk in sorted(images)]
        + [MediaUse(page_id=page.pk, document_id=pk, open=is_open) for pk in sorted(documents)],
        ignore_conflicts=True,
    )
    return True


@transaction.atomic
def refresh_open(path: str) -> int:
    """Bring `open` up to date for the page at this tree path and all below; return how many rows changed."""
    below = MediaUse.objects.filter(page__path__startswith=path)
    restricted = Q(pk__in=[])
    for start in restricted_paths():
        restricted |= Q(page__path__startswith=start)
    closed = below.filter(restricted, open=True).values_list("pk", flat=True)
    opened = below.filter(~restricted, open=False).values_list("pk", flat=True)
    changed = MediaUse.objects.filter(pk__in=list(closed)).update(open=False)
    return changed + MediaUse.objects.filter(pk__in=list(opened)).update(open=True)


def rebuild_uses() -> int:
    """Compute every row anew from the live pages; return how many pages were wrong. The repair command."""
    wrong = MediaUse.objects.exclude(page__live=True).values("page").distinct().count()
    MediaUse.objects.exclude(page__live=True).delete()
    pages = BasePage.objects.live().order_by("pk").specific().iterator(chunk_size=200)
    wrong += sum(record_uses(page) for page in pages)
    return wrong + refresh_open("")
