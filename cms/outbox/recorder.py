"""Tells the outbox of every public change of pages, whatever made it: admin, API, command, import, shell.

Wagtail's own signals are no ground for this: `page_slug_changed` comes after the commit, `page_published` and
`post_page_move` after the transaction of the save, and a plain `page.save()` sends none. So the rows
themselves are compared: public before, public after. Page.save is atomic, and Django's signals run inside it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db.models import Model
from wagtail.models import PageViewRestriction

from cms.outbox.actions import record_pages, record_school
from cms.outbox.models import EventKind
from cms.outbox.public import PublicPage, public_pages
from cms.pages.models import BasePage
from cms.schools.models import School

#: Columns that say where a page stands or who works on it; a change of these alone shows the public nothing.
PRIVATE = frozenset(
    {
        *("id", "path", "depth", "numchild", "url_path", "slug", "live", "school", "content_type"),
        *("translation_key", "locale", "alias_of", "owner", "locked", "locked_by", "locked_at"),
        *("draft_title", "latest_revision", "latest_revision_created_at", "has_unpublished_changes"),
        *("live_revision", "go_live_at", "expire_at", "expired"),
    }
)
_KEPT = "_outbox_before"
Pages = dict[int, PublicPage]


def record_difference(before: Pages, after: Pages, touched: frozenset[int] = frozenset()) -> None:
    """Write what the public sees differently; `touched` are ids of pages whose content changed."""
    stayed = before.keys() & after.keys()
    old_urls = {pk: str(before[pk].url) for pk in stayed if before[pk].url != after[pk].url}
    record_pages(EventKind.UNPUBLISHED, [before[pk] for pk in before if pk not in after])
    record_pages(EventKind.MOVED, [after[pk] for pk in after if pk in old_urls], old_urls)
    record_pages(EventKind.PUBLISHED, [after[pk] for pk in after if pk not in before or pk in touched])


def before_save(sender: type[Any], instance: Any, raw: bool, update_fields: Any, **kwargs: Any) -> None:
    """Keep what the public saw before the page is saved."""
    instance.__dict__.pop(_KEPT, None)
    if raw or (update_fields is not None and PRIVATE.difference({"slug", "live"}).issuperset(update_fields)):
        return
    old = sender._base_manager.filter(pk=instance.pk).first() if instance.pk else None
    if not (instance.live or (old and old.live)):
        return
    renamed = old is not None and old.slug != instance.slug
    where = {"path__startswith": old.path} if renamed and old else {"pk": instance.pk}
    instance.__dict__[_KEPT] = (old, where, public_pages(**where) if old else {})


def after_save(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    """Write what the save changed in public; pages below a renamed one have moved with it."""
    kept = instance.__dict__.pop(_KEPT, None)
    if kept is None:
        return
    old, where, before = kept
    if old is None:
        record_difference({}, public_pages(pk=instance.pk))
        return
    after = public_pages(**where)
    if old.slug == instance.slug:  # an address that changes without the slug is a move: `after_move` tells it
        before = {
            pk: replace(page, url_path=after[pk].url_path) if pk in after else page
            for pk, page in before.items()
        }
    else:  # Wagtail writes the addresses of the pages below only after this signal
        after = {
            pk: page if pk == instance.pk else replace(page, url_path=_rebase(page.url_path, old, instance))
            for pk, page in after.items()
        }
    touched = {instance.pk} if instance.pk in before and _differs(sender, old, instance) else frozenset()
    record_difference(before, after, frozenset(touched))


def after_move(
    sender: type[Model],
    instance: Any,
    parent_page_before: Any,
    url_path_before: str,
    url_path_after: str,
    **kwargs: Any,
) -> None:
    """Write the new addresses of the moved page and all below it; a move may also hide or show them."""
    if url_path_before == url_path_after:
        return
    path = BasePage.objects.values_list("path", flat=True).get(pk=instance.pk)
    after = public_pages(path__startswith=path)
    # What hid the pages before: the old place, or restrictions that moved along with them.
    hidden = parent_page_before.get_view_restrictions().exists()
    before = {} if hidden else public_pages(fences_from=path, path__startswith=path)
    record_difference(
        {
            pk: replace(page, url_path=url_path_before + page.url_path[len(url_path_after) :])
            for pk, page in before.items()
        },
        after,
    )


def _rebase(url_path: str, old: BasePage, new: BasePage) -> str:
    return new.url_path + url_path[len(old.url_path) :] if url_path.startswith(old.url_path) else url_path


def _differs(model: type[Model], old: Any, new: Any) -> bool:
    fields = [f for f in model._meta.concrete_fields if f.name not in PRIVATE and not f.name.endswith("_ptr")]
    return any(
        f.get_prep_value(getattr(old, f.attname)) != f.get_prep_value(getattr(new, f.attname)) for f in fields
    )


def before_delete(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    """Write that a public page goes; treebeard's delete sends this for every page of the subtree."""
    record_pages(EventKind.DELETED, public_pages(pk=instance.pk).values())


def before_fence(sender: type[Model], instance: PageViewRestriction, **kwargs: Any) -> None:
    """Keep what was public below the page whose restriction is set or lifted."""
    if _own(instance, kwargs):
        instance.__dict__[_KEPT] = public_pages(path__startswith=instance.page.path)


def after_fence(sender: type[Model], instance: PageViewRestriction, **kwargs: Any) -> None:
    """A restriction unpublishes the pages below for everybody else; lifting it publishes them."""
    if _own(instance, kwargs):
        before = instance.__dict__.pop(_KEPT, {})
        record_difference(before, public_pages(path__startswith=instance.page.path))


def _own(instance: PageViewRestriction, signal: dict[str, Any]) -> bool:
    """Say whether the restriction itself was saved or deleted, not swept away with its page."""
    if signal.get("raw"):
        return False
    origin = signal.get("origin", instance)
    return (origin if isinstance(origin, Model) else getattr(origin, "model", None)) in (
        instance,
        PageViewRestriction,
    )


def after_school_save(sender: type[Model], instance: School, raw: bool, **kwargs: Any) -> None:
    """Write that a school was made or its facts changed."""
    if not raw:
        record_school(instance)
