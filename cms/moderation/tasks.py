"""The bureau's step in the workflow: approve, approve for later, or return with the reason."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateTimeInput
from wagtail.models import AbstractGroupApprovalTask, TaskState


class ReturnForm(forms.Form):
    """Why the page goes back; nobody should have to guess."""

    comment = forms.CharField(
        label=_("What has to be changed"),
        widget=forms.Textarea({"rows": 4}),
        max_length=2000,
        help_text=_("The school reads this at the top of the page and in its mail."),
    )


class ApproveForm(forms.Form):
    """A word to the school, and when the page goes out."""

    comment = forms.CharField(
        label=_("Comment for the school"), required=False, max_length=2000, widget=forms.Textarea({"rows": 2})
    )
    publish_at = forms.DateTimeField(
        label=_("Publish at"),
        required=False,
        widget=AdminDateTimeInput,
        help_text=_("Empty: at once."),
    )

    def clean_publish_at(self) -> datetime | None:
        when = self.cleaned_data["publish_at"]
        if when and when <= timezone.now():
            raise forms.ValidationError(_("Choose a time that is still to come, or leave it empty."))
        return when


class BureauApprovalTask(AbstractGroupApprovalTask):
    """Approval by the bureau (教育局审核). Nobody approves what she submitted herself."""

    class Meta:
        verbose_name = _("approval by the bureau")
        verbose_name_plural = _("approvals by the bureau")

    @classmethod
    def get_description(cls) -> str:
        return str(_("Members of the chosen groups approve the page, or return it with the reason"))

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        """Return what the user may do now; a page that fails a check can only be returned."""
        from cms.moderation.checks import problems_before_submission

        if not super().get_actions(obj, user) or obj.permissions_for_user(user).locked_by_another():
            return []
        state = obj.current_workflow_state
        if state and state.requested_by_id == user.pk and not user.is_superuser:
            return []
        actions = [("reject", _("Return with the reason"), True)]
        if not problems_before_submission(obj.get_latest_revision_as_object()):
            actions += [
                ("approve", _("Approve and publish"), False),
                ("approve", _("Approve with a comment or for later"), True),
            ]
        return actions

    def get_form_for_action(self, action: str) -> type[forms.Form]:
        return ReturnForm if action == "reject" else ApproveForm

    @transaction.atomic
    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> None:
        """Do what the reviewer decided. Raises PermissionDenied on what the dialogue would not let pass."""
        form = self.get_form_for_action(action_name)({"comment": kwargs.get("comment", ""), **kwargs})
        page = task_state.workflow_state.content_object.specific
        if not form.is_valid() or action_name not in {name for name, *_ in self.get_actions(page, user)}:
            raise PermissionDenied
        if when := form.cleaned_data.get("publish_at"):
            self._set_publication_time(page, when, user)
            task_state.refresh_from_db()  # forgets the page's former newest revision
        super().on_action(task_state, user, action_name, comment=form.cleaned_data["comment"])

    def _set_publication_time(self, page: Any, when: datetime, user: Any) -> None:
        draft = page.get_latest_revision_as_object()
        draft.go_live_at = when
        draft.save_revision(user=user, changed=False, log_action=True, clean=False)
