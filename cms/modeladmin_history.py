"""What was done to a record that modeladmin keeps: what, by whom, when."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, DateColumn, UserColumn
from wagtail_modeladmin.views import HistoryView


class RecordHistory(HistoryView):
    """The history, for those who may list the records: modeladmin's own shows it to anybody in the admin."""

    columns = [
        Column("message", label=gettext_lazy("What")),
        UserColumn("user", label=gettext_lazy("By whom"), blank_display_name=gettext_lazy("Operator")),
        DateColumn("timestamp", label=gettext_lazy("When")),
    ]

    def check_action_permitted(self, user: Any) -> bool:
        return self.permission_helper.user_can_list(user)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        listing = {"url": self.url_helper.index_url, "label": str(self.verbose_name_plural)}
        title = _("History: %(name)s") % {"name": self.instance}
        return [*self.breadcrumbs_items, listing, {"url": "", "label": title}]
