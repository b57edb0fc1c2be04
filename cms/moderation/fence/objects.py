"""Which objects a request names, and whether its user may reach them.

Wagtail fences most views by the rights on the tree or collection, but not all (chosen views, usage, bulk
actions, the page chooser). Here every route is fenced alike, by the ids it carries.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from django.urls import ResolverMatch

from cms.moderation.permissions import user_can_choose_page, user_can_see_draft, user_can_see_media
from cms.people.permissions import user_is_bureau

PAGE, IMAGE, DOCUMENT = "page", "image", "document"
_KWARGS = {
    "page_id": PAGE,
    "parent_page_id": PAGE,
    "page_to_move_id": PAGE,
    "destination_id": PAGE,
    "page_pk": PAGE,
    "image_id": IMAGE,
    "document_id": DOCUMENT,
    "doc_id": DOCUMENT,
}
#: What a bare `pk` means.
_PK = {
    "wagtailadmin_pages:revisions_compare": PAGE,
    "wagtailadmin_api:pages:detail": PAGE,
    "wagtailadmin_api:pages:action": PAGE,
    "wagtailadmin_api:images:detail": IMAGE,
    "wagtailadmin_api:documents:detail": DOCUMENT,
    "wagtailimages_chooser:chosen": IMAGE,
    "wagtaildocs_chooser:chosen": DOCUMENT,
}
#: Parameters of the query or the form that name objects.
_PARAMETERS = {
    "wagtailadmin_choose_page_chosen_multiple": {"id": PAGE},
    "wagtailimages_chooser:chosen_multiple": {"id": IMAGE},
    "wagtaildocs_chooser:chosen_multiple": {"id": DOCUMENT},
    "wagtailadmin_pages:copy": {"new_parent_page": PAGE},
    "wagtailadmin_pages:move": {"new_parent_page": PAGE},
    "wagtailadmin_pages:history": {},
    "wagtail_bulk_action": {"childOf": PAGE, "chooser": PAGE},
}
_MODELS = {"siteimage": IMAGE, "image": IMAGE, "sitedocument": DOCUMENT, "document": DOCUMENT}
#: Routes that walk through the tree or show what was chosen: the bureau's public pages are open there.
_READING = {
    "wagtailadmin_explore",
    "wagtailadmin_explore_results",
    "wagtailadmin_choose_page_child",
    "wagtailadmin_choose_page_chosen_multiple",
    "wagtailadmin_api:pages:detail",
}


def user_can_reach(user: Any, request: HttpRequest, match: ResolverMatch) -> bool:
    """Say whether all that the request names lies within the user's schools. The bureau reaches all."""
    if user_is_bureau(user):
        return True
    reading = match.view_name in _READING
    return all(_is_within_reach(user, kind, pk, reading) for kind, pk in named_objects(request, match))


def named_objects(request: HttpRequest, match: ResolverMatch) -> Iterator[tuple[str, str]]:
    """Yield (kind, id) of every page, picture and document that the request names."""
    for name, value in match.kwargs.items():
        kind = _KWARGS.get(name) or (_PK.get(match.view_name) if name == "pk" else None)
        if kind:
            yield kind, str(value)
    if match.view_name == "wagtailadmin_editing_sessions:ping":
        yield _kind_of(match), match.kwargs["object_id"]
    parameters = dict(_PARAMETERS.get(match.view_name, {}))
    if match.view_name == "wagtail_bulk_action":
        parameters["id"] = _kind_of(match)
    for name, kind in parameters.items():
        for value in [*request.GET.getlist(name), *request.POST.getlist(name)]:
            if value and value != "all":
                yield kind, value


def _kind_of(match: ResolverMatch) -> str:
    return _MODELS.get(match.kwargs["model_name"].lower(), PAGE)


def _is_within_reach(user: Any, kind: str, pk: str, reading: bool) -> bool:
    from cms.pages.models import BasePage

    thing = _find(kind, pk)
    if thing is None:
        return True  # there is none: the view answers so
    if not isinstance(thing, BasePage):
        return user_can_see_media(user, thing)
    return user_can_see_draft(user, thing) or (reading and user_can_choose_page(user, thing))


def _find(kind: str, pk: str) -> Model | None:
    from cms.media.models import SiteDocument, SiteImage
    from cms.pages.models import BasePage

    model: Any = {PAGE: BasePage, IMAGE: SiteImage, DOCUMENT: SiteDocument}[kind]
    return model.objects.filter(pk=pk).first() if pk.isdigit() else None
