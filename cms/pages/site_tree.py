"""The fixed part of the page tree, made once: home page, libraries, workflow, groups."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Collection, Site, Workflow, WorkflowPage, WorkflowTask

from cms.moderation.models import BureauApprovalTask
from cms.pages.models import (
    BasePage,
    HomePage,
    NewsIndexPage,
    PlanIndexPage,
    PolicyIndexPage,
    SchoolIndexPage,
    TemplateIndexPage,
)
from cms.people.groups import bureau_group, ensure_bureau_groups
from cms.people.models import Role

APPS_WITH_RIGHTS = ("cms", "wagtailadmin", "wagtailredirects")
WAGTAILS_ROOT = "Root"


def ensure_site(**kwargs: Any) -> None:
    """Make what every site of this kind has; do nothing that is there already (runs after each migrate)."""
    for label in APPS_WITH_RIGHTS:
        create_permissions(apps.get_app_config(label), verbosity=0)
    with transaction.atomic(), override("zh-hans"):
        root = BasePage.get_first_root_node()
        if root is None:  # a flushed test database
            return
        _name_roots(root)
        home = HomePage.objects.first() or _make_home(root)
        _ensure_sections(home)
        ensure_bureau_groups(root)
        _ensure_workflow(SchoolIndexPage.objects.get())
        _ensure_address()


def _name_roots(root: BasePage) -> None:
    """Give a Chinese name to what Wagtail's migrations call "Root": the tree and the bureau's collection."""
    if root.title == WAGTAILS_ROOT:
        title = _("All pages")
        # Not `save()`: it would queue an entry in the search index for what is no page.
        BasePage.objects.filter(pk=root.pk).update(title=title, draft_title=title)
    Collection.objects.filter(depth=1, name=WAGTAILS_ROOT).update(name=_("Bureau"))


def _make_home(root: BasePage) -> HomePage:
    """Put our home page in the place of Wagtail's welcome page."""
    site = Site.objects.filter(is_default_site=True).first()
    welcome = site.root_page if site else None
    if welcome is not None:
        # Not `save()`: it would queue an entry in the search index for a page that is gone a moment later.
        aside = "wagtail-welcome"
        BasePage.objects.filter(pk=welcome.pk).update(slug=aside, url_path=f"{root.url_path}{aside}/")
    home = root.add_child(instance=HomePage(title=_("Home"), slug="home"))
    if site is None:
        Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    else:
        site.root_page = home
        site.save()
    if welcome is not None:
        welcome.delete()
    return HomePage.objects.get(pk=home.pk)


def _ensure_sections(home: HomePage) -> None:
    """Make the libraries below the home page, in the order of the menu."""
    sections: list[tuple[type[BasePage], str, str]] = [
        (PolicyIndexPage, "policies", _("Policies")),
        (NewsIndexPage, "news", _("Activity news")),
        (PlanIndexPage, "plans", _("Plans")),
        (TemplateIndexPage, "templates", _("Plan templates")),
        (SchoolIndexPage, "schools", _("Schools")),
    ]
    for model, slug, title in sections:
        if not model.objects.child_of(home).exists():
            home.refresh_from_db()
            home.add_child(instance=model(title=title, slug=slug, show_in_menus=True))


def _ensure_address() -> None:
    """Give the default site the host and port of SITE_URL, which full addresses are built from."""
    parts = urlsplit(settings.SITE_URL)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    site = Site.objects.get(is_default_site=True)
    if (site.hostname, site.port) != (parts.hostname, port):
        site.hostname, site.port = parts.hostname, port
        site.save()


def _ensure_workflow(schools: SchoolIndexPage) -> None:
    """Schools submit, the bureau approves: the workflow of everything below the school directory."""
    if WorkflowPage.objects.filter(page=schools).exists():
        return
    workflow = Workflow.objects.create(name=_("School submits, bureau approves"))
    task = BureauApprovalTask.objects.create(name=_("Approval by the bureau"))
    task.groups.set([bureau_group(Role.BUREAU_ADMIN), bureau_group(Role.BUREAU_EDITOR)])
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=schools)
