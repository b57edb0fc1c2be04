"""The admin's screens of submissions: list, record, approving many."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View
from wagtail.admin import messages
from wagtail_modeladmin.views import HistoryView, IndexView, InspectView

from forms.submissions.actions import ApproveMany
from forms.submissions.filters import filtered
from forms.submissions.models import WAITING, SubmissionQuerySet
from forms.submissions.permissions import user_reviews_anything, ways_open_to
from forms.submissions.views.detail import detail_context
from forms.submissions.views.surfaces import ADMIN, submission_for, trail


class SubmissionIndex(IndexView):
    """The list with its filters. Modeladmin's own lookups by address are not used: ours check each value."""

    def get_queryset(self, request: HttpRequest | None = None) -> SubmissionQuerySet:
        self.filter, found = filtered(self.request.user, self.params)
        return found.select_related("form", "school", "submitted_by", "reviewer").order_by(
            "-submitted_at", "pk"
        )

    def get_filters_params(self, params: Any = None) -> dict[str, Any]:
        return {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        return super().get_context_data(
            **trail(ADMIN, None),
            filter=self.filter,
            reviews=user_reviews_anything(user),
            waiting_states=[state.value for state in WAITING],
            **kwargs,
        )


class SubmissionInspect(InspectView):
    """One submission in the admin: the page of the site, with the admin around it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        submission = submission_for(user, self.instance.pk)
        return super().get_context_data(
            **trail(ADMIN, submission),
            **detail_context(self.request, submission),
            submission=submission,
            ways=ways_open_to(user, submission),
            **kwargs,
        )


class SubmissionLog(HistoryView):
    """Wagtail's log of the submission stands on its page already."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.permission_helper.user_can_inspect_obj(request.user, self.instance):
            return redirect("wagtailadmin_home")
        return redirect("submissions_modeladmin_inspect", self.instance.pk)


class ApproveManyView(View):
    """Approves those that were ticked: first shows them once more, then reports on each."""

    http_method_names = ["post"]
    template = "forms/submissions/approve_many.html"

    def post(self, request: HttpRequest) -> HttpResponse:
        seen = chosen(request.POST.getlist("chosen"))
        back = reverse(ADMIN.lists)
        if not seen:
            messages.error(request, _("Tick at least one submission."))
            return redirect(back)
        context: dict[str, Any] = {**trail(ADMIN, None, _("Approve several")), "back": back}
        if "confirmed" not in request.POST:
            _asked, mine = filtered(request.user, {})
            rows = mine.filter(pk__in=seen).select_related("form", "school", "submitted_by")
            marked = [(one, f"{one.pk}:{seen[one.pk]}") for one in rows.order_by("submitted_at")]
            return render(request, self.template, {**context, "marked": marked})
        try:
            report = ApproveMany(seen, request.user).execute()
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect(back)
        done = sum(not row.problem for row in report)
        text = ngettext("%(n)d was approved.", "%(n)d were approved.", done) % {"n": done}
        return render(request, self.template, {**context, "report": report, "told": text})


def chosen(marks: list[str]) -> dict[uuid.UUID, int]:
    """Return the revision that was seen by uuid, from "uuid:revision"; what is neither is left out."""
    found: dict[uuid.UUID, int] = {}
    for mark in marks:
        key, _colon, revision = mark.partition(":")
        try:
            found[uuid.UUID(key)] = int(revision)
        except ValueError:
            continue
    return found
