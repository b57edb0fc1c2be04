"""Where a person goes when she has logged in."""

from __future__ import annotations

from typing import Any

from django.urls import reverse


def landing_address(user: Any) -> str:
    """Return the admin's address for whoever may enter it, the desk's for everybody else (class teachers)."""
    return reverse("wagtailadmin_home" if user.has_perm("wagtailadmin.access_admin") else "cms_desk")
