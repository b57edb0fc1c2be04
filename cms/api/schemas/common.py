"""Schemas that many answers share."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from ninja import Schema
from pydantic import Field

PageType = Literal[
    "news", "policy", "plan", "template", "school", "page", "home",
    "news_index", "policy_index", "plan_index", "template_index", "school_index",
]  # fmt: skip


class Term(Schema):
    """A word of one of the bureau's lists: a topic, a kind of activity."""

    slug: str
    name: str


class SchoolLink(Schema):
    """A school. With `expand=school` it carries its facts too. `url` is null while its page is not public."""

    code: str
    name: str
    url: str | None
    stage: str | None = None
    township: str | None = None
    boarding: bool | None = None
    status: str | None = None
    address: str | None = None
    phone: str | None = None


class PageLink(Schema):
    """Another public page."""

    id: int
    type: PageType
    title: str
    url: str


class Source(Schema):
    """Files of one format, ready for `<source>`."""

    type: str = Field(examples=["image/avif", "image/webp"])
    srcset: str


class Picture(Schema):
    """A picture: `src` works everywhere; `sources` are better files for browsers that take them."""

    id: int
    src: str
    width: int
    height: int
    alt: str
    credit: str
    sizes: str
    sources: list[Source]


class Document(Schema):
    """A file to download; `size` in bytes, `type` its media type."""

    id: int
    title: str
    url: str
    size: int | None
    type: str
    filename: str


class Table(Schema):
    """A table of plain text."""

    rows: list[list[str]]
    first_row_is_header: bool
    first_column_is_header: bool


class Listed(Schema):
    """What every thing has."""

    id: int
    title: str
    url: str
    published_at: datetime | None
