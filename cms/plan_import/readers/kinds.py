"""Which reader reads a file: decided by its name and by how its bytes begin."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from django.utils.translation import gettext as _

from cms.plan_import.lines import SourceText
from cms.plan_import.readers.docx import read_docx
from cms.plan_import.readers.errors import MAX_CHARACTERS, ReadError
from cms.plan_import.readers.files import check_size
from cms.plan_import.readers.pdf import read_pdf
from cms.plan_import.readers.text import read_text

READERS: dict[str, Callable[[bytes], SourceText]] = {".txt": read_text, ".docx": read_docx, ".pdf": read_pdf}
ACCEPTED = (*READERS, ".zip")
_OLD_OFFICE = {".doc", ".wps", ".dot", ".rtf", ".odt", ".pages"}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")


def read_document(name: str, data: bytes) -> SourceText:
    """Read a file into lines; raise ReadError with the reason when it cannot be read."""
    check_size(len(data))
    kind = PurePath(name.replace("\\", "/")).suffix.lower()
    _refuse_unreadable(kind, data)
    source = READERS[_true_kind(kind, data)](data)
    if not source.lines:
        raise ReadError(_("No text was found in the file."))
    if sum(len(line.text) for line in source.lines) > MAX_CHARACTERS:
        raise ReadError(_("The file holds too much text; divide it into several files."))
    return source


def _refuse_unreadable(kind: str, data: bytes) -> None:
    if data.startswith(_OLE):
        if _ENCRYPTED_STREAM in data:
            raise ReadError(_("The document is protected by a password. Remove the password and try again."))
        raise ReadError(
            _("This is a document of the old format. Open it in Word or WPS and save it as .docx.")
        )
    if kind in _OLD_OFFICE:
        raise ReadError(_("Files of this kind cannot be read. Open it in Word or WPS and save it as .docx."))
    if kind == ".zip":
        raise ReadError(_("An archive inside an archive is not opened."))
    if kind not in READERS:
        raise ReadError(
            _("Files of the kind “%(kind)s” cannot be read; use .docx, .pdf or .txt.") % {"kind": kind or "?"}
        )


def _true_kind(kind: str, data: bytes) -> str:
    """Return what the bytes are, whatever the name says."""
    if data.startswith(b"%PDF-"):
        return ".pdf"
    if data.startswith(b"PK\x03\x04"):
        return ".docx"
    return kind
