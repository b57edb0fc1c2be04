"""Files that come with a page: stored at once, their ids added to the answers."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from forms.definitions.questions import File, Photo, Signature
from forms.files.actions import StoreFile
from forms.filling.widgets import html_name
from forms.public.throttle import count_for, uploaded

if TYPE_CHECKING:
    from django.http import HttpRequest

    from forms.answers.answers import Key
    from forms.filling.models import Draft
    from forms.filling.step_form import StepForm

DATA_URL = "data:image/png;base64,"
#: A drawn signature, as base64.
MOST_DRAWN = 500_000


def store_uploads(
    draft: Draft, form: StepForm, request: HttpRequest, user: Any
) -> tuple[dict[Key, Any], dict[str, list[str]]]:
    """Return the answers that the files of a page make, by key, and what was not taken and why, by question."""
    answers: dict[Key, Any] = {}
    problems: dict[str, list[str]] = {}
    for name, bound in form.questions.items():
        question = bound.question
        key = (form.item, question.name)
        if question.read_only:
            continue
        if isinstance(question, File | Photo):
            sent = request.FILES.getlist(f"{name}:new")
            if sent:
                kept = bound.widget.value_from_datadict(request.POST, None, name)
                added, told = _store_each(draft, question, sent, request, user)
                answers[key] = [*kept, *added]
                problems |= {question.name: told} if told else {}
        elif isinstance(question, Signature) and (
            drawn := request.POST.get(f"{html_name(question.name)}:drawing")
        ):
            try:
                answers[key] = {"file": _store_drawing(draft, question, drawn, request, user)}
            except ValidationError as refused:
                problems[question.name] = refused.messages
    return answers, problems


def _store_each(
    draft: Draft, question: Any, sent: list[Any], request: HttpRequest, user: Any
) -> tuple[list[str], list[str]]:
    added, told = [], []
    for upload in sent:
        try:
            count_for(draft, uploaded(), request)
            added.append(str(StoreFile(draft, question.name, upload, user).execute().pk))
        except ValidationError as refused:
            told += [f"{upload.name}：{message}" for message in refused.messages]
    return added, told


def _store_drawing(draft: Draft, question: Signature, drawn: str, request: HttpRequest, user: Any) -> str:
    """Return the id of the stored drawing. Raises ValidationError: TooOftenError, or when it is no drawing."""
    again = ValidationError(_("Please sign again."))
    if not drawn.startswith(DATA_URL) or len(drawn) > MOST_DRAWN:
        raise again
    count_for(draft, uploaded(), request)
    try:
        content = base64.b64decode(drawn.removeprefix(DATA_URL), validate=True)
        file = ContentFile(content, name="signature.png")
        return str(StoreFile(draft, question.name, file, user).execute().pk)
    except (binascii.Error, ValidationError) as error:
        raise again from error
