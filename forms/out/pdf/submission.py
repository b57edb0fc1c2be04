"""A submission on paper."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.service import bureau_name
from forms.out.pdf.sheet import HEADING, TEXT, Sheet, said_when
from forms.submissions.models import Submission
from forms.submissions.reading import Line, Reading, ShownAnswer, ShownRoster


def submission_pdf(submission: Submission, reading: Reading, printed_by: Any) -> bytes:
    """Return the PDF of a submission as the reading shows it; the foot says who printed it and when."""
    form_title = reading.outcome.form.document.title
    printed = _("%(receipt)s · printed by %(person)s, %(when)s") % {
        "receipt": submission.receipt,
        "person": printed_by,
        "when": said_when(timezone.now()),
    }
    sheet = Sheet(bureau_name(), printed, f"{form_title} {submission.receipt}")
    sheet.title_of(form_title)
    sheet.pairs(_facts(submission, reading))
    for step in reading.steps:
        sheet.heading(step.title)
        _write(sheet, step.lines)
    scores = reading.scores
    if scores:
        sheet.heading(_("Scores"))
        sheet.pairs(scores)
    sheet.code(_address(submission), _("Scan to look at it on the site, after logging in"))
    return sheet.as_bytes()


def _address(submission: Submission) -> str:
    """Return the address that sends each reader to her own screen of the submission."""
    return settings.SITE_URL + reverse("forms_found_submission", args=[submission.pk])


def _facts(submission: Submission, reading: Reading) -> list[tuple[str, str]]:
    revision = reading.revision
    facts = [
        (_("receipt number"), submission.receipt),
        (_("school"), submission.school.name if submission.school else ""),
        (_("submitted by"), str(submission.submitted_by or _("A member of the public"))),
        (_("submitted"), said_when(revision.created_at)),
        (_("state"), submission.get_state_display()),
        (_("Revision"), str(revision.number) if submission.revision > 1 else ""),
    ]
    return [(label, text) for label, text in facts if text]


def _write(sheet: Sheet, lines: Iterable[Line]) -> None:
    """Write lines; neighbouring answers make one table."""
    held: list[tuple[str, str]] = []
    for line in lines:
        if isinstance(line, ShownAnswer):
            held.append((line.label, line.text or _("no answer")))
            continue
        sheet.pairs(held)
        held = []
        if isinstance(line, ShownRoster):
            _write_roster(sheet, line)
        else:
            sheet.heading(line.text, (HEADING + TEXT) / 2)
    sheet.pairs(held)


def _write_roster(sheet: Sheet, roster: ShownRoster) -> None:
    """Write a roster as one table where it fits, else item by item."""
    sheet.heading(roster.label, (HEADING + TEXT) / 2)
    columns = roster.columns
    if columns is not None and not _has_long_text(roster):
        rows = [[line.text for line in item.lines if isinstance(line, ShownAnswer)] for item in roster.items]
        sheet.table_of(rows, head=columns)
        return
    if not roster.items:
        sheet.paragraph(_("no answer"))
    for item in roster.items:
        sheet.paragraph(item.label)
        _write(sheet, item.lines)


def _has_long_text(roster: ShownRoster) -> bool:
    cells = [line.text for item in roster.items for line in item.lines if isinstance(line, ShownAnswer)]
    return any(len(text) > LONGEST_CELL for text in cells)


LONGEST_CELL = 120
