"""Every screen of our own in the admin, at the desk and behind a link: who looks at it, and where it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import SimpleNamespace

from django.urls import URLPattern, get_resolver, reverse

from cms.people.models import Role

ADMIN, BUREAU, INSPECTOR = Role.BUREAU_ADMIN, Role.BUREAU_EDITOR, Role.INSPECTOR
HEAD, EDITOR, TEACHER = Role.SCHOOL_HEAD, Role.SCHOOL_EDITOR, Role.CLASS_TEACHER


@dataclass(frozen=True)
class Screen:
    """A screen as these roles see it; `args` gives what its address needs; `query` is added, `{site.x}` filled in."""

    name: str
    roles: tuple[Role | None, ...] = (ADMIN,)
    args: Callable[[SimpleNamespace], list] = lambda _: []
    query: str = ""
    status: int = 200

    def path(self, site: SimpleNamespace) -> str:
        return reverse(self.name, args=self.args(site)) + self.query.format(site=site)


SCREENS = [
    Screen("cms_login", (None,)),
    Screen("cms_account_link", (None,), lambda site: [site.invitation.token]),
    Screen("cms_account_link", (None,), lambda site: [site.new_password.token]),
    Screen("cms_account_link", (None,), lambda _: ["used-up"], status=410),
    Screen("cms_desk", (TEACHER,)),
    Screen("cms_desk_password", (TEACHER,)),
    Screen("wagtailadmin_home", (ADMIN, BUREAU, INSPECTOR, HEAD, EDITOR)),
    # People
    Screen("cms_people_index", (ADMIN, HEAD)),
    Screen("cms_people_index", query="?q=没有这个人"),
    Screen("cms_people_invite", (ADMIN, HEAD)),
    Screen("cms_people_import"),
    Screen("cms_people_links"),
    Screen("cms_person", (ADMIN, HEAD), lambda site: [site.people[EDITOR].pk]),
    Screen("cms_person", args=lambda site: [site.gone.pk]),
    Screen("cms_person", args=lambda site: [site.people[ADMIN].pk]),
    Screen("cms_person", args=lambda site: [site.invitation.user.pk]),
    Screen("cms_person_edit", (ADMIN, HEAD), lambda site: [site.people[EDITOR].pk]),
    # Forms
    Screen("forms_xlsform_import", (ADMIN, HEAD)),
    # Schools
    Screen("schools_modeladmin_index", (ADMIN, HEAD)),
    Screen("schools_modeladmin_index", query="?q=没有这所学校"),
    Screen("schools_modeladmin_create"),
    Screen("schools_modeladmin_edit", (ADMIN, HEAD), lambda site: [site.school.pk]),
    Screen("schools_modeladmin_inspect", (ADMIN, HEAD), lambda site: [site.school.pk]),
    Screen("schools_modeladmin_inspect", args=lambda site: [site.closed.pk]),
    Screen("schools_modeladmin_inspect", args=lambda site: [site.merged.pk]),
    Screen("schools_modeladmin_history", args=lambda site: [site.school.pk]),
    Screen("cms_school_import"),
    Screen("cms_school_close", args=lambda site: [site.school.pk]),
    Screen("cms_school_merge", args=lambda site: [site.school.pk]),
    Screen("cms_school_reopen", args=lambda site: [site.closed.pk]),
    # Plans and drafts
    Screen("cms_start_plan", (BUREAU, EDITOR)),
    Screen("cms_template_changes", (EDITOR,), lambda site: [site.plan.pk]),
    Screen("cms_share_preview", (EDITOR,), lambda site: [site.draft.pk]),
    Screen("cms_plan_import", (ADMIN, EDITOR)),
    *(
        Screen("cms_plan_import_batch", (EDITOR,), lambda site, state=state: [site.batches[state].pk])
        for state in ("checked", "imported", "taken back", "busy", "failed")
    ),
    # Search
    Screen("cms_search", (ADMIN, BUREAU, INSPECTOR, HEAD, EDITOR)),
    Screen("cms_search", (BUREAU, EDITOR), query="?q=计划"),
    Screen("cms_search", (EDITOR,), query="?q=没有这个词"),
    Screen("cms_similar", (BUREAU, EDITOR), lambda site: ["plan", site.plan.pk]),
    Screen("cms_plan_again", (BUREAU, EDITOR), lambda site: [site.plan.pk]),
    Screen("search_index"),
    Screen("search_synonyms"),
    Screen("search_synonyms", query="?word=托幼"),
    Screen("search_synonym", args=lambda site: [site.synonyms.pk]),
    Screen("search_gaps"),
    # Programs
    Screen("webhooks_modeladmin_index"),
    Screen("webhooks_modeladmin_create"),
    Screen("webhooks_modeladmin_edit", args=lambda site: [site.webhook.pk]),
    Screen("webhooks_modeladmin_inspect", args=lambda site: [site.webhook.pk]),
    Screen("webhooks_modeladmin_inspect", args=lambda site: [site.stopped.pk]),
    Screen("webhooks_modeladmin_delete", args=lambda site: [site.webhook.pk]),
    Screen("webhooks_modeladmin_history", args=lambda site: [site.webhook.pk]),
    Screen("webhook-deliveries_modeladmin_index"),
    Screen("webhook-deliveries_modeladmin_index", query="?state__exact=sending"),
    *(
        Screen(
            "webhook-deliveries_modeladmin_inspect",
            args=lambda site, number=number: [site.deliveries[number].pk],
        )
        for number in range(3)
    ),
    Screen("content-tokens_modeladmin_index"),
    Screen("content-tokens_modeladmin_create"),
    Screen("content-tokens_modeladmin_delete", args=lambda site: [site.token.pk]),
    Screen("content-tokens_modeladmin_history", args=lambda site: [site.token.pk]),
]

#: Addresses that are no screens, with the reason.
NO_SCREENS = {
    "cms_desk_logout": "a button: a POST that leads on",
    "cms_person_link": "a button",
    "cms_person_deactivate": "a button",
    "cms_person_reactivate": "a button",
    "cms_person_add_role": "a button",
    "cms_role_change": "a button",
    "cms_role_remove": "a button",
    "cms_plan_import_confirm": "a button",
    "cms_plan_import_undo": "a button",
    "webhook_verb": "buttons",
    "webhook_send_again": "a button",
    "cms_plan_import_status": "JSON for the progress bar",
    "cms_plan_rows": "JSON for a select",
    "cms_suggest": "JSON for what is offered while typing",
    "cms_search_export": "a download",
    "cms_search_save": "a button",
    "cms_search_saved": "buttons",
    "search_index_status": "JSON for the progress bar",
    "search_index_verb": "buttons",
    "search_synonym_delete": "a button",
    "search_gap_forget": "a button",
    "schools_modeladmin_delete": "refused to everybody: schools are closed",
    "webhook-deliveries_modeladmin_create": "refused to everybody: a log",
    "webhook-deliveries_modeladmin_edit": "refused to everybody: a log",
    "webhook-deliveries_modeladmin_delete": "refused to everybody: a log",
    "content-tokens_modeladmin_edit": "refused to everybody: a token is never edited",
}
PLACES = ("admin/", "desk/", "account/")
OURS = ("cms.", "forms.", "search.", "xinqiao.")


def own_names() -> set[str]:
    """Return the names of all addresses in the admin, at the desk and of links whose views are ours."""
    return {name for path, name, view in _walk(get_resolver()) if path.startswith(PLACES) and _is_ours(view)}


def _walk(resolver, before: str = "", space: str = "") -> Iterator[tuple[str, str, Callable]]:
    for pattern in resolver.url_patterns:
        path = before + str(pattern.pattern).lstrip("^")
        if isinstance(pattern, URLPattern):
            yield path, space + (pattern.name or path), pattern.callback
        else:
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern, path, inner)


def _is_ours(view: Callable) -> bool:
    """Say whether the view, its class, or the modeladmin that it is a method of stands in our code."""
    layers = [view]  # a class's view carries the wrapping of its `dispatch`: look at each layer
    while inner := getattr(layers[-1], "__wrapped__", None):
        layers.append(inner)
    owners = [
        getattr(layer, "view_class", None) or type(getattr(layer, "__self__", None)) for layer in layers
    ]
    return any(getattr(thing, "__module__", "").startswith(OURS) for thing in (*layers, *owners))
