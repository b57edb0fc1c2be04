"""The panel of a form page's editor that shows its link, its QR code and the rules of its form."""

from __future__ import annotations

from typing import Any

from wagtail.admin.panels import Panel


class LinkPanel(Panel):
    """Shows what a saved form page can be reached by. It holds no field."""

    class BoundPanel(Panel.BoundPanel):
        """The panel for one page and one editor."""

        template_name = "forms/admin/public/link_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            from forms.definitions.permissions import user_can_design_form
            from forms.public.opening import opening_of
            from forms.public.qr import drawing_of

            page: Any = self.instance
            saved = bool(page.pk and page.form_id)
            url = page.short_url if saved else ""
            return {
                **super().get_context_data(parent_context),
                "page": page,
                "is_saved": saved,
                "short_url": url,
                "qr": drawing_of(url) if saved else None,
                "opening": opening_of(page.form) if saved else None,
                "can_design": saved and user_can_design_form(self.request.user, page.form),
            }
