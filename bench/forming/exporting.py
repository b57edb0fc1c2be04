"""Exporting 132,229 submissions of 510 columns, in a process of its own, which tells its time and its memory."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from bench.forming.documents import answers, content

ROWS, COLUMNS = 132_229, 510
#: So many different ones are made; the others are copies.
DIFFERENT = 1_000
BATCH = 500


@dataclass(frozen=True)
class Export:
    """What an export took: seconds, and the most memory that its process held, in MB; and its file's size in MB."""

    seconds: float
    memory: float
    size: float


def make_submissions(owner: Any, rows: int) -> Any:
    """Make so many submissions of a form whose export has 510 columns; return the form."""
    from forms.definitions.actions import CreateForm, PublishForm
    from forms.out.tables import fixed_headings
    from forms.submissions.models import Submission, SubmissionRevision

    questions = COLUMNS - len(fixed_headings())
    form = CreateForm({"slug": "wide", "title": f"{COLUMNS}列"}).execute()
    version = PublishForm(form, content(questions, 10)).execute()
    kept = [{"values": answers(questions, turn)} for turn in range(min(DIFFERENT, rows))]
    for begin in range(0, rows, BATCH):
        numbers = range(begin, min(begin + BATCH, rows))
        Submission.objects.bulk_create(
            Submission(uuid=UUID(int=n + 1), receipt=f"B-{n}", form=form, version=version, submitted_by=owner)
            for n in numbers
        )
        SubmissionRevision.objects.bulk_create(
            SubmissionRevision(
                submission_id=UUID(int=n + 1), number=1, version=version, kept_answers=kept[n % len(kept)]
            )
            for n in numbers
        )
    return form


def measure(form: Any, owner: Any, suffix: str) -> Export:
    """Write the file in a process of its own, as the worker does."""
    from forms.out.models import ExportJob

    job = ExportJob.objects.create(form=form, user=owner, format=suffix)
    command = [sys.executable, "-m", "bench.forming.exporting", str(job.pk)]
    told = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    job.path.unlink()
    return Export(**told)


def run(key: str) -> dict[str, float]:
    """Run the export and tell what it took."""
    from forms.out.models import ExportJob, ExportState
    from forms.out.tasks import run_export

    begun = time.perf_counter()
    run_export.call(key)
    seconds = time.perf_counter() - begun
    job = ExportJob.objects.get(pk=key)
    if job.state != ExportState.DONE:
        raise SystemExit(f"The export is {job.state}.")
    return {
        "seconds": seconds,
        "memory": _most_memory(),
        "size": job.size / 1024**2,
    }


def _most_memory() -> float:
    """Return the most memory that this process has held, in MB. (`ru_maxrss` would tell the parent's, too.)"""
    told = Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+) kB", told)[1]) / 1024  # type: ignore[index]


def main() -> None:
    """Be the process that writes."""
    from bench.forming.database import open_site

    open_site()
    print(json.dumps(run(sys.argv[1])))


if __name__ == "__main__":
    main()
