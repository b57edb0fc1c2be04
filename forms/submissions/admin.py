"""Submissions in Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import ModelAdmin

from forms.submissions.models import Submission
from forms.submissions.permissions import user_can_see_submission, user_sees_submission_lists
from forms.submissions.views.admin import ApproveManyView, SubmissionIndex, SubmissionInspect, SubmissionLog
from forms.submissions.views.review import ReviewView
from forms.submissions.views.small import AssignView, WithdrawView
from forms.submissions.views.surfaces import ADMIN


class SubmissionPermissionHelper(PermissionHelper):
    """Submission by submission, as `permissions.py` says. They are made by filling in, and never edited here."""

    def user_has_any_permissions(self, user: Any) -> bool:
        return user_sees_submission_lists(user)

    def user_can_list(self, user: Any) -> bool:
        return user_sees_submission_lists(user)

    def user_can_inspect_obj(self, user: Any, obj: Submission) -> bool:
        return user_sees_submission_lists(user) and user_can_see_submission(user, obj)

    def user_can_create(self, user: Any) -> bool:
        return False

    def user_can_edit_obj(self, user: Any, obj: Submission) -> bool:
        return False

    def user_can_delete_obj(self, user: Any, obj: Submission) -> bool:
        return False


class SubmissionAdmin(ModelAdmin):
    """List and record of submissions."""

    model = Submission
    base_url_path = "submissions"
    menu_label = _("Submissions")
    menu_icon = "list-ul"
    permission_helper_class = SubmissionPermissionHelper
    list_display = ("receipt", "summary", "form", "school", "submitted_by", "state", "submitted_at")
    ordering = ("-submitted_at", "pk")
    list_per_page = 50
    inspect_view_enabled = True
    index_view_class = SubmissionIndex
    inspect_view_class = SubmissionInspect
    history_view_class = SubmissionLog
    index_template_name = "forms/admin/submissions/index.html"
    inspect_template_name = "forms/submissions/detail.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Submission]:
        return Submission.objects.for_user(request.user)

    def get_permissions_for_registration(self) -> Any:
        """Offer none in Wagtail's group form: rights over submissions come from roles alone."""
        return Permission.objects.none()


def submission_urls() -> list[URLPattern]:
    """Return the addresses of the screens that modeladmin does not have."""
    return [
        path("submissions/approve/", ApproveManyView.as_view(), name="forms_admin_approve_many"),
        path(
            "submissions/<uuid:uuid>/review/",
            ReviewView.as_view(surface=ADMIN),
            name="forms_admin_submission_review",
        ),
        path(
            "submissions/<uuid:uuid>/assign/",
            AssignView.as_view(surface=ADMIN),
            name="forms_admin_submission_assign",
        ),
        path(
            "submissions/<uuid:uuid>/withdraw/",
            WithdrawView.as_view(surface=ADMIN),
            name="forms_admin_submission_withdraw",
        ),
    ]
