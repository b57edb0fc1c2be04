"""Panels of our own for the editing screens."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel, TitleFieldPanel


class TitlePanel(TitleFieldPanel):
    """The title. The address is made of its pinyin when the page is saved.

    Wagtail's script would fill it in while one types, and drop every Chinese character: “2026年工作要点” and
    “2026年招生办法” would both want to be “2026”.
    """

    class BoundPanel(TitleFieldPanel.BoundPanel):
        """Feeds no other field."""

        def get_attrs(self) -> dict[str, Any]:
            return {"placeholder": self.get_placeholder()}


def title_panel() -> TitlePanel:
    """Return the panel of a page's title."""
    return TitlePanel("title", placeholder=_("Title"), help_text=_("As readers see it."))


def intro_panel() -> FieldPanel:
    """Return the panel of a page's introduction; a script counts its characters."""
    return FieldPanel("intro", attrs={"data-controller": "xq-count"})


class TemplatePanel(Panel):
    """What a plan's template says beside the plan: where it came from, guidance, and changes on offer."""

    class BoundPanel(Panel.BoundPanel):
        """Shown on plans that were started from a template."""

        template_name = "cms/admin/pages/template_panel.html"

        def is_shown(self) -> bool:
            return bool(self.instance.template_page_id)

        def show_panel_furniture(self) -> bool:
            return False

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            from cms.pages.plan_template import guidance, offered_revision

            context = super().get_context_data(parent_context)
            return {
                **context,
                "plan": self.instance,
                "template": self.instance.template_page,
                "sections": guidance(self.instance),
                "offered": offered_revision(self.instance),
            }
