"""The entry "forms" in the admin's menu: areas append their screens to `FORM_MENU` in their `hooks.py`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.options import ModelAdmin, ModelAdminGroup, modeladmin_register

FORM_MENU: list[type[ModelAdmin]] = []


class FormsGroup(ModelAdminGroup):
    """All screens of forms under one entry."""

    menu_label = _("Forms")
    menu_icon = "form"
    menu_order = 250

    def __init__(self) -> None:
        self.items = tuple(FORM_MENU)
        super().__init__()


def register_form_menu() -> None:
    """Put the entry into the menu, after every area has added its screens. An empty group breaks every menu."""
    if FORM_MENU:
        modeladmin_register(FormsGroup)
