"""Page types that other apps bring: where they may stand, how the API and the search know them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cms.api.fields import Field
from cms.api.resources import OTHERS, common_fields
from cms.api.serialize import types
from cms.findable.documents import register_page_kind
from cms.findable.kinds import register_kind
from cms.pages.models import BasePage
from cms.web.offers import register_offer


def register_page_type(
    model: type[BasePage],
    name: str,
    *,
    below: Sequence[type[BasePage]],
    fields: Sequence[Field],
    kind: str,
    label: Any,
) -> None:
    """Let pages of the type stand below those types, be read in the API as `name`, be found as `kind`,
    and be offered on the page of their school or the home page.

    Call it from an app's `ready`, before the URLs are read. `fields` are those beyond what every page has.
    """
    dotted = model._meta.label
    for parent in below:
        place: Any = parent
        if dotted not in place.subpage_types:
            place.subpage_types = [*place.subpage_types, dotted]
    types.register(model, name)
    OTHERS[model] = (*common_fields(model), *fields)
    register_page_kind(kind, model)
    register_kind(kind, label)
    register_offer(model)
