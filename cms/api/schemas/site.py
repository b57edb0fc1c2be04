"""Schemas of what surrounds the pages: menus, settings, redirects, word lists, media, changes, previews."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from cms.api.schemas.common import PageLink, Picture, Term
from cms.api.schemas.pages import (
    FormPageOut,
    HomePageOut,
    IndexPageOut,
    News,
    Plan,
    Policy,
    SchoolPageOut,
    StandardPageOut,
    Template,
)


class MenuItem(PageLink):
    """An entry of the menu, with the entries below it."""

    children: list[PageLink]


class Menu(Schema):
    """The menu of the site, in order."""

    items: list[MenuItem]


class SiteSettings(Schema):
    """What the bureau says about itself; empty text where it says nothing."""

    bureau_name: str
    tagline: str
    address: str
    phone: str
    email: str
    icp_number: str
    police_number: str


class Redirect(Schema):
    """An address that leads elsewhere. `to` is absolute, or a path on another page."""

    type: Literal["redirect"]
    from_path: str
    to: str
    permanent: bool


class RedirectList(Schema):
    """All redirects whose target is public."""

    items: list[Redirect]
    total: int


class TermList(Schema):
    """A word list in the bureau's order."""

    items: list[Term]
    total: int


class Image(Schema):
    """A picture that a published page shows, for each use that the site has."""

    id: int
    title: str
    alt: str
    credit: str
    width: int
    height: int
    presets: dict[str, Picture]


class Change(Schema):
    """A change in public. `url` and `title` are empty when the thing is gone."""

    id: int
    kind: str
    type: str
    object_id: int
    title: str
    url: str | None
    school: str | None
    at: dt.datetime


class Changes(Schema):
    """Changes in the order in which they became visible. Keep `cursor` and ask again from it."""

    items: list[Change]
    cursor: str
    next: str = Field(description="Address that goes on from here; ask it again when it was empty.")
    more: bool = Field(description="Whether more changes wait already.")


class PreviewRequest(Schema):
    """Which page's draft to share, and for how long."""

    page: Annotated[int, Field(ge=1, le=2**31 - 1)]
    hours: Annotated[int, Field(ge=1, le=24 * 14)] | None = None


class Preview(Schema):
    """A link that shows the draft to anybody who has it, until it expires."""

    url: str
    page: int
    expires_at: dt.datetime


_Pages = (
    News
    | Policy
    | Plan
    | Template
    | SchoolPageOut
    | StandardPageOut
    | FormPageOut
    | HomePageOut
    | IndexPageOut
)
AnyPage = Annotated[_Pages, Field(discriminator="type")]
Resolved = Annotated[_Pages | Redirect, Field(discriminator="type")]
