"""My drafts: the list, putting one aside and taking it up again, opening one by its link, carrying it over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from forms.filling.actions import CarryDraft, DiscardDraft, DraftClosedError, RestoreDraft
from forms.filling.differences import differences
from forms.filling.links import hold, read_link
from forms.filling.models import Draft, DraftState
from forms.filling.showing import saved_at
from forms.filling.views.access import actor, closed, find_draft, refuse
from forms.kinds import kind_of
from forms.sealing.masking import mask

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

#: The most drafts on the page.
SHOWN = 100


@require_safe
@login_required
def my_drafts(request: HttpRequest) -> HttpResponse:
    """List what the person has begun and not handed in. Two queries, however many."""
    drafts = list(
        Draft.objects.open().for_user(request.user).with_form().select_related("subject", "school")[:SHOWN]
    )
    aside = None
    if "aside" in request.GET:
        aside = _put_aside(request)
    rows = [{"draft": draft, "saved_at": saved_at(draft)} for draft in drafts]
    return render(request, "forms/filling/drafts.html", {"rows": rows, "aside": aside})


def _put_aside(request: HttpRequest) -> Draft | None:
    """Return the draft that was just put aside, so that it can be taken up again."""
    uuid = request.GET["aside"]
    drafts = Draft.objects.for_user(request.user).filter(state=DraftState.DISCARDED)
    return next((draft for draft in drafts.with_form() if str(draft.pk) == uuid), None)


@require_POST
def discard(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Put a draft aside."""
    draft = find_draft(request, uuid)
    if draft is None:
        return refuse(request)
    try:
        DiscardDraft(draft, actor(request)).execute()
    except DraftClosedError:
        return closed(request, draft)
    if draft.owner_id is None:
        return redirect("forms_start", slug=draft.version.form.slug)
    response = redirect("forms_drafts")
    response["Location"] += f"?aside={draft.pk}"
    return response


@require_POST
def take_up(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take up a draft again."""
    draft = find_draft(request, uuid)
    if draft is None:
        return refuse(request)
    RestoreDraft(draft, actor(request)).execute()
    return redirect("forms_resume", uuid=draft.pk)


@require_safe
def open_link(request: HttpRequest, signed: str) -> HttpResponse:
    """Let this browser hold the draft of a signed link, and lead to it. Nothing is written."""
    uuid = read_link(signed)
    if uuid is None or not Draft.objects.filter(pk=uuid, owner=None).exists():
        raise Http404
    response = redirect("forms_resume", uuid=uuid)
    hold(request, response, uuid)
    response["Referrer-Policy"] = "no-referrer"
    return response


def carry(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show what is new in the form's newest version; a POST carries the draft over to it."""
    draft = find_draft(request, uuid)
    if draft is None:
        return refuse(request)
    if not draft.is_open:
        return closed(request, draft)
    newest = draft.version.form.live
    if newest is None or newest.pk == draft.version_id:
        return redirect("forms_resume", uuid=uuid)
    if request.method == "POST":
        CarryDraft(draft, actor(request)).execute()
        return redirect("forms_resume", uuid=uuid)
    changed = differences(draft.version.document, newest.document)
    context = {
        "draft": draft,
        "newest": newest,
        "changed": [{"difference": one, "answer": _answer(draft, one.name)} for one in changed],
        "page": {"title": newest.document.title},
    }
    return render(request, "forms/filling/carry.html", context)


def _answer(draft: Draft, name: str) -> str:
    """Return what was answered to a question, for people."""
    placed = draft.version.document.questions.get(name)
    value: Any = draft.answers.get(name) if placed and not placed.rosters else None
    if placed is None or value is None:
        return ""
    if placed.item.sensitive:
        return mask(placed.item, value)
    return kind_of(placed.item).display(placed.item, value, draft.version.document)
