"""Who comes to a draft: its owner, or whoever has opened it by its signed link."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from forms.filling.links import holds_link
from forms.filling.models import Draft, DraftState
from forms.filling.permissions import user_can_continue
from forms.public.throttle import TooOftenError, count_for, saved

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


def find_draft(
    request: HttpRequest, uuid: UUID, *, to_change: bool = False, to_hand_in: bool = False
) -> Draft | None:
    """Return the draft when this person may continue it. One query; a second for her session."""
    if to_hand_in:
        drafts = Draft.objects.to_hand_in()
    else:
        drafts = Draft.objects.to_change() if to_change else Draft.objects.to_read()
        drafts = drafts.select_related("school", "subject")
    draft = drafts.filter(pk=uuid).first()
    if draft is None or not user_can_continue(request.user, draft, holds_link=holds_link(request, draft)):
        return None
    return draft


def refuse(request: HttpRequest) -> HttpResponse:
    """Answer somebody who may not see the draft: who is not logged in may do so, and learns nothing till then.

    What was typed meanwhile is not lost: the page says how to send it once more.
    """
    if request.user.is_authenticated:
        raise Http404
    if wants_json(request):
        return JsonResponse({"problem": "login"}, status=401)
    if request.method == "POST":
        return render(request, "forms/filling/logged_out.html", {"typed": typed_of(request)}, status=401)
    return redirect_to_login(request.get_full_path())


def closed(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Answer somebody who comes to a draft that is closed."""
    if wants_json(request):
        return JsonResponse(
            {"problem": "closed", "message": _("This form was handed in meanwhile.")}, status=409
        )
    if draft.state == DraftState.SUBMITTED:
        return redirect("forms_done", uuid=draft.pk)
    return redirect("forms_drafts")


def held_back(request: HttpRequest, draft: Draft) -> HttpResponse | None:
    """Answer somebody without an account from whose network too much was saved; None while there is room.

    What was typed stays: a script tries again later, the page offers to send it once more.
    """
    by_script = wants_json(request) or request.POST.get("go") == "autosave"
    try:
        count_for(draft, saved(by_script=by_script), request)
    except TooOftenError as error:
        told, wait = "；".join(error.messages), str(error.wait)
        if by_script:
            return JsonResponse(
                {"problem": "too_often", "message": told}, status=429, headers={"Retry-After": wait}
            )
        context = {"draft": draft, "told": told, "typed": typed_of(request)}
        response = render(request, "forms/filling/too_often.html", context, status=429)
        response.headers["Retry-After"] = wait
        return response
    return None


def wants_json(request: HttpRequest) -> bool:
    """Say whether a script asks, not a person."""
    return request.headers.get("Accept", "").startswith("application/json")


def typed_of(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what a page sent, to be sent once more; without what belongs to the request itself."""
    left_out = {"csrfmiddlewaretoken", "go"}
    return [(key, one) for key, many in request.POST.lists() if key not in left_out for one in many]


def actor(request: HttpRequest) -> Any:
    """Return who acts: nobody for a draft that is held by its link."""
    return request.user if request.user.is_authenticated else None
