"""Makes each of Wagtail's page actions, and the saves that carry events, one transaction.

In Wagtail 8.0 the save of a page is atomic, but an action is more: the move's signals, the aliases of a
published page, the workflow it ends and the log entry come after the save's commit. A crash between them
leaves half of it. Wrapping `execute` reaches every caller (admin, API v3, commands, code), which no setting
or middleware does.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import transaction
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.actions.delete_page import DeletePageAction
from wagtail.actions.move_page import MovePageAction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import PageViewRestriction

from cms.outbox.order import take_turn
from cms.schools.models import School

#: These nearly always write events: they take their turn first, before they lock any row, so that two of them
#: never wait for each other.
TELLING = (PublishPageRevisionAction, UnpublishPageAction, MovePageAction, DeletePageAction)
#: These write events sometimes.
OTHERS = (CopyPageAction, CreatePageAliasAction, ConvertAliasPageAction)
_MARK = "_xinqiao_atomic"


def make_actions_atomic() -> None:
    """Wrap the methods, once."""
    for action in TELLING:
        _wrap(action, "execute", first=take_turn)
    for action in OTHERS:
        _wrap(action, "execute")
    _wrap(PageViewRestriction, "save")
    _wrap(PageViewRestriction, "delete")
    _wrap(School, "save")


def _wrap(owner: type, name: str, first: Callable[[], None] | None = None) -> None:
    inner = getattr(owner, name)
    if getattr(inner, _MARK, None) is owner:
        return

    @wraps(inner)
    def atomic(self: Any, *args: Any, **kwargs: Any) -> Any:
        with transaction.atomic():
            if first is not None:
                first()
            return inner(self, *args, **kwargs)

    setattr(atomic, _MARK, owner)
    setattr(owner, name, atomic)
