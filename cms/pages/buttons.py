"""Buttons of ours in Wagtail's page headers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.widgets import Button

from cms.pages.models import PlanIndexPage, PlanTemplatePage
from cms.pages.places import user_can_start_plans


def start_plan_url(page: Any = None) -> str:
    """Return the address of 从模板新建计划, with the template or the place already chosen."""
    url = reverse("cms_start_plan")
    model = page.specific_class if page is not None else None
    if model is PlanIndexPage:
        return f"{url}?place={page.pk}"
    return f"{url}?template={page.pk}" if model is PlanTemplatePage else url


def start_plan_button(page: Any, user: Any) -> Iterator[Button]:
    """Yield the button on plan lists the user may add to, and on published templates."""
    if page.specific_class is PlanIndexPage:
        shown = page.permissions_for_user(user).can_add_subpage()
    else:
        shown = page.specific_class is PlanTemplatePage and page.live and user_can_start_plans(user)
    if shown:
        yield Button(_("New plan from a template"), start_plan_url(page), icon_name="list-ul", priority=5)
