"""What is done to records from their page or from the list."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.service import User
from forms.registers.actions import AssignKeepers, MergeRecords, SetRecordState, SettleConflict, UndoMerge
from forms.registers.facts import shown_fact
from forms.registers.models import Record, RecordConflict, RecordMerge, RecordState
from forms.registers.permissions import (
    user_can_assign_keepers,
    user_can_edit_record,
    user_can_merge_records,
)
from forms.registers.versions import facts_now
from forms.registers.views.base import OneRecordView, RecordActionView, find_record, record_url
from forms.registers.views.records import show_conflict

#: The most records that are given to a keeper at once.
MOST = 500


class StateView(OneRecordView):
    """Says that a child left, or is back."""

    page_title = gettext_lazy("Change the state")
    done = gettext_lazy("The state has been changed.")

    @property
    def _left(self) -> bool:
        return self.record.state == RecordState.LEFT

    @property
    def button(self) -> str:
        return _("Is back") if self._left else _("Has left")

    @property
    def explanation(self) -> list[str]:  # type: ignore[override]
        if self._left:
            return [_("The record stands in the lists again.")]
        return [
            _("The record no longer stands in the lists, and is kept."),
            _("It can be taken back at any time."),
        ]

    def user_may(self, record: Record) -> bool:
        return user_can_edit_record(self.request.user, record)

    def act(self, form: forms.Form) -> str:
        state = RecordState.ACTIVE if self._left else RecordState.LEFT
        SetRecordState(self.record, state, user=self.request.user).execute()
        return record_url(self.record)


class KeeperForm(forms.Form):
    """Who looks after the records."""

    keeper = forms.ModelChoiceField(
        User.objects.none(), label=gettext_lazy("Keeper"), required=False, empty_label=gettext_lazy("Nobody")
    )
    alone = forms.BooleanField(label=gettext_lazy("Instead of those who keep them now"), required=False)
    records = forms.CharField(widget=forms.HiddenInput)


class AssignView(RecordActionView):
    """Gives the records that were ticked in the list to a keeper."""

    page_title = gettext_lazy("Assign a keeper")
    form_class = KeeperForm
    button = gettext_lazy("Assign")
    done = gettext_lazy("The keeper has been assigned.")

    def find(self, **kwargs: Any) -> None:
        source = self.request.POST if "records" in self.request.POST else self.request.GET
        texts = [part for text in source.getlist("records") for part in text.split(",")][:MOST]
        records = (
            Record.objects.for_user(self.request.user).filter(pk__in=_uuids(texts)).select_related("register")
        )
        self.records = list(records)
        if not self.records:
            raise Http404
        if not all(user_can_assign_keepers(self.request.user, one.school_id) for one in self.records):
            raise PermissionDenied

    @property
    def explanation(self) -> list[str]:  # type: ignore[override]
        names = "、".join(one.label for one in self.records[:20])
        more = "…" if len(self.records) > 20 else ""
        return [_("Records (%(n)d): %(names)s") % {"n": len(self.records), "names": names + more}]

    def get_initial(self) -> dict[str, Any]:
        return {"records": ",".join(str(one.pk) for one in self.records), "alone": True}

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        schools = {one.school_id for one in self.records}
        people = User.objects.filter(is_active=True, memberships__school__in=schools).distinct()
        form.fields["keeper"].queryset = people.order_by("last_name", "first_name")
        return form

    def act(self, form: forms.Form) -> str:
        data = form.cleaned_data
        AssignKeepers(self.records, data["keeper"], user=self.request.user, alone=data["alone"]).execute()
        if len(self.records) == 1:
            return record_url(self.records[0])
        return reverse("records_modeladmin_index")


def _uuids(texts: list[str]) -> list[uuid.UUID]:
    found = []
    for text in texts:
        try:
            found.append(uuid.UUID(text.strip()))
        except ValueError:
            continue
    return found


class MergeView(OneRecordView):
    """Makes another record part of this one, after a look at both."""

    template_name = "forms/admin/registers/merge.html"
    page_title = gettext_lazy("Merge two records")
    button = gettext_lazy("Merge")
    done = gettext_lazy("The records are one now. This can be undone on the page of the record.")
    serious = True

    def find(self, **kwargs: Any) -> None:
        self.other = find_record(self.request.user, kwargs["other"])
        super().find(**kwargs)
        if self.other.register_id != self.record.register_id or self.other.pk == self.record.pk:
            raise Http404

    def user_may(self, record: Record) -> bool:
        return user_can_merge_records(self.request.user, record, self.other)

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        """Return each property with what both say, and whether there is something to choose."""
        schema = self.record.register.schema
        mine, theirs = facts_now(self.record), facts_now(self.other)
        return [
            {
                "name": name,
                "label": one.label,
                "mine": shown_fact(schema, name, mine.get(name)).shown,
                "theirs": shown_fact(schema, name, theirs.get(name)).shown,
                "differ": name in mine and name in theirs and mine[name] != theirs[name],
            }
            for name, one in schema.properties.items()
        ]

    def act(self, form: forms.Form) -> str:
        known = self.record.register.schema.properties
        take = [name for name in self.request.POST.getlist("take") if name in known]
        MergeRecords(self.record, self.other, take, user=self.request.user).execute()
        return record_url(self.record)


class UndoMergeView(OneRecordView):
    """Makes two records of one again."""

    page_title = gettext_lazy("Undo the merge")
    button = gettext_lazy("Undo the merge")
    done = gettext_lazy("The records are two again.")
    explanation = [
        gettext_lazy("Submissions, drafts and keepers go back to the record that they came from."),
        gettext_lazy("Facts that the merge set become what they were, unless they were changed since."),
    ]

    def find(self, **kwargs: Any) -> None:
        self.merge = get_object_or_404(
            RecordMerge.objects.select_related("survivor", "merged"), pk=kwargs["pk"]
        )
        super().find(pk=self.merge.survivor_id)

    def user_may(self, record: Record) -> bool:
        return user_can_merge_records(self.request.user, record, self.merge.merged)

    def act(self, form: forms.Form) -> str:
        UndoMerge(self.merge, user=self.request.user).execute()
        return record_url(self.record)


class SettleForm(forms.Form):
    """Which value holds."""

    choice = forms.ChoiceField(
        label=gettext_lazy("Which value holds?"),
        widget=forms.RadioSelect,
        choices=(("mine", ""), ("theirs", ""), ("other", gettext_lazy("Another:"))),
    )
    typed = forms.CharField(label=gettext_lazy("Another value"), required=False, strip=False)


class SettleView(OneRecordView):
    """Settles a conflict."""

    page_title = gettext_lazy("Settle a conflict")
    form_class = SettleForm
    button = gettext_lazy("This value holds")
    done = gettext_lazy("The conflict is settled.")

    def find(self, **kwargs: Any) -> None:
        self.conflict = get_object_or_404(RecordConflict.objects.open(), pk=kwargs["pk"])
        super().find(pk=self.conflict.record_id)
        self.shown = show_conflict(self.record.register.schema, self.conflict)

    def user_may(self, record: Record) -> bool:
        return user_can_edit_record(self.request.user, record)

    @property
    def explanation(self) -> list[str]:  # type: ignore[override]
        lines = [_("%(label)s was changed twice, and neither writer saw the other's value.") % self.shown]
        if not self.conflict.written:
            lines.append(
                _("It was filed by the school that the child has left: it is not in the record yet.")
            )
        return lines

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.fields["choice"].choices = [
            ("mine", _("The later value: %(mine)s") % self.shown),
            ("theirs", _("The earlier value: %(theirs)s") % self.shown),
            ("other", _("Another value, typed below")),
        ]
        return form

    def act(self, form: forms.Form) -> str:
        data = form.cleaned_data
        SettleConflict(self.conflict, data["choice"], data["typed"], user=self.request.user).execute()
        return record_url(self.record)
