"""The two places where submissions are looked at and decided on, with one set of pages."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from forms.submissions.models import Submission
from forms.submissions.permissions import ways_open_to


@dataclass(frozen=True)
class Surface:
    """Where a page is shown: its base template, and the names of the addresses there."""

    base: str
    submission: str
    lists: str
    actions: dict[str, str] = field(default_factory=dict)

    def address(self, submission: Submission) -> str:
        """Return the address of the submission here."""
        return reverse(self.submission, args=[submission.pk])

    def address_of(self, verb: str, submission: Submission) -> str:
        """Return the address of an action on it here."""
        return reverse(self.actions[verb], args=[submission.pk])


SITE = Surface(
    "forms/submissions/base_site.html",
    "forms_submission",
    "forms_submissions",
    {verb: f"forms_submission_{verb}" for verb in ("review", "assign", "withdraw")},
)
ADMIN = Surface(
    "forms/submissions/base_admin.html",
    "submissions_modeladmin_inspect",
    "submissions_modeladmin_index",
    {verb: f"forms_admin_submission_{verb}" for verb in ("review", "assign", "withdraw")},
)


def trail(surface: Surface, submission: Submission | None, title: str = "") -> dict[str, Any]:
    """Return what the heading of a page needs, in the admin and on the site."""
    steps = [(reverse(surface.lists), _("Submissions"))]
    if surface is ADMIN:
        steps.insert(0, (reverse("wagtailadmin_home"), _("Home")))
    if submission is not None:
        steps.append((surface.address(submission), submission.receipt))
    if title:
        steps.append(("", title))
    crumbs = [{"url": url, "label": label} for url, label in steps]
    return {
        "surface": surface,
        "base_template": surface.base,
        "breadcrumbs_items": crumbs,
        "header_title": crumbs[-1]["label"],
        "header_icon": "form",
    }


class SubmissionView(LoginRequiredMixin, View):
    """Base: a page about one submission that the user may see; anybody else finds nothing there."""

    surface: Surface = SITE
    template = ""

    def submission(self, request: HttpRequest, pk: uuid.UUID) -> Submission:
        """Return the submission with what every page shows of it: one query."""
        return submission_for(request.user, pk)

    def show(
        self, request: HttpRequest, submission: Submission, title: str = "", **context: Any
    ) -> HttpResponse:
        """Answer with the page; one that shows errors says so by its status."""
        status = context.pop("status", 200)
        shared = {
            **trail(self.surface, submission, title),
            "submission": submission,
            "ways": ways_open_to(request.user, submission),
        }
        return render(request, self.template, {**shared, **context}, status=status)


def submission_for(user: Any, pk: uuid.UUID) -> Submission:
    """Return the submission that the user may see. Raises Http404."""
    seen = Submission.objects.for_user(user).select_related(
        "form", "version", "school", "subject", "submitted_by", "reviewer"
    )
    return get_object_or_404(seen, pk=pk)
