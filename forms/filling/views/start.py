"""The start page of a form: what it is about, who fills it in, why sensitive things are asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from cms.service import schools_of
from forms.definitions.models import Audience, Form
from forms.definitions.questions import Hidden
from forms.filling.actions import StartDraft
from forms.filling.links import held_drafts, hold
from forms.filling.models import Draft
from forms.filling.permissions import user_belongs_to_audience, user_can_fill, user_can_try
from forms.filling.showing import saved_at
from forms.filling.views.access import actor
from forms.public.opening import opening_of
from forms.public.places import PLACE
from forms.public.throttle import TooOftenError, begun, count
from forms.public.turns import had_turn
from forms.public.visitor import Visitor, browser_of
from forms.registers.models import Record
from forms.registers.prefill import last_submission
from forms.submissions.models import Submission

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

#: The most unfinished drafts of the form that the start page offers.
OFFERED = 5


@require_http_methods(["GET", "HEAD", "POST"])
def start_form(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what the form is about; a POST begins a draft. A closed form says so to whom it is meant for."""
    form = get_object_or_404(Form.objects.select_related("live", "school"), slug=slug)
    is_test = "test" in request.GET and user_can_try(request.user, form)
    if not is_test and not _may_know(request, form):
        if request.user.is_authenticated:
            raise Http404
        return redirect_to_login(request.get_full_path())
    if form.live is None:
        raise Http404
    problems: list[str] = []
    status = 200
    if request.method == "POST":
        try:
            return _begin(request, form, is_test)
        except ValidationError as error:
            problems = error.messages
            status = 429 if isinstance(error, TooOftenError) else 400
        except PermissionDenied:
            raise Http404 from None
    return render(
        request, "forms/filling/start.html", _context(request, form, is_test, problems), status=status
    )


def _may_know(request: HttpRequest, form: Form) -> bool:
    return form.audience == Audience.PUBLIC or user_belongs_to_audience(request.user, form)


def _begin(request: HttpRequest, form: Form, is_test: bool) -> HttpResponse:
    visitor = None if request.user.is_authenticated else Visitor.of(request)
    if visitor is not None:
        count(begun(), visitor.address)
    draft = StartDraft(
        form,
        user=actor(request),
        school=_chosen_school(request),
        subject=_subject(request, form),
        parameters=_parameters(request, form),
        is_test=is_test,
        uuid=_uuid(request.POST.get("draft", "")),
        copy_last="copy" in request.POST,
        page=request.POST.get(PLACE, ""),
        renew=True,
    ).execute()
    response = redirect("forms_resume", uuid=draft.pk)
    if draft.owner_id is None:
        hold(request, response, draft.pk)
    if visitor is not None:
        visitor.remember(request, response)
    return response


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _chosen_school(request: HttpRequest) -> Any:
    """Return the school that the person fills in for, when she has said which of hers."""
    code = request.POST.get("school", "")
    if not code or not request.user.is_authenticated:
        return None
    return schools_of(request.user).filter(code=code).first()


def _subject(request: HttpRequest, form: Form) -> Record | None:
    """Return the record that the form is filled in about. Raises Http404 for one that the person may not see."""
    uuid = _uuid(request.POST.get("about") or request.GET.get("about", ""))
    if (
        uuid is None
        or not request.user.is_authenticated
        or form.live is None
        or form.live.document.about is None
    ):
        return None
    name = form.live.document.about.register_name
    return get_object_or_404(Record.objects.for_user(request.user).filter(register__name=name), pk=uuid)


def _parameters(request: HttpRequest, form: Form) -> dict[str, str]:
    """Return what the address says for the hidden questions that name a parameter."""
    asked = {*request.GET, *request.POST}
    names = _parameter_names(form)
    return {name: request.POST.get(name) or request.GET.get(name, "") for name in names if name in asked}


def _parameter_names(form: Form) -> list[str]:
    if form.live is None:
        return []
    items = (placed.item for placed in form.live.document.questions.values())
    return [item.parameter for item in items if isinstance(item, Hidden) and item.parameter]


def _context(request: HttpRequest, form: Form, is_test: bool, problems: list[str]) -> dict[str, Any]:
    document = form.live.document if form.live else None
    subject = _subject(request, form)
    schools = list(schools_of(request.user)) if request.user.is_authenticated else []
    questions = [placed.item for placed in document.questions.values()] if document else []
    opening = opening_of(form) if form.audience == Audience.PUBLIC else None
    had = "" if is_test else had_turn(form, request.user, browser_of(request))
    return {
        "form": form,
        "opening": opening,
        "had_turn": had,
        "handed_in": _handed_in(request, form) if had else None,
        "document": document,
        "is_test": is_test,
        "may_fill": is_test
        or (user_can_fill(request.user, form) and (opening is None or opening.is_open) and not had),
        "problems": problems,
        "draft_uuid": uuid4(),
        "parameters": _parameters(request, form),
        "place": (PLACE, request.POST.get(PLACE) or request.GET.get(PLACE, "")),
        "drafts": _open_drafts(request, form, subject),
        "subject": subject,
        "can_copy": bool(subject and last_submission(form, subject, request.user)),
        "needs_subject": bool(
            document and document.about and document.about.mode == "about" and subject is None
        ),
        "schools": schools if len(schools) > 1 and form.school_id is None else [],
        "sensitive": [question for question in questions if question.sensitive and question.asks],
        "steps": document.steps if document else (),
        "page": {"title": document.title if document else form.title},
        "address": reverse("forms_start", kwargs={"slug": form.slug}),
    }


def _handed_in(request: HttpRequest, form: Form) -> Submission | None:
    """Return what this person handed in last, to lead to its receipt."""
    found = Submission.objects.counted().filter(form=form).order_by("-submitted_at")
    if request.user.is_authenticated:
        return found.filter(submitted_by=request.user).first()
    return found.filter(submitted_by=None, pk__in=held_drafts(request)).first()


def _open_drafts(request: HttpRequest, form: Form, subject: Record | None) -> list[dict[str, Any]]:
    """Return the person's unfinished drafts of this form, the newest first; about the record when there is one."""
    drafts = Draft.objects.open().filter(version__form=form).with_form().select_related("subject")
    if request.user.is_authenticated:
        drafts = drafts.for_user(request.user)
    else:
        drafts = drafts.filter(owner=None, pk__in=held_drafts(request))
    if subject is not None:
        drafts = drafts.filter(subject=subject)
    return [{"draft": draft, "saved_at": saved_at(draft)} for draft in drafts[:OFFERED]]
