"""The text of the files that a policy carries, so that a search finds what stands in them."""

from __future__ import annotations

import logging
from pathlib import PurePath
from typing import Any

from cms.findable.models import AttachmentText
from cms.media.models import SiteDocument
from cms.plan_import.readers import ReadError, read_document

logger = logging.getLogger(__name__)
READABLE = {".docx", ".pdf", ".txt"}
MAX_CHARACTERS = 200_000  # of one file; longer ones are cut


def attachment_text(page: Any) -> str:
    """Return the words of the page's attachments, one file after the other."""
    attachments = getattr(page, "attachments", None) or ()
    documents = [block.value["document"] for block in attachments if block.block_type == "attachment"]
    return "\n".join(text for document in documents if document and (text := text_of_document(document)))


def text_of_document(document: SiteDocument) -> str:
    """Return the words of a document, read when it is new or its file was replaced; empty when it has none."""
    name = str(document.file.name)
    kept = AttachmentText.objects.filter(document=document).first()
    if kept is None or kept.file_name != name:
        text, error = _read(document, name)
        kept, _made = AttachmentText.objects.update_or_create(
            document=document, defaults={"file_name": name, "text": text, "error": error}
        )
    return kept.text


def _read(document: SiteDocument, name: str) -> tuple[str, str]:
    if PurePath(name).suffix.lower() not in READABLE:
        return "", ""
    try:
        with document.file.open("rb") as file:
            source = read_document(name, file.read())
    except (ReadError, OSError) as error:
        logger.info("No text from document %s: %s", document.pk, error)
        return "", str(error)
    return "\n".join(line.text for line in source.lines)[:MAX_CHARACTERS], ""
