"""A StreamField whose blocks stay out of migrations: changing a block is no schema change."""

from typing import Any

from wagtail.api import APIField
from wagtail.fields import StreamField


class BodyField(StreamField):
    """StreamField without its block definitions in migrations.

    Text already stored keeps its shape; a change of shape needs a data migration of its own anyway.
    """

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [[]], kwargs


def writable(*names: str) -> list[APIField]:
    """Return fields that the authoring API reads and writes, through the form that the admin uses."""
    return [APIField(name, writable=True) for name in names]
