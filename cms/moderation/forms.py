"""The form behind every page editor, in the admin and in the authoring API."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from wagtail.admin.forms.pages import WagtailAdminPageForm

from cms.moderation.checks import problems_before_submission
from cms.moderation.permissions import user_can_refer_to
from cms.moderation.references import references_of


class ModeratedPageForm(WagtailAdminPageForm):
    """Checks what the page newly points to, and, before it goes out, whether it is fit to."""

    def _post_clean(self) -> None:
        known = references_of(self.instance)
        super()._post_clean()
        new = references_of(self.instance) - known
        # Refused as a whole: a form shown again would name the thing that its reader may not see.
        if self.for_user is not None and not all(user_can_refer_to(self.for_user, ref) for ref in new):
            raise PermissionDenied
        if self.goes_out():
            for problem in problems_before_submission(self.instance):
                field = getattr(problem, "field", None)
                self.add_error(field if field in self.fields else None, problem)

    def goes_out(self) -> bool:
        """Say whether the page is being submitted, approved or published, not merely saved or given back."""
        stays = "action-cancel-workflow" in self.data or (
            "action-workflow-action" in self.data and self.data.get("workflow-action-name") == "reject"
        )
        return not self.is_deferred_validation and not stays
