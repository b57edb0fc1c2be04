"""Transfers between schools: the list, asking, deciding."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail_modeladmin.views import IndexView, InspectView

from cms.service import School, school_ids_of
from forms.kinds.people import id_number_problem
from forms.registers.actions import AskTransfer, CancelTransfer, DecideTransfer
from forms.registers.describing import id_fingerprint
from forms.registers.models import Record, RecordState, Register, Transfer
from forms.registers.permissions import (
    OFFICE,
    user_can_ask_transfer,
    user_can_cancel_transfer,
    user_can_decide_transfer,
    user_can_see_record,
)
from forms.registers.views.base import OneRecordView, RecordActionView, record_url, trail
from forms.sealing.masking import mask_id_number


def transfer_url(transfer: Transfer) -> str:
    """Return the address of the transfer's page in the admin."""
    return reverse("transfers_modeladmin_inspect", args=[transfer.pk])


def called(user: Any, transfer: Transfer) -> str:
    """Return what the user may know the child as: a receiving school only what it typed itself, until it is agreed."""
    if user_can_see_record(user, transfer.record):
        return transfer.record.label
    return transfer.asked_as or _("a child of %(school)s") % {"school": transfer.from_school}


class TransferIndex(IndexView):
    """Transfers from and to the user's school."""

    def get_filters_params(self, params: Any = None) -> dict[str, list[str]]:
        return {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        context = super().get_context_data(**trail(("", _("Transfers"))), **kwargs)
        context["rows"] = [
            {"transfer": one, "called": called(user, one), "mine": user_can_decide_transfer(user, one)}
            for one in context["object_list"]
        ]
        return context


class TransferInspect(InspectView):
    """One transfer, and what the user may do about it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, transfer = self.request.user, self.instance
        is_open = transfer.state == "asked"
        context = {
            "transfer": transfer,
            "called": called(user, transfer),
            "may_see": user_can_see_record(user, transfer.record),
            "may_decide": is_open and user_can_decide_transfer(user, transfer),
            "may_cancel": is_open and user_can_cancel_transfer(user, transfer),
        }
        crumbs = trail((reverse("transfers_modeladmin_index"), _("Transfers")), ("", str(transfer)))
        return super().get_context_data(**crumbs, **context, **kwargs)


class AskForm(forms.Form):
    """Where to, and why."""

    to_school = forms.ModelChoiceField(School.objects.none(), label=gettext_lazy("To school"))
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class AskTransferView(OneRecordView):
    """The school that keeps a child asks another to take it over."""

    page_title = gettext_lazy("Transfer to another school")
    form_class = AskForm
    button = gettext_lazy("Ask the other school")
    done = gettext_lazy("The other school has been asked.")
    explanation = [
        gettext_lazy("The record goes to the other school when its head agrees. Until then nothing changes."),
        gettext_lazy("Your school keeps what it has filed, and sees nothing new."),
    ]

    def user_may(self, record: Record) -> bool:
        return user_can_ask_transfer(self.request.user, record.school_id)

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        schools = School.objects.filter(status="open").exclude(pk=self.record.school_id)
        form.fields["to_school"].queryset = schools
        return form

    def act(self, form: forms.Form) -> str:
        data = form.cleaned_data
        AskTransfer(self.record, data["to_school"], data["reason"], user=self.request.user).execute()
        return record_url(self.record)


class ReceiveForm(forms.Form):
    """Which child, by its id number."""

    register = forms.ModelChoiceField(
        Register.objects.all(), label=gettext_lazy("Register"), empty_label=None
    )
    to_school = forms.ModelChoiceField(
        School.objects.none(), label=gettext_lazy("To school"), empty_label=None
    )
    id_number = forms.CharField(
        label=gettext_lazy("Id number of the child"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean_id_number(self) -> str:
        number = "".join(self.cleaned_data["id_number"].split()).upper()
        if problem := id_number_problem(number):
            raise ValidationError(problem)
        return number


class ReceiveTransferView(RecordActionView):
    """A school asks for a child that another keeps. It names the child by its id number, and is shown nothing."""

    page_title = gettext_lazy("Ask for a child of another school")
    form_class = ReceiveForm
    button = gettext_lazy("Ask the other school")
    done = gettext_lazy("The other school has been asked.")
    explanation = [
        gettext_lazy("The record comes to your school when the head of the school that keeps it agrees."),
        gettext_lazy("Until then you see nothing of it. That you asked is logged."),
    ]

    def find(self, **kwargs: Any) -> None:
        self.schools = school_ids_of(self.request.user, *OFFICE)
        if not self.schools:
            raise PermissionDenied

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.fields["to_school"].queryset = School.objects.filter(pk__in=self.schools)
        return form

    def act(self, form: forms.Form) -> str:
        data = form.cleaned_data
        records = Record.objects.exclude(state=RecordState.MERGED).exclude(school__in=self.schools)
        record = records.filter(register=data["register"], id_blind=id_fingerprint(data["id_number"])).first()
        if record is None:
            raise ValidationError({"id_number": _("No other school keeps a child with this number.")})
        masked = mask_id_number(data["id_number"])
        ask = AskTransfer(record, data["to_school"], data["reason"], user=self.request.user, asked_as=masked)
        return transfer_url(ask.execute())


class OneTransferView(RecordActionView):
    """Base: something is done to a transfer that the user may see."""

    def find(self, **kwargs: Any) -> None:
        found = Transfer.objects.for_user(self.request.user).select_related(
            "record", "from_school", "to_school"
        )
        self.transfer: Transfer = get_object_or_404(found, pk=kwargs["pk"])
        if not self.user_may(self.transfer):
            raise PermissionDenied

    def user_may(self, transfer: Transfer) -> bool:
        raise NotImplementedError

    @property
    def back(self) -> str:
        return transfer_url(self.transfer)


class DecideForm(forms.Form):
    """Yes or no."""

    decision = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        widget=forms.RadioSelect,
        choices=(("yes", gettext_lazy("Agree")), ("no", gettext_lazy("Decline"))),
    )
    answer = forms.CharField(
        label=gettext_lazy("Answer"),
        help_text=gettext_lazy("Needed when you decline."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DecideView(OneTransferView):
    """The other head agrees or declines."""

    page_title = gettext_lazy("Decide about a transfer")
    form_class = DecideForm
    button = gettext_lazy("Send the decision")
    done = gettext_lazy("The transfer is decided.")

    @property
    def explanation(self) -> list[str]:  # type: ignore[override]
        one = self.transfer
        child = called(self.request.user, one)
        way = _("%(child)s: from %(from)s to %(to)s.") % {
            "child": child,
            "from": one.from_school,
            "to": one.to_school,
        }
        return [way, _("Reason: %(reason)s") % {"reason": one.reason}]

    def user_may(self, transfer: Transfer) -> bool:
        return transfer.state == "asked" and user_can_decide_transfer(self.request.user, transfer)

    def act(self, form: forms.Form) -> str:
        data = form.cleaned_data
        DecideTransfer(self.transfer, data["decision"] == "yes", self.request.user, data["answer"]).execute()
        return transfer_url(self.transfer)


class CancelView(OneTransferView):
    """The school that asked takes its question back."""

    page_title = gettext_lazy("Take the question back")
    button = gettext_lazy("Take the question back")
    done = gettext_lazy("The question has been taken back.")

    def user_may(self, transfer: Transfer) -> bool:
        return transfer.state == "asked" and user_can_cancel_transfer(self.request.user, transfer)

    def act(self, form: forms.Form) -> str:
        CancelTransfer(self.transfer, self.request.user).execute()
        return transfer_url(self.transfer)
