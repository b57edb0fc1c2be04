"""What must be right before a page goes to the bureau or to the public.

Areas add their own: a function that takes the page and yields problems, marked with `@submission_check`.
The same checks run in the admin's forms, in the authoring API, at the bureau's approval, and when a schedule
comes due.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from cms.media.models import Consent, SiteImage
from cms.moderation.references import references_of

if TYPE_CHECKING:
    from cms.pages.models import BasePage


class Problem(str):
    """A sentence for the editor; `field` names the field of the page it belongs to, when there is one."""

    __slots__ = ("field",)
    field: str | None

    def __new__(cls, text: str, field: str | None = None) -> Problem:
        problem = super().__new__(cls, text)
        problem.field = field
        return problem


Check = Callable[["BasePage"], Iterable[str]]
_checks: list[Check] = []


def submission_check(check: Check) -> Check:
    """Add a check that every page passes before it is submitted or published."""
    if check not in _checks:
        _checks.append(check)
    return check


def problems_before_submission(page: BasePage) -> list[str]:
    """Return why the page may not go out yet, in sentences an editor understands; empty when it may."""
    return [problem for check in _checks for problem in check(page)]


@submission_check
def pictures_have_consent(page: BasePage) -> Iterator[Problem]:
    """No picture goes out before the people in it were asked (肖像授权)."""
    fields = {ref.pk: ref.field for ref in references_of(page) if ref.model is SiteImage}
    unknown = SiteImage.objects.filter(pk__in=fields, consent=Consent.UNKNOWN).order_by("pk")
    for picture in unknown:
        text = _("Nobody has recorded yet whether the people in the picture “%(title)s” agree to it.")
        yield Problem(text % {"title": picture.title}, fields[picture.pk])
