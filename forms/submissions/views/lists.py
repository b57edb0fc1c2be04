"""A person's own submissions, and those that wait for her review."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views import View

from forms.submissions.models import Submission
from forms.submissions.permissions import user_reviews_anything
from forms.submissions.views.surfaces import SITE, trail

PER_PAGE = 20


class MySubmissions(LoginRequiredMixin, View):
    """What I handed in: returned to me first."""

    def get(self, request: HttpRequest) -> HttpResponse:
        mine = Submission.objects.filter(submitted_by=request.user.pk).returned_first()
        waiting = Submission.objects.to_review_by(request.user).count() if self.reviews(request) else 0
        return listing(
            request,
            "forms/submissions/mine.html",
            mine,
            title=_("My submissions"),
            reviews=self.reviews(request),
            waiting=waiting,
        )

    def reviews(self, request: HttpRequest) -> bool:
        """Say whether the user reviews at all."""
        return user_reviews_anything(request.user)


class ToReview(LoginRequiredMixin, View):
    """What waits for me: given to me first, then the oldest."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if not user_reviews_anything(request.user):
            raise PermissionDenied
        waiting = Submission.objects.to_review_by(request.user).given_first(request.user)
        return listing(request, "forms/submissions/to_review.html", waiting, title=_("Waiting for my review"))


def listing(request: HttpRequest, template: str, found: QuerySet[Submission], **context: Any) -> HttpResponse:
    """Answer with a page of the list: a count and one query."""
    rows = found.select_related("form", "school", "submitted_by", "reviewer", "subject")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    title = context.pop("title", "")
    return render(request, template, {**trail(SITE, None, title), "page_of": page, **context})
