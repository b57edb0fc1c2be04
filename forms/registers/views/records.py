"""The list of records and a record's page: they read; what changes anything goes through the actions."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Prefetch
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.widgets.button import HeaderButton
from wagtail_modeladmin.views import HistoryView, IndexView, InspectView

from cms.service import School, User, schools_of
from forms.registers.duplicates import find_duplicates
from forms.registers.facts import facts_of
from forms.registers.filters import RecordFilter
from forms.registers.keeping import is_sensitive
from forms.registers.models import (
    Record,
    RecordConflict,
    RecordKeeper,
    RecordMerge,
    RecordState,
    Register,
    TransferState,
)
from forms.registers.permissions import (
    user_can_ask_transfer,
    user_can_assign_keepers,
    user_can_edit_record,
    user_can_merge_records,
)
from forms.registers.timeline import timeline_of
from forms.registers.versions import facts_now
from forms.registers.views.base import trail
from forms.sealing.permissions import user_can_see_sensitive


class RecordIndex(IndexView):
    """The records that the user may see, with filters; a fixed number of queries."""

    filter: RecordFilter

    def get_filters_params(self, params: Any = None) -> dict[str, list[str]]:
        """Leave nothing to modeladmin, which would take any lookup from the address."""
        return {}

    def get_queryset(self, request: HttpRequest | None = None) -> Any:
        self.filter = RecordFilter.from_query(self.request.GET)
        keepers = Prefetch("keepers", RecordKeeper.objects.select_related("user").order_by("pk"))
        open_conflicts = RecordConflict.objects.open().filter(record=OuterRef("pk"))
        records = self.filter.apply(super().get_queryset(request))
        return (
            records.select_related("register", "school")
            .prefetch_related(keepers)
            .annotate(in_conflict=Exists(open_conflicts))
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        registers = list(Register.objects.all())
        chosen = next((one for one in registers if one.pk == self.filter.register), None)
        context = {
            "filter": self.filter,
            "registers": registers,
            "schools": list(schools_of(user)),
            "states": [*RecordState.choices, ("all", _("All"))],
            "keepers": keepers_to_choose(user),
            "searchable": searchable(chosen or (registers[0] if len(registers) == 1 else None)),
            "header_buttons": self._buttons(registers, chosen),
            "may_assign": any(user_can_assign_keepers(user, one.school_id) for one in self.queryset[:1]),
        }
        return super().get_context_data(**trail(), **context, **kwargs)

    def _buttons(self, registers: list[Register], chosen: Register | None) -> list[HeaderButton]:
        """Return the buttons above the list: for the chosen register, or the only one."""
        one = chosen or (registers[0] if len(registers) == 1 else None)
        if not self.permission_helper.user_can_create(self.request.user):
            return []
        receive = HeaderButton(
            _("Ask for a child of another school"),
            reverse("forms_transfer_receive"),
            icon_name="arrow-left",
            priority=30,
        )
        if one is None:
            return [receive]
        add = f"{self.create_url}?register={one.pk}"
        bring = reverse("forms_records_import", args=[one.pk])
        return [
            HeaderButton(_("Add a record"), add, icon_name="plus", priority=10),
            HeaderButton(_("Import"), bring, icon_name="upload", priority=20),
            receive,
        ]


def keepers_to_choose(user: Any) -> list[User]:
    """Return the people who keep records that the user may see."""
    kept = RecordKeeper.objects.filter(record__in=Record.objects.for_user(user)).values("user")
    return list(User.objects.filter(pk__in=kept).order_by("last_name", "first_name")[:500])


def searchable(register: Register | None) -> list[tuple[str, str]]:
    """Return the properties that the list may be filtered by, with labels."""
    if register is None:
        return []
    return [
        (one.name, one.label)
        for one in register.schema.properties.values()
        if one.searchable and not one.sensitive
    ]


class RecordInspect(InspectView):
    """A record: its facts, what is open about it, its timeline, and what can be done."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, record = self.request.user, self.instance
        context = {
            "record": record,
            "facts": facts_of(record, user).values(),
            "timeline": timeline_of(record, user),
            "conflicts": shown_conflicts(record),
            "duplicates": self._duplicates(record, user),
            "merges": RecordMerge.objects.filter(survivor=record, undone_at=None).select_related(
                "merged", "made_by"
            ),
            "keepers": list(record.keepers.select_related("user")),
            "transfer": record.transfers.filter(state=TransferState.ASKED)
            .select_related("to_school")
            .first(),
            "looks": self._looks(record, user),
            "may_edit": user_can_edit_record(user, record) and record.state != RecordState.MERGED,
            "may_assign": user_can_assign_keepers(user, record.school_id),
            "may_merge": user_can_merge_records(user, record, record),
            "may_transfer": user_can_ask_transfer(user, record.school_id),
        }
        return super().get_context_data(**trail(("", record.label)), **context, **kwargs)

    def _duplicates(self, record: Record, user: Any) -> list[Any]:
        if record.state == RecordState.MERGED:
            return []
        return find_duplicates(record.register, record.school, facts_now(record), user, exclude=[record.pk])

    def _looks(self, record: Record, user: Any) -> list[Any]:
        """Return who had sensitive facts shown, for those who answer for the record."""
        if not user_can_see_sensitive(user, record):
            return []
        return list(record.reveals.select_related("user")[:20])


def shown_conflicts(record: Record) -> list[dict[str, Any]]:
    """Return the open conflicts with their values as they are shown: masked where the property is sensitive."""
    schema = record.register.schema
    return [
        show_conflict(schema, one)
        for one in record.conflicts.open().select_related("source__submission__school")
    ]


def show_conflict(schema: Any, conflict: RecordConflict) -> dict[str, Any]:
    """Return one conflict as it is shown."""
    from forms.registers.facts import shown_fact
    from forms.sealing.masking import HIDDEN

    name, values = conflict.property_name, conflict.values
    if name not in schema.properties:
        return {"conflict": conflict, "label": name, "mine": HIDDEN, "theirs": HIDDEN, "sensitive": True}
    shown = {
        key: shown_fact(schema, name, values.get(key)).shown or "—" for key in ("mine", "theirs", "base")
    }
    label = schema.properties[name].label
    return {"conflict": conflict, "label": label, "sensitive": is_sensitive(schema, name), **shown}


class RecordHistory(HistoryView):
    """The log of a record. Modeladmin's own view would show it to anybody in the admin."""

    def check_action_permitted(self, user: Any) -> bool:
        return self.permission_helper.user_can_inspect_obj(user, self.instance)


class RevealIndex(IndexView):
    """The log of looks, searched by who, what and why."""

    def get_filters_params(self, params: Any = None) -> dict[str, list[str]]:
        return {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        title = _("Looks at sensitive answers")
        crumbs = trail(("", title), icon="view")
        return super().get_context_data(**crumbs, **kwargs)


def school_choices(schools: list[School]) -> list[tuple[int, str]]:
    """Return schools for a drop-down."""
    return [(school.pk, school.name) for school in schools]
