"""Zip archives, and the Office files that are zip archives: checked before anything is unpacked."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from django.utils.translation import gettext as _

from cms.plan_import.readers.errors import (
    MAX_ARCHIVE_ENTRIES,
    MAX_ENTRY_BYTES,
    MAX_FILES,
    MAX_RATIO,
    MAX_UNPACKED_BYTES,
    ReadError,
)

_ENCRYPTED = 0x1
_UTF8_NAME = 0x800
_SMALL = 1024 * 1024  # below this a high ratio harms nobody


def open_archive(data: bytes) -> zipfile.ZipFile:
    """Open a zip archive; raise ReadError when it is damaged, encrypted, or would unpack to too much."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError) as error:
        raise ReadError(_("The file is damaged: it cannot be unpacked.")) from error
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise ReadError(_("The archive is protected by a password. Remove the password and try again."))
    if len(entries) > MAX_ARCHIVE_ENTRIES:
        raise ReadError(_("The archive holds too many files (%(n)d).") % {"n": len(entries)})
    _check_sizes(entries)
    return archive


def _check_sizes(entries: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    swollen = unpacked > _SMALL and unpacked > MAX_RATIO * max(packed, 1)
    if (
        unpacked > MAX_UNPACKED_BYTES
        or swollen
        or any(entry.file_size > MAX_ENTRY_BYTES for entry in entries)
    ):
        raise ReadError(
            _("The archive unpacks to far more than it should (a “zip bomb”); it was not opened.")
        )


def read_entry(archive: zipfile.ZipFile, name: str | zipfile.ZipInfo, limit: int = MAX_ENTRY_BYTES) -> bytes:
    """Return one entry; the size is counted while unpacking, since an archive may lie about it."""
    try:
        with archive.open(name) as entry:
            data = entry.read(limit + 1)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError, ValueError) as error:
        raise ReadError(_("The file is damaged: it cannot be unpacked.")) from error
    except Exception as error:  # zlib.error, lzma.LZMAError: decompressors have errors of their own
        raise ReadError(_("The file is damaged: it cannot be unpacked.")) from error
    if len(data) > limit:
        raise ReadError(
            _("The archive unpacks to far more than it should (a “zip bomb”); it was not opened.")
        )
    return data


def unpack(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield (name, bytes) of the files in an archive. Nothing is written to disk."""
    archive = open_archive(data)
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > MAX_FILES:
        raise ReadError(_("The archive holds too many files (%(n)d).") % {"n": len(entries)})
    if not entries:
        raise ReadError(_("The archive is empty."))
    total = 0
    for entry in entries:
        content = read_entry(archive, entry)
        total += len(content)
        if total > MAX_UNPACKED_BYTES:
            raise ReadError(
                _("The archive unpacks to far more than it should (a “zip bomb”); it was not opened.")
            )
        yield _name(entry), content


def _name(entry: zipfile.ZipInfo) -> str:
    """Return the entry's name; Chinese Windows writes GBK and does not say so."""
    if entry.flag_bits & _UTF8_NAME:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return entry.filename
