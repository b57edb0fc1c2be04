"""Submissions, made the short way: for lists, exports and statistics, where how they came in does not matter."""

from __future__ import annotations

import itertools
import uuid
from typing import Any

from forms.answers.answers import Answers
from forms.answers.keeping import pack
from forms.definitions.models import Form
from forms.run.compiled import compiled
from forms.run.engine import run
from forms.submissions.models import Submission, SubmissionRevision

_numbers = itertools.count(1)


def make_submission(form: Form, plain: dict[str, Any], **fields: Any) -> Submission:
    """Make a submission of a published form with these plain answers, as if it had been handed in."""
    version = form.live
    assert version is not None
    made = compiled(version.document)
    outcome = run(made, Answers.from_plain(plain, made.roster_names))
    submission = Submission.objects.create(
        uuid=uuid.uuid4(), receipt=f"T-{next(_numbers):06}", form=form, version=version, **fields
    )
    SubmissionRevision.objects.create(
        submission=submission,
        number=1,
        version=version,
        kept_answers=pack(version.document, outcome.answers, submission.pk),
        kept_calculated=pack(version.document, Answers(dict(outcome.calculated)), submission.pk),
        digest="0" * 64,
    )
    return submission
