"""robots.txt and favicon.ico: fixed names that browsers and robots ask for."""

from __future__ import annotations

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

_CLOSED = ("/admin/", "/api/", "/search/")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Keep robots out of the workplace and of search results; show them the sitemap."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in _CLOSED)]
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('sitemap_index'))}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def favicon(request: HttpRequest) -> HttpResponseBase:
    """The icon for browsers that know no SVG."""
    path = settings.BASE_DIR / "templates" / "static" / "img" / "favicon.ico"
    response = FileResponse(path.open("rb"), content_type="image/x-icon")
    response["Cache-Control"] = "public, max-age=86400"
    return response
