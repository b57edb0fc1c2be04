"""A child's page at the desk."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from forms.codes.lookup import remembered_choices
from forms.desk.children import group_of
from forms.desk.offers import offers_for
from forms.desk.panel import open_drafts
from forms.registers.facts import facts_of
from forms.registers.models import Record, RecordState
from forms.registers.timeline import timeline_of


@require_safe
@login_required
def child(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show a child's facts, sensitive ones masked, all that was filed about it, and what can be filled in.

    404 for a record that the person may not see; one merged into another leads there.
    """
    mine = Record.objects.for_user(request.user).select_related("register", "school")
    record = get_object_or_404(mine, pk=uuid)
    if record.merged_into_id is not None:
        return redirect("forms_desk_child", uuid=record.merged_into_id)
    is_active = record.state == RecordState.ACTIVE
    with remembered_choices():
        facts = [fact for fact in facts_of(record, request.user).values() if fact.shown]
        timeline = timeline_of(record, request.user)
    context = {
        "record": record,
        "group": group_of(record, record.register.schema),
        "facts": facts,
        "timeline": timeline,
        "forms": offers_for(request.user).about.get(record.register.name, []) if is_active else [],
        "drafts": open_drafts(request.user).filter(subject=record),
    }
    response = render(request, "forms/desk/child.html", context)
    add_never_cache_headers(response)
    return response
