"""What a page points to: pictures, documents and other pages, wherever they stand in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from modelcluster.models import ClusterableModel, get_all_child_relations


@dataclass(frozen=True)
class Reference:
    """One thing a page points to. `field` is the field of the page in which the pointer stands."""

    model: type[Model]
    pk: int
    field: str


def references_of(instance: Model) -> set[Reference]:
    """Return what the object points to, in its fields, its blocks, its rich text and its child rows.

    Fields that no editor fills in (`editable=False`) are left out: the machine's own pointers are not input.
    """
    found = set(_references_in_fields(instance))
    if isinstance(instance, ClusterableModel):
        for relation in get_all_child_relations(type(instance)):
            name = relation.get_accessor_name()
            for child in getattr(instance, name).all():
                found |= {Reference(ref.model, ref.pk, name) for ref in _references_in_fields(child)}
    return found


def _references_in_fields(instance: Model) -> Iterator[Reference]:
    for field in instance._meta.concrete_fields:
        if not field.editable or getattr(field.remote_field, "parent_link", False):
            continue
        value = field.value_from_object(instance)
        if value is None:
            continue
        if field.many_to_one and _is_public_material(field.related_model):
            yield Reference(_root_of(field.related_model), int(value), field.name)
        elif hasattr(field, "extract_references"):
            for model, pk, _model_path, _content_path in field.extract_references(value):
                if _is_public_material(model) and str(pk).isdigit():
                    yield Reference(_root_of(model), int(pk), field.name)


def _is_public_material(model: Any) -> bool:
    from cms.media.models import SiteDocument, SiteImage
    from cms.pages.models import BasePage

    return isinstance(model, type) and issubclass(model, BasePage | SiteImage | SiteDocument)


def _root_of(model: Any) -> type[Model]:
    """Pages are one kind of thing, whatever their type."""
    from cms.pages.models import BasePage

    return BasePage if issubclass(model, BasePage) else model
