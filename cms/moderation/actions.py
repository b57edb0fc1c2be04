"""Publishing, going back to an older version, and detaching an alias: the doors to the public.

The admin reaches them through `BasePage`, the authoring API through Wagtail's action registry.
"""

from __future__ import annotations

import logging
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.actions.registry import ActionRegistry
from wagtail.actions.revert_to_page_revision import RevertToPageRevisionAction
from wagtail.log_actions import log

from cms.moderation.checks import problems_before_submission

logger = logging.getLogger(__name__)
HELD_BACK = "xinqiao.publish.held_back"


class PublishPage(PublishPageRevisionAction):
    """Publish a revision, or put it on the schedule.

    Raises PublishPagePermissionError without the right (a lock, a running submission), ValidationError when
    the page fails a submission check. A schedule that comes due on a page that fails one is taken back and
    logged instead: it runs without anybody to read an error.
    """

    def check(self, skip_permission_checks: bool = False) -> None:
        super().check(skip_permission_checks)
        if problems := problems_before_submission(self.object):
            raise ValidationError(problems)

    def execute(self, skip_permission_checks: bool = False) -> Any:
        scheduled = self.user is None and self.revision.approved_go_live_at
        if scheduled and (problems := problems_before_submission(self.object)):
            return self._hold_back(problems)
        return super().execute(skip_permission_checks)

    def _hold_back(self, problems: list[str]) -> None:
        self.revision.approved_go_live_at = None
        self.revision.save(update_fields=["approved_go_live_at"])
        data = {"problems": [str(problem) for problem in problems]}
        log(instance=self.object, action=HELD_BACK, revision=self.revision, data=data)
        logger.warning("Not published on schedule: page %s: %s", self.object.pk, "; ".join(problems))


class RevertPage(RevertToPageRevisionAction):
    """Make an older version the newest draft. Refused while the page is locked for the user."""

    def check(self, skip_permission_checks: bool = False) -> None:
        super().check(skip_permission_checks)
        refuse_when_locked(self.instance, None if skip_permission_checks else self.user)


class ConvertAlias(ConvertAliasPageAction):
    """Make an alias a page of its own. Refused while it is locked for the user."""

    def check(self, skip_permission_checks: bool = False) -> None:
        super().check(skip_permission_checks)
        refuse_when_locked(self.page, None if skip_permission_checks else self.user)


def refuse_when_locked(page: Any, user: Any) -> None:
    """Raise PermissionDenied when a lock, a submission or a schedule keeps the user from changing it."""
    lock = page.get_lock() if user is not None else None
    if lock is not None and lock.for_user(user):
        raise PermissionDenied(lock.get_description(user))


def register_actions(registry: ActionRegistry) -> None:
    """Put our actions in the place of Wagtail's, for every page type."""
    from cms.pages.models import BasePage

    for action in (PublishPage, RevertPage, ConvertAlias):
        registry.register(BasePage, action)
