"""Saving what is being worked on, apart from what is published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from forms.definitions.models import Form
from forms.definitions.permissions import user_can_design_form


class StaleFormError(ValidationError):
    """Somebody else has saved the form since it was opened. `by` and `at` tell who and when; `form` is as it is now."""

    def __init__(self, form: Form) -> None:
        self.form, self.by, self.at = form, form.working_by, form.working_at
        super().__init__(
            _("Somebody else has saved this form since you opened it. Nothing of yours is lost.")
        )


@dataclass
class SaveWorking:
    """Keep a document's JSON as the form's working document (保存草稿), whether or not it could be published.

    `revision_seen` is the working revision that the editor had opened; None overwrites whatever is there now.
    Raises StaleFormError when another has saved meanwhile, PermissionDenied without the right.
    """

    form: Form
    content: dict[str, Any]
    user: Any
    revision_seen: int | None
    audience: str = ""

    @transaction.atomic
    def execute(self) -> Form:
        if not user_can_design_form(self.user, self.form):
            raise PermissionDenied
        form = Form.objects.select_for_update().get(pk=self.form.pk)
        if self.revision_seen is not None and self.revision_seen != form.working_revision:
            raise StaleFormError(form)
        changed = form.working != self.content or (self.audience and self.audience != form.audience)
        if changed:
            self._write(form)
        self.form.refresh_from_db()
        return self.form

    def _write(self, form: Form) -> None:
        form.working = self.content
        form.working_revision += 1
        form.working_by, form.working_at = self.user, timezone.now()
        if form.live_id is None and self.content.get("title"):
            form.title = self.content["title"][:200]
        if self.audience:
            form.audience = self.audience
        form.full_clean(exclude=["slug", "school"])
        form.save()
        log(instance=form, action="wagtail.edit", user=self.user)
