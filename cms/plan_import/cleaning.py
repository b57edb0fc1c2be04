"""Uploads that nobody came back for are deleted; what was found in them stays on record."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cms.outbox.jobs import register_daily
from cms.plan_import.models import BUSY_STATES, UPLOADS, BatchState, ImportBatch, ImportFile, private_storage

logger = logging.getLogger(__name__)
#: How long a dry run waits to be confirmed.
KEEP_UPLOADS = timedelta(days=14)


def register() -> None:
    """Register the daily cleaning."""
    register_daily("clean-plan-imports", clean_imports)


def clean_imports() -> None:
    """Drop dry runs that were never confirmed and batches that never ended, then files without a batch."""
    now = timezone.now()
    late = ImportBatch.objects.filter(_is_late(now))
    for pk in list(late.filter(files__upload__gt="").values_list("pk", flat=True).distinct()):
        _drop(pk, now)
    _sweep(now - KEEP_UPLOADS)


def _is_late(now: datetime) -> Q:
    """Whoever confirms does it within the time; a batch that runs after twice the time will never end."""
    ended = ~Q(state__in=BUSY_STATES) & Q(created_at__lt=now - KEEP_UPLOADS)
    return ended | Q(created_at__lt=now - 2 * KEEP_UPLOADS)


@transaction.atomic
def _drop(pk: int, now: datetime) -> None:
    """Delete the uploads of a batch and close it, unless it was confirmed in this moment."""
    batch = ImportBatch.objects.select_for_update().filter(_is_late(now), pk=pk).first()
    if batch is None:
        return
    for file in batch.files.exclude(upload=""):
        file.upload.delete(save=True)
    if batch.awaits_confirmation or batch.is_busy:
        batch.state, batch.finished_at = BatchState.LAPSED, now
        batch.save(update_fields=["state", "finished_at"])


def _sweep(before: datetime) -> None:
    """Delete old files that no row names: the upload was written, its transaction was not."""
    storage = private_storage()
    root = Path(storage.location)
    for path in sorted((root / UPLOADS).rglob("*")):
        if not path.is_file() or path.stat().st_mtime > before.timestamp():
            continue
        if not ImportFile.objects.filter(upload=path.relative_to(root).as_posix()).exists():
            logger.info("Deleted an upload that belongs to no import: %s", path)
            path.unlink(missing_ok=True)
