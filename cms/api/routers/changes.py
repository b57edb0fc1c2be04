"""The change feed: what changed in public since a cursor, for clients that keep a copy."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field, StringConstraints

from cms.api.answers import json_response
from cms.api.cursor import bad_cursor
from cms.api.params import MAX_LIMIT
from cms.api.problems import ApiProblem
from cms.api.schemas.site import Changes
from cms.api.serialize.addresses import absolute, base_of
from cms.outbox.feed import BadCursor, Change, CursorExpired, changes_after, latest_cursor

router = Router(tags=["变更流"])
Cursor = Annotated[str, StringConstraints(pattern=r"^([0-9]{1,18}|now)?$")]


class ChangesQuery(Schema):
    """Where the feed goes on (empty: the oldest change kept; `now`: after the newest), and how many to give."""

    cursor: Cursor = ""
    limit: Annotated[int, Field(ge=1, le=MAX_LIMIT)] = MAX_LIMIT


@router.get(
    "/changes",
    response={200: Changes, 410: None},
    summary="变更流",
    operation_id="list_changes",
)
def changes(request: HttpRequest, query: Query[ChangesQuery]) -> HttpResponse:
    """自游标之后公开内容的变更，按生效先后。初次同步：先取 `cursor=now`，再读全部内容，然后从该游标续读。"""
    cursor, limit = query.cursor, query.limit
    if cursor == "now":
        return _answer(request, [], latest_cursor(), limit)
    try:
        found, following = changes_after(cursor, limit)
    except CursorExpired as error:
        detail = _("The changes after this cursor are no longer kept. Read everything anew.")
        raise ApiProblem(410, "cursor-expired", detail) from error
    except BadCursor as error:
        raise bad_cursor() from error
    return _answer(request, found, following, limit)


def _answer(request: HttpRequest, found: list[Change], cursor: str, limit: int) -> HttpResponse:
    base = base_of(request)
    query = urlencode({"cursor": cursor, "limit": limit})
    return json_response(
        {
            "items": [_change(item, base) for item in found],
            "cursor": cursor,
            "next": f"{base}{request.path}?{query}",
            "more": len(found) == limit,
        }
    )


def _change(item: Change, base: str) -> dict[str, Any]:
    return {
        "id": item.id,
        "kind": item.kind,
        "type": item.type,
        "object_id": item.object_id,
        "title": item.title,
        "url": absolute(base, item.url) if item.url else None,
        "school": item.school,
        "at": item.at,
    }
