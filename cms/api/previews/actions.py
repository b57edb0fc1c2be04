"""Sharing a draft by a link."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cms.api.previews.links import PreviewLink, user_can_share_draft
from cms.api.resources import is_shown
from cms.api.tokens.models import ApiToken
from cms.pages.models import BasePage

SHARED = "cms.preview.share"


@dataclass
class SharePreview:
    """Make a link that shows the draft of `page` (分享预览) for some hours. Logged in the page's history.

    Raises PermissionDenied when the user may not edit the page, ValidationError for a type without JSON.
    """

    page: BasePage
    user: Any
    hours: int | None = None
    token: ApiToken | None = None

    def check(self) -> None:
        if not user_can_share_draft(self.user, self.page, self.token):
            raise PermissionDenied
        if not is_shown(self.page.specific_class):
            raise ValidationError({"page": _("Pages of this type cannot be shared.")})

    @transaction.atomic
    def execute(self) -> PreviewLink:
        self.check()
        hours = self.hours or settings.PREVIEW_HOURS
        expires_at = (timezone.now() + timedelta(hours=hours)).replace(microsecond=0)
        log(instance=self.page, action=SHARED, user=self.user, data={"expires_at": expires_at.isoformat()})
        return PreviewLink(self.page.pk, self.user.pk, expires_at, self.token.pk if self.token else None)
