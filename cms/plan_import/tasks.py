"""The background task of the plan import."""

from __future__ import annotations

from functools import partial

from django.db import transaction
from django_tasks import task

from cms.plan_import.models import BatchState, ImportBatch


@task()
def run_batch(batch_id: int) -> None:
    """Run a batch that waits; do nothing when it is gone or was run already."""
    from cms.plan_import.running import RunBatch

    batch = ImportBatch.objects.filter(pk=batch_id, state=BatchState.WAITING).first()
    if batch is not None:
        RunBatch(batch).execute()


def enqueue(batch: ImportBatch) -> None:
    """Hand the batch to the worker once the transaction is through."""
    transaction.on_commit(partial(run_batch.enqueue, batch.pk))
