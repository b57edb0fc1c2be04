"""Signed links to drafts: who shared which page until when. Nothing is stored; nothing can be forged.

The right is asked again at every reading: a link ends when its page is deleted, when whoever made it may no
longer edit the page, when the token that made it is revoked, and when its time is over.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.core import signing

from cms.api.tokens.models import ApiToken
from cms.pages.models import BasePage
from cms.people.models import User

SALT = "cms.api.preview"


class PreviewOver(Exception):  # noqa: N818 - a state, not a fault
    """The link is expired, or no longer covered by a right."""


@dataclass(frozen=True)
class PreviewLink:
    """What a link says."""

    page_id: int
    user_id: int
    expires_at: datetime
    token_id: int | None = None

    def text(self) -> str:
        """Return the link's last part."""
        content = [self.page_id, self.user_id, int(self.expires_at.timestamp()), self.token_id]
        return signing.dumps(content, salt=SALT, compress=False)

    @classmethod
    def read(cls, text: str) -> PreviewLink:
        """Return what the text says. Raises signing.BadSignature for one that is not ours."""
        page, user, expires, token = signing.loads(text, salt=SALT)
        return cls(page, user, datetime.fromtimestamp(expires, tz=UTC), token)

    def page(self) -> Any:
        """Return the draft of the page. Raises PreviewOver."""
        if self.expires_at <= datetime.now(tz=UTC):
            raise PreviewOver
        user = User.objects.filter(pk=self.user_id, is_active=True).first()
        page = BasePage.objects.filter(pk=self.page_id).first()
        token = ApiToken.objects.usable().filter(pk=self.token_id).first() if self.token_id else None
        if user is None or page is None or (self.token_id and token is None):
            raise PreviewOver
        if not user_can_share_draft(user, page, token):
            raise PreviewOver
        return page.get_latest_revision_as_object()


def user_can_share_draft(user: Any, page: BasePage, token: ApiToken | None = None) -> bool:
    """Whoever may edit the page may show its draft; a token only within its school."""
    if token is not None and token.school_id and page.school_id != token.school_id:
        return False
    return bool(page.permissions_for_user(user).can_edit())
