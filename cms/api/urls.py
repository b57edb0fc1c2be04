"""Addresses under /api/v1/. Every operation stands behind the same door."""

from __future__ import annotations

import re

from django.urls import URLPattern, path, re_path

from cms.api.api import OTHER_ROUTERS, api
from cms.api.docs import router as docs_router
from cms.api.door import door, nothing_here
from cms.api.routers import changes, libraries, media, previews, search, similar, site

for router in (
    libraries.router,
    site.router,
    media.router,
    changes.router,
    previews.router,
    search.router,
    similar.router,
    docs_router,
    *OTHER_ROUTERS,
):
    api.add_router("", router)


def _patterns() -> list[URLPattern]:
    """Return a pattern for each path of the API; the door picks the operation by method."""
    found = []
    for bound in api._get_bound_routers():
        for route, view in bound.path_operations.items():
            django_route = re.sub(r"{([^}]*)}", r"<\1>", route.lstrip("/"))
            name = next((getattr(operation, "url_name", "") for operation in view.operations), "")
            found.append(path(django_route, door(view.operations), name=name or None))
    return found


urlpatterns = [*_patterns(), re_path(r"", nothing_here)]
