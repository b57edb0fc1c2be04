"""What the desk shows of forms: returned, drafts, my children, new records, handed in lately."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from cms.service import Role, memberships_of
from forms.definitions.models import Form
from forms.desk.children import Child, children_of
from forms.desk.offers import QUICK, Offers, offers_for
from forms.desk.returned import Returned, returned_to
from forms.filling.models import Draft
from forms.submissions.models import Submission, SubmissionState

#: How many drafts and how many filings are shown.
DRAFTS, FILED = 10, 5


@dataclass(frozen=True)
class Line:
    """A child on the desk, and the forms that are one tap away."""

    child: Child
    forms: list[Form]
    more: bool


@dataclass(frozen=True)
class Panel:
    """Everything of it. `keeps` says whether the person is one who keeps children at all."""

    returned: list[Returned]
    drafts: list[Draft]
    lines: list[Line]
    offers: Offers
    filed: list[Submission]
    keeps: bool


def panel_of(request: HttpRequest) -> Panel | None:
    """Return the person's panel, None for whoever has no role. A fixed number of queries."""
    user: Any = request.user
    roles = {one.role for one in memberships_of(user)}
    if not roles:
        return None
    offers = offers_for(user)
    lines = [_line(child, offers) for child in children_of(user)]
    return Panel(
        returned=returned_to(user),
        drafts=list(open_drafts(user)[:DRAFTS]),
        lines=lines,
        offers=offers,
        filed=list(_filed(user)[:FILED]),
        keeps=bool(lines) or Role.CLASS_TEACHER in roles,
    )


def open_drafts(user: Any) -> QuerySet[Draft]:
    """Return what the user has begun and never handed in, the newest first."""
    handed_in = Submission.objects.filter(submitted_by=user)
    drafts = Draft.objects.open().for_user(user).exclude(pk__in=handed_in.values("pk"))
    return drafts.with_form().select_related("subject")


def _line(child: Child, offers: Offers) -> Line:
    forms = offers.about.get(child.record.register.name, [])
    return Line(child, forms[:QUICK], len(forms) > QUICK)


def _filed(user: Any) -> QuerySet[Submission]:
    filed = Submission.objects.filter(submitted_by=user).counted().exclude(state=SubmissionState.RETURNED)
    return filed.select_related("form", "subject")
