"""Uploads that nobody came back for do not stay."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from cms.outbox.jobs import REGISTRY
from cms.plan_import.actions import ConfirmImport, StartImport
from cms.plan_import.cleaning import KEEP_UPLOADS, clean_imports
from cms.plan_import.models import BatchState, ImportBatch, ImportedPlan, ImportFile, private_storage
from cms.plan_import.running import RunBatch
from tests.cms.plan_import.samples import SCHOOL_PLAN
from tests.factories import make_school, make_school_user

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def own_uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def editor():
    return make_school_user(make_school())


@pytest.fixture
def batch(editor):
    batch = StartImport(
        editor, editor.memberships.get().school, [("计划.txt", SCHOOL_PLAN.encode(), "")]
    ).execute()
    RunBatch(batch).execute()
    return batch


def clean_after(time: timedelta) -> None:
    with time_machine.travel(timezone.now() + time):
        clean_imports()


def uploads() -> list[Path]:
    return [path for path in Path(private_storage().location).rglob("*") if path.is_file()]


def confirm(editor, batch):
    return ConfirmImport(editor, batch, set(ImportedPlan.objects.values_list("pk", flat=True))).execute()


def test_an_abandoned_dry_run_loses_its_uploads_and_cannot_be_confirmed(editor, batch):
    clean_after(KEEP_UPLOADS + DAY)
    assert uploads() == []
    assert not ImportFile.objects.get().upload
    assert ImportBatch.objects.get().state == BatchState.LAPSED
    with pytest.raises(ValidationError):
        confirm(editor, batch)


def test_a_dry_run_of_last_week_still_waits(editor, batch):
    clean_after(KEEP_UPLOADS - DAY)
    assert len(uploads()) == 1
    RunBatch(confirm(editor, batch)).execute()
    assert ImportedPlan.objects.get().page


def test_a_batch_confirmed_at_the_last_moment_runs_with_its_uploads(editor, batch):
    confirm(editor, batch)
    clean_after(KEEP_UPLOADS + DAY)
    RunBatch(ImportBatch.objects.get()).execute()
    assert ImportedPlan.objects.get().page


def test_a_batch_that_never_ends_is_dropped_at_last(editor, batch):
    confirm(editor, batch)
    clean_after(2 * KEEP_UPLOADS + DAY)
    assert uploads() == []
    assert ImportBatch.objects.get().state == BatchState.LAPSED


def test_what_was_found_stays_on_record_and_the_screen_says_why(editor, batch, client):
    clean_after(KEEP_UPLOADS + DAY)
    client.force_login(editor)
    screen = client.get(reverse("cms_plan_import_batch", args=[batch.pk])).content.decode()
    assert "没有在期限内确认" in screen
    assert ImportedPlan.objects.get().title in screen
    assert "已失效" in client.get(reverse("cms_plan_import")).content.decode()


def test_a_file_without_a_batch_is_swept_when_it_is_old(batch):
    stray = uploads()[0].parent / "stray"
    stray.write_bytes(b"x")
    clean_imports()
    assert stray.exists()
    old = (timezone.now() - KEEP_UPLOADS - DAY).timestamp()
    os.utime(stray, (old, old))
    clean_imports()
    assert not stray.exists()
    assert len(uploads()) == 1


def test_it_runs_daily():
    assert REGISTRY["clean-plan-imports"].func is clean_imports
