"""What the worker does to the index when the bureau asks for it."""

from __future__ import annotations

from django_tasks import task

from search.service import carry_out


@task()
def work_on_index(run_id: int) -> None:
    """Carry out one run; how it ended stands in the run."""
    carry_out(run_id)
