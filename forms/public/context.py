"""What the template of a form page needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cms.service import context_of
from forms.public.models import FormPage
from forms.public.opening import opening_of
from forms.public.places import start_url
from forms.public.qr import drawing_of

if TYPE_CHECKING:
    from django.http import HttpRequest


@context_of(FormPage)
def form_page_context(page: FormPage, request: HttpRequest) -> dict[str, Any]:
    """Where the form stands, the way in, and the code for print. Four queries at most."""
    document = page.form.live.document if page.form.live else None
    return {
        "opening": opening_of(page.form),
        "start_url": start_url(page),
        "steps": document.steps if document else (),
        "short_url": page.short_url if page.code else "",
        "qr": drawing_of(page.short_url) if page.code else None,
    }
