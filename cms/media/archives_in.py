"""Checks of documents that are zip archives: OOXML, OpenDocument, zip itself. Nothing is unpacked to disk."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import PurePosixPath
from typing import IO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms.media.names import extension_of
from cms.media.refusals import bomb, damaged, encrypted, macros, other_kind

MOST_ENTRIES = 5_000
MOST_UNPACKED = 400 * 1024 * 1024
#: Text packs about 20 times; a bomb a thousand times.
MOST_RATIO = 200
_MAIN_PARTS = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml", ".pptx": "ppt/presentation.xml"}
_RUNS = ("vbaproject.bin", "vbadata.xml")


def _opened(file: IO[bytes], extension: str) -> zipfile.ZipFile:
    """Open the archive, refusing bombs, passwords and paths that lead out."""
    if file.read(4) not in {b"PK\x03\x04", b"PK\x05\x06"}:
        raise other_kind(extension)
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, OSError) as problem:
        raise damaged() from problem
    entries = archive.infolist()
    packed = sum(entry.compress_size for entry in entries)
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED or unpacked > MOST_RATIO * max(packed, 10_000):
        raise bomb()
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise encrypted()
    if any(
        PurePosixPath(e.filename).is_absolute() or ".." in PurePosixPath(e.filename).parts for e in entries
    ):
        raise damaged()
    return archive


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return a small part of the archive."""
    try:
        with archive.open(name) as part:
            return part.read(1024 * 1024)
    except (KeyError, zipfile.BadZipFile, OSError, NotImplementedError, zlib.error) as problem:
        raise damaged() from problem


def check_office(file: IO[bytes], extension: str) -> None:
    """Check a DOCX, XLSX or PPTX file."""
    file.seek(0)
    archive = _opened(file, extension)
    names = {name.lower() for name in archive.namelist()}
    if "[content_types].xml" not in names or _MAIN_PARTS[extension] not in names:
        raise other_kind(extension)
    runs = any(name.endswith(_RUNS) or "/activex/" in name for name in names)
    if runs or b"macroEnabled" in _part(archive, "[Content_Types].xml"):
        raise macros()


def check_open_document(file: IO[bytes], extension: str) -> None:
    """Check an ODT or ODS file."""
    archive = _opened(file, extension)
    if b"application/vnd.oasis.opendocument" not in _part(archive, "mimetype"):
        raise other_kind(extension)
    if any(name.startswith(("Basic/", "Scripts/")) for name in archive.namelist()):
        raise macros()
    if b"encryption-data" in _part(archive, "META-INF/manifest.xml"):
        raise encrypted()


def check_zip(file: IO[bytes], extension: str) -> None:
    """Check an archive: it may hold what could be uploaded by itself, and no further archive."""
    taken = {f".{kind}" for kind in settings.WAGTAILDOCS_EXTENSIONS} - {".zip"}
    taken |= {".jpg", ".jpeg", ".png"}
    names = [entry.filename for entry in _opened(file, extension).infolist() if not entry.is_dir()]
    for name in names:
        if extension_of(name) not in taken:
            raise ValidationError(
                _("The archive holds a file that is not taken: %(name)s") % {"name": name[:80]},
                code="content",
            )
