"""The answer when something broke: no database, and a last resort in plain HTML."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

_LAST_RESORT = "<!doctype html><html lang='zh-Hans'><meta charset='utf-8'><title>{0}</title><h1>{0}</h1>"


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer when something broke: whatever is broken must not break this page too."""
    try:
        body: str = render_to_string("500.html")
    except Exception:  # noqa: BLE001 - templates or static files may be what is broken
        body = _LAST_RESORT.format(_("The site has a problem at the moment"))
    return HttpResponse(body, status=500)
