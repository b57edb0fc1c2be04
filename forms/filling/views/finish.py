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
from forms.filling.twins import TAKE_BACK, decide, twins_of
from forms.filling.views.access import actor, closed, find_draft, refuse
from forms.public.handing_in import Guard
from forms.public.permissions import holder_can_withdraw
from forms.public.turns import had_turn
from forms.public.visitor import browser_of
from forms.registers.actions.entry import is_same_by_word
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
    draft = find_draft(request, uuid, to_hand_in=request.method == "POST")
    if draft is None:
        return refuse(request)
    if not draft.is_open:
        return closed(request, draft)
    told, status, guard = "", 409, Guard(request, draft)
    if "duplicate" in request.POST:
        return _decide(request, draft)
    twins = twins_of(draft, actor(request))
    if request.method == "POST" and not twins:
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
    context = {**guard.context(), "twins": twins, "must_decide": request.method == "POST" and twins}
    return _show(request, draft, told, context, status if told else 200)


def _show(request: HttpRequest, draft: Draft, told: str, more: dict[str, Any], status: int) -> HttpResponse:
    with remembered_choices():
        context = {**_context(draft, run_draft(draft), told), **more}
    return render(request, "forms/filling/check.html", context, status=status)


def _decide(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Take what the person says about a record that may be of the same child; then show the answers once more."""
    if draft.owner_id is None:
        raise Http404
    said = request.POST.dict()
    try:
        decide(draft, request.user, said)
    except ValidationError as refused:
        told = "；".join(refused.messages)
        twins = twins_of(draft, request.user, said, told)
        is_shown = any(one.problem for one in twins)
        return _show(request, draft, "" if is_shown else told, {"twins": twins}, 409)
    except PermissionDenied:
        raise Http404 from None
    return redirect("forms_check", uuid=draft.pk)


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
        "take_back": TAKE_BACK if draft.owner_id is not None and is_same_by_word(draft) else "",
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
        "had_turn": had_turn(submission.form, request.user, browser_of(request)),
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
