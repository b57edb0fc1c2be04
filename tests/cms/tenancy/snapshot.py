"""What belongs to a school in the database, as one comparable value."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from wagtail.models import APIToken, Revision, TaskState, WorkflowState

from cms.pages.models import ActivityNewsPage, BasePage, PlanPage
from cms.people.models import Membership, User
from forms.files.models import AnswerFile
from forms.filling.models import Draft
from forms.registers.models import (
    Record,
    RecordConflict,
    RecordImport,
    RecordKeeper,
    RecordMerge,
    RecordVersion,
    Transfer,
)
from forms.submissions.models import Submission
from tests.cms.tenancy.world import Things


def snapshot(things: Things) -> dict[str, list[Any]]:
    """Return every row of the school: pages, versions, submissions, media, people."""
    pages = BasePage.objects.filter(school=things.school)
    ids = [str(pk) for pk in pages.values_list("pk", flat=True)]
    content_type = ContentType.objects.get_for_model(BasePage)
    states = WorkflowState.objects.filter(object_id__in=ids)
    people = User.objects.filter(memberships__school=things.school)
    return {
        "pages": rows(pages),
        "news": rows(ActivityNewsPage.objects.filter(school=things.school)),
        "plans": rows(PlanPage.objects.filter(school=things.school)),
        "versions": rows(
            Revision.objects.filter(base_content_type=content_type, object_id__in=ids).defer("content")
        ),
        "submissions": rows(states) + rows(TaskState.objects.filter(workflow_state__in=states)),
        "images": rows(type(things.image).objects.filter(collection=things.school.media.collection)),
        "documents": rows(type(things.document).objects.filter(collection=things.school.media.collection)),
        "memberships": rows(Membership.objects.filter(school=things.school)),
        "tokens": rows(APIToken.objects.filter(user__in=people).defer("last_used_at")),
        "fillings": rows(Draft.objects.filter(school=things.school)),
        "handed_in": rows(Submission.objects.filter(school=things.school)),
        "answer_files": rows(AnswerFile.objects.filter(draft__school=things.school)),
        "records": rows(Record.objects.filter(school=things.school)),
        "record versions": rows(RecordVersion.objects.filter(record__school=things.school)),
        "keepers": rows(RecordKeeper.objects.filter(record__school=things.school)),
        "conflicts": rows(RecordConflict.objects.filter(record__school=things.school)),
        "merges": rows(RecordMerge.objects.filter(survivor__school=things.school)),
        "transfers": rows(Transfer.objects.filter(from_school=things.school)),
        "imports": rows(RecordImport.objects.filter(school=things.school)),
        "school": rows(type(things.school).objects.filter(pk=things.school.pk)),
    }


def rows(queryset: QuerySet[Any]) -> list[tuple[Any, ...]]:
    model: type[Model] = queryset.model
    names = [f.attname for f in model._meta.concrete_fields if f.attname not in {"content", "last_used_at"}]
    return sorted(tuple(map(_plain, row)) for row in queryset.values_list(*names))


def _plain(value: Any) -> str:
    """Return the value as text; blocks as they are stored, not as they are shown."""
    return str(list(value.raw_data)) if hasattr(value, "raw_data") else str(value)
