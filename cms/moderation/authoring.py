"""Small corrections to the schemas of the authoring API."""

from __future__ import annotations

from typing import Any

from modelcluster.fields import ParentalManyToManyField


def let_lists_be_left_out() -> None:
    """Let a new page be sent without its lists of words (topics), as the admin lets it.

    Wagtail 8.0 asks for every many-to-many field, also for those that may be blank. Called before the schemas
    are built, that is from `AppConfig.ready`.
    """
    from wagtail.api.v3.schemas.generators import create_generator

    create_generator.register_field_schema(ParentalManyToManyField, _list_of_ids)


def _list_of_ids(generator: Any, field: Any) -> tuple[Any, Any]:
    return (list[int], []) if field.blank else (list[int], ...)
