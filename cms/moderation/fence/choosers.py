"""What the page chooser offers."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest
from wagtail.query import PageQuerySet

from cms.people.models import WRITING_ROLES
from cms.people.permissions import school_ids_of, user_is_bureau


def choosable_pages(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """Cut the chooser down to the pages of the user's schools and the bureau's public ones."""
    if user_is_bureau(request.user):
        return pages
    own = Q(school__in=school_ids_of(request.user, *WRITING_ROLES))
    return pages.filter(own | Q(school__isnull=True, live=True))
