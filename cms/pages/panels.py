"""Panels of our own for the editing screens."""

from __future__ import annotations

from typing import Any

from wagtail.admin.panels import Panel


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
