"""Every uploaded document is looked into: is it what its name says, and does it carry anything that runs?

Documents are stored as they are (a signed PDF must keep its bytes), so what cannot be trusted is refused.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from typing import IO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from cms.media.archives_in import check_office, check_open_document, check_zip
from cms.media.names import extension_of
from cms.media.refusals import damaged, encrypted, macros, other_kind

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PDF_STREAM = re.compile(rb"/ObjStm.{0,400}?stream\r?\n", re.DOTALL)
_PDF_ACTIVE = re.compile(rb"/(JavaScript|JS|Launch|RichMedia|XFA)(?![A-Za-z])")
_MOST_INFLATED = 20 * 1024 * 1024


def check_document(file: IO[bytes], name: str) -> None:
    """Raise ValidationError, with a message for the person who uploads, when the document is not taken."""
    extension = extension_of(name)
    if extension[1:] not in settings.WAGTAILDOCS_EXTENSIONS or extension not in _CHECKS:
        kinds = ", ".join(sorted(settings.WAGTAILDOCS_EXTENSIONS)).upper()
        raise ValidationError(
            _("Files of this kind are not taken. Taken are %(kinds)s.") % {"kinds": kinds}, code="extension"
        )
    file.seek(0, 2)
    if (size := file.tell()) > settings.WAGTAILDOCS_MAX_UPLOAD_SIZE:
        most = filesizeformat(settings.WAGTAILDOCS_MAX_UPLOAD_SIZE)
        raise ValidationError(
            _("This file has %(size)s; at most %(most)s may be uploaded.")
            % {"size": filesizeformat(size), "most": most},
            code="too_large",
        )
    file.seek(0)
    _CHECKS[extension](file, extension)
    file.seek(0)


def _check_pdf(file: IO[bytes], extension: str) -> None:
    import pypdfium2  # with the library it opens, 3 MB: read when it is asked for
    import pypdfium2.raw as pdfium

    content = file.read()
    if b"%PDF-" not in content[:1024]:
        raise other_kind(extension)
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as problem:
        raise (encrypted() if "password" in str(problem).lower() else damaged()) from problem
    try:
        scripts = pdfium.FPDFDoc_GetJavaScriptActionCount(document)
        attached = pdfium.FPDFDoc_GetAttachmentCount(document)
    finally:
        document.close()
    if scripts > 0 or _PDF_ACTIVE.search(content) or any(map(_PDF_ACTIVE.search, _object_streams(content))):
        raise ValidationError(
            _("This PDF carries a program or starts another one. Print it to a new PDF and upload that."),
            code="active",
        )
    if attached > 0:
        raise ValidationError(
            _("This PDF carries other files inside. Upload them as documents of their own."),
            code="attachments",
        )


def _object_streams(content: bytes) -> list[bytes]:
    """Return the compressed groups of PDF objects, in which names would otherwise be out of sight."""
    found, left = [], _MOST_INFLATED
    for match in _PDF_STREAM.finditer(content):
        inflater = zlib.decompressobj()
        try:
            found.append(inflater.decompress(content[match.end() : match.end() + 5_000_000], left))
        except zlib.error:
            continue
        left -= len(found[-1])
        if left <= 0:
            break
    return found


def _check_office(file: IO[bytes], extension: str) -> None:
    if file.read(8) == _OLE:  # Office wraps a document with a password in the old container
        raise encrypted()
    check_office(file, extension)


def _check_old_office(file: IO[bytes], extension: str) -> None:
    content = file.read()
    if not content.startswith(_OLE):
        raise other_kind(extension)
    if _utf16("_VBA_PROJECT") in content or _utf16("Macros") in content:
        raise macros()
    if _utf16("EncryptedPackage") in content:
        raise encrypted()


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-le")


def _check_rtf(file: IO[bytes], extension: str) -> None:
    content = file.read()
    if not content.startswith(b"{\\rtf"):
        raise other_kind(extension)
    if re.search(rb"\\obj(data|ocx|update)", content):
        raise ValidationError(
            _("This file carries other files inside. Save it as DOCX or PDF."), code="attachments"
        )


def _check_text(file: IO[bytes], extension: str) -> None:
    content = file.read()
    if b"\0" in content:
        raise other_kind(extension)
    for encoding in ("utf-8", "gb18030"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return
    raise other_kind(extension)


_CHECKS: dict[str, Callable[[IO[bytes], str], None]] = {
    ".pdf": _check_pdf,
    ".docx": _check_office,
    ".xlsx": _check_office,
    ".pptx": _check_office,
    ".doc": _check_old_office,
    ".xls": _check_old_office,
    ".ppt": _check_old_office,
    ".wps": _check_old_office,
    ".odt": check_open_document,
    ".ods": check_open_document,
    ".rtf": _check_rtf,
    ".txt": _check_text,
    ".csv": _check_text,
    ".zip": check_zip,
}
