"""What the page editor says and refuses on behalf of the bureau."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages

from cms.moderation.checks import problems_before_submission
from cms.moderation.selectors import reason_of_return


def say_why_it_came_back(request: HttpRequest, page: Any) -> None:
    """Show the bureau's reason above the editor of a returned page, and what keeps a page from going out."""
    if request.method != "GET":
        return
    if reason := reason_of_return(page):
        messages.warning(request, _("Returned by the bureau: %(reason)s") % {"reason": reason})
    if page.workflow_in_progress:
        for problem in problems_before_submission(page):
            messages.warning(request, problem)


def refuse_unfit_page(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Stop the admin's publish button on a page that fails a check and whose form let it pass."""
    return _refuse(request, problems_before_submission(page), redirect("wagtailadmin_pages:edit", page.pk))


def refuse_unfit_pages(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    """Stop the bulk action "publish" when one of the pages, or a draft below them, fails a check."""
    if action_type != "publish" or not all(
        hasattr(page, "get_latest_revision_as_object") for page in objects
    ):
        return None
    pages = list(objects)
    if action.cleaned_form.cleaned_data.get("include_descendants"):
        pages += [below for page in objects for below in page.get_descendants().not_live().specific()]
    problems = [
        f"{page.get_admin_display_title()}: {problem}"
        for page in pages
        for problem in problems_before_submission(page.get_latest_revision_as_object())
    ]
    return _refuse(request, problems, redirect(action.next_url))


def _refuse(request: HttpRequest, problems: list[str], back: HttpResponse) -> HttpResponse | None:
    for problem in problems:
        messages.error(request, problem)
    return back if problems else None
