"""PDF: the text of each page, taken in a child process that can be stopped."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from cms.plan_import.lines import Line, SourceText, clean
from cms.plan_import.readers.errors import MAX_PDF_PAGES, PDF_MEMORY_BYTES, PDF_SECONDS, ReadError
from cms.plan_import.readers.wrapping import unwrap

_CHILD = Path(__file__).with_name("pdf_child.py")
_PAGE_NUMBER = re.compile(
    r"[-—–\s]*(?:第\s*)?(\d{1,4})(?:\s*页)?"
    r"(?:\s*[/／,，、]?\s*(?:共\s*)?\d{1,4}\s*页?)?[-—–\s]*"
)


def read_pdf(data: bytes) -> SourceText:
    """Read a PDF's text; raise ReadError for one that is damaged, locked, scanned or too hard to read."""
    if b"%PDF-" not in data[:1024]:
        raise ReadError(_("The file is damaged: it is no PDF."))
    answer = _ask_child(data)
    if "error" in answer:
        raise ReadError(_reason(answer["error"]))
    lines = [line for number, page in enumerate(answer["pages"], 1) for line in _lines(page, number)]
    if not lines:
        raise ReadError(
            _("The PDF holds pictures of pages but no text (a scan). Run text recognition first.")
        )
    warnings = [_("Paragraphs of a PDF are put together from its lines; check them.")]
    return SourceText([Line(line) for line in unwrap(lines, page_breaks=True)], warnings)


def _lines(page: str, number: int) -> list[str]:
    """Return the lines of a page without its number, which stands in its first or last line."""
    lines = [text for line in re.split(r"[\r\n]+", page.replace("\ufffe", "")) if (text := clean(line))]
    for place in (-1, 0):
        if lines and (match := _PAGE_NUMBER.fullmatch(lines[place])) and int(match[1]) == number:
            lines.pop(place)
    return lines


def _ask_child(data: bytes) -> dict[str, Any]:
    limits = [str(PDF_MEMORY_BYTES), str(PDF_SECONDS), str(MAX_PDF_PAGES)]
    try:
        done = subprocess.run(  # noqa: S603 - our own program, no shell, nothing of the user in the arguments
            [sys.executable, "-I", str(_CHILD), *limits],
            input=data,
            capture_output=True,
            timeout=PDF_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return {"error": "slow"}
    try:
        return json.loads(done.stdout)
    except ValueError:
        return {"error": "slow" if done.returncode in (-9, -24) else "crash"}


def _reason(error: str) -> str:
    return {
        "password": _("The document is protected by a password. Remove the password and try again."),
        "broken": _("The file is damaged: it cannot be opened as a PDF."),
        "pages": _("The PDF has more than %(n)d pages.") % {"n": MAX_PDF_PAGES},
        "slow": _("Reading the PDF took more than %(n)d seconds; it was stopped.") % {"n": PDF_SECONDS},
        "crash": _("The PDF needs too much memory or is damaged; reading it was stopped."),
    }[error]
