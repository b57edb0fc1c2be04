"""The counties of a province, for the page to fill its list when a province is chosen."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from forms.filling.offers import counties


@require_safe
def divisions(request: HttpRequest, within: str) -> JsonResponse:
    """Return [{"label": city, "options": [{"value", "label"}]}] for the two digits of a province. Public facts."""
    groups = [
        {"label": g.label, "options": [{"value": o.value, "label": o.label} for o in g.offers]}
        for g in counties(within if within.isdecimal() and within != "00" else "", "")
    ]
    answer = JsonResponse({"groups": groups})
    answer["Cache-Control"] = "public, max-age=86400"
    return answer
