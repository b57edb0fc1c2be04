"""The background task of exports."""

from __future__ import annotations

from django_tasks import task

from forms.out.models import ExportJob


@task()
def run_export(job_id: str) -> None:
    """Write the file of an export that is not done; do nothing when it is gone."""
    from forms.out.actions import RunExport

    job = ExportJob.objects.select_related("form", "user").filter(pk=job_id).first()
    if job is not None and job.is_busy:
        RunExport(job).execute()
