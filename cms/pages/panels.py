"""Panels of our own for the editing screens."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel, TitleFieldPanel


class TitlePanel(TitleFieldPanel):
    """The title. It feeds the address only where the form has one: school people's has none."""

    class BoundPanel(TitleFieldPanel.BoundPanel):
        """Wagtail's script fails on a target that is not there."""

        def get_attrs(self) -> dict[str, Any]:
            if "slug" in self.form.fields:
                return super().get_attrs()
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
