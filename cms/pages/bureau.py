"""The bureau's own name, for headings outside its pages."""

from __future__ import annotations

from cms.pages.models import BureauSettings


def bureau_name() -> str:
    """Return the name of the bureau as its settings give it; empty when it was not given."""
    found = BureauSettings.objects.filter(site__is_default_site=True).values_list("bureau_name", flat=True)
    return found.first() or ""
