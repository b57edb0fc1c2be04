"""The addresses that a search leads to: one for all readers, which leads each to her own screen."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from forms.definitions.models import Form
from forms.definitions.permissions import user_can_design_form
from forms.registers.models import Record
from forms.registers.permissions import user_can_list_records
from forms.submissions.models import Submission
from forms.submissions.permissions import user_sees_submission_lists


def link_to(kind: str, pk: Any) -> str:
    """Return the address of what was found."""
    return reverse(f"forms_found_{kind}", args=[pk])


@require_safe
@login_required
def found_form(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to the builder who may change the form, to its start page everybody else. 404 for others' forms."""
    form = get_object_or_404(Form.objects.for_user(request.user), pk=pk)
    if user_can_design_form(request.user, form):
        return redirect("forms_modeladmin_edit", form.pk)
    return redirect("forms_start", slug=form.slug)


@require_safe
@login_required
def found_submission(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Lead to the admin who has the lists there, to the page of the site everybody else."""
    submission = get_object_or_404(Submission.objects.for_user(request.user), pk=pk)
    if user_sees_submission_lists(request.user):
        return redirect("submissions_modeladmin_inspect", submission.pk)
    return redirect("forms_submission", uuid=submission.pk)


@require_safe
@login_required
def found_record(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Lead to the admin who has the lists there, to the desk a class teacher. A merged record leads to the other."""
    record = get_object_or_404(Record.objects.for_user(request.user), pk=pk)
    if user_can_list_records(request.user):
        return redirect("records_modeladmin_inspect", record.pk)
    return redirect("forms_desk_child", uuid=record.pk)
