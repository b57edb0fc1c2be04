"""The end of filling in: check your answers, hand in, receipt; and the page for whoever goes on later."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from forms.codes.lookup import remembered_choices
from forms.filling.actions.locking import run_draft
from forms.filling.links import link_to
from forms.filling.review import review
from forms.filling.showing import address_of_question, menu_of, open_comments, saved_at
from forms.filling.views.access import actor, closed, find_draft, refuse
from forms.public.handing_in import Guard
from forms.public.permissions import holder_can_withdraw
from forms.submissions.actions import SubmitDraft
from forms.submissions.errors import ConflictError, IncompleteError
from forms.submissions.models import Submission

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from forms.filling.models import Draft
    from forms.run.outcome import Outcome


@require_http_methods(["GET", "HEAD", "POST"])
def check_answers(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show all answers once more; a POST hands them in, as they stood on the page. A GET changes nothing."""
    draft = find_draft(request, uuid)
    if draft is None:
        return refuse(request)
    if not draft.is_open:
        return closed(request, draft)
    told, status, guard = "", 409, Guard(request, draft)
    if request.method == "POST":
        try:
            return _hand_in(request, draft, guard)
        except IncompleteError:
            draft.refresh_from_db()
        except ConflictError as conflict:
            draft.refresh_from_db()
            if not draft.is_open:
                return closed(request, draft)
            told = str(conflict)
        except ValidationError as refused:
            told, status = "；".join(refused.messages), guard.refused(refused)
        except PermissionDenied:
            raise Http404 from None
    with remembered_choices():
        context = {**_context(draft, run_draft(draft), told), **guard.context()}
    return render(request, "forms/filling/check.html", context, status=status if told else 200)


def _hand_in(request: HttpRequest, draft: Draft, guard: Guard) -> HttpResponse:
    seen = request.POST.get("revision", "")
    guard.admit()
    SubmitDraft(
        draft, actor(request), int(seen) if seen.isdecimal() else None, visitor=guard.visitor
    ).execute()
    response = redirect("forms_done", uuid=draft.pk)
    if guard.visitor is not None:
        guard.visitor.remember(request, response)
    return response


def _context(draft: Draft, outcome: Outcome, told: str) -> dict[str, Any]:
    mistakes = [
        {"label": _label(draft, key[1]), "messages": found, "url": address_of_question(draft, outcome, key)}
        for key, found in outcome.errors.items()
    ]
    return {
        "draft": draft,
        "groups": review(draft, outcome),
        "comments": [
            {
                "label": _label(draft, key[1]),
                "comments": said,
                "url": address_of_question(draft, outcome, key),
            }
            for key, said in open_comments(draft).items()
        ],
        "mistakes": mistakes,
        "menu": menu_of(draft, outcome, ""),
        "told": told,
        "saved_at": saved_at(draft),
        "is_older": draft.version.form.live_id not in (None, draft.version_id),
        "page": {"title": draft.version.document.title},
    }


def _label(draft: Draft, name: str) -> str:
    document = draft.version.document
    placed = document.questions.get(name) or document.rosters.get(name)
    return placed.item.label if placed else name


@require_safe
def done(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show the receipt of what was handed in."""
    draft = find_draft(request, uuid)
    if draft is None:
        return refuse(request)
    submission = Submission.objects.select_related("form", "school").filter(pk=uuid).first()
    if submission is None:
        return redirect("forms_resume", uuid=uuid)
    document = draft.version.document
    context = {
        "draft": draft,
        "submission": submission,
        "document": document,
        "link": request.build_absolute_uri(link_to(draft)) if draft.owner_id is None else "",
        "may_withdraw": holder_can_withdraw(draft, submission),
        "page": {"title": document.title},
    }
    return render(request, "forms/filling/done.html", context)


@require_safe
def later(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Say that all is saved and how to come back."""
    draft = find_draft(request, uuid)
    if draft is None:
        return refuse(request)
    if not draft.is_open:
        return closed(request, draft)
    link = request.build_absolute_uri(link_to(draft)) if draft.owner_id is None else ""
    context = {
        "draft": draft,
        "link": link,
        "saved_at": saved_at(draft),
        "page": {"title": draft.version.document.title},
    }
    return render(request, "forms/filling/later.html", context)
