"""A document is what its name says and carries nothing that runs, or is refused with the reason."""

import zipfile
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from docx import Document
from openpyxl import Workbook
from pypdf import PdfReader, PdfWriter
from pypdf.actions import JavaScript
from reportlab.pdfgen.canvas import Canvas

from cms.media.documents_in import check_document
from cms.media.models import SiteDocument

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def pdf() -> bytes:
    buffer = BytesIO()
    canvas = Canvas(buffer)
    canvas.drawString(100, 100, "plan")
    canvas.save()
    return buffer.getvalue()


def changed_pdf(change, **options) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf())))
    change(writer)
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def docx() -> bytes:
    buffer = BytesIO()
    document = Document()
    document.add_paragraph("家访记录" * 50)
    document.save(buffer)
    return buffer.getvalue()


def xlsx() -> bytes:
    buffer = BytesIO()
    Workbook().save(buffer)
    return buffer.getvalue()


def zipped(files: dict[str, bytes], start: bytes = b"") -> bytes:
    buffer = BytesIO(start)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def code_of(content: bytes, name: str) -> str | None:
    """The code of the refusal, None when the document is taken."""
    try:
        check_document(BytesIO(content), name)
    except ValidationError as refusal:
        return refusal.code
    return None


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (pdf(), "a.pdf"),
        (docx(), "a.DOCX"),
        (xlsx(), "a.xlsx"),
        ("家访记录".encode("gb18030"), "a.txt"),
        ("姓名,电话".encode("utf-8-sig"), "a.csv"),
        (OLE + b"\0" * 600, "a.doc"),
        (b"{\\rtf1 plan}", "a.rtf"),
        (zipped({"附件/计划.txt": b"1", "b.pdf": pdf()}), "a.zip"),
        (
            zipped(
                {"mimetype": b"application/vnd.oasis.opendocument.text", "META-INF/manifest.xml": b"<m/>"}
            ),
            "a.odt",
        ),
    ],
)
def test_ordinary_documents_are_taken(content, name):
    assert code_of(content, name) is None


@pytest.mark.parametrize("name", ["a.exe", "a.html", "a.svg", "a.docm", "a", "a.pdf.js"])
def test_other_extensions_are_refused(name):
    assert code_of(pdf(), name) == "extension"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"MZ\x90\0" * 100, "a.pdf"),
        (b"<html></html>", "a.docx"),
        (pdf(), "a.docx"),
        (docx(), "a.xlsx"),
        (docx(), "a.doc"),
        (b"MZ\0\0", "a.txt"),
        (docx(), "a.rtf"),
    ],
)
def test_content_that_is_not_what_the_name_says_is_refused(content, name):
    assert code_of(content, name) == "other_kind"


def test_damaged_files_are_refused():
    assert code_of(pdf()[:200], "a.pdf") == "damaged"
    assert code_of(docx()[:-40], "a.docx") == "damaged"


def test_password_is_refused():
    assert code_of(changed_pdf(lambda w: w.encrypt("secret")), "a.pdf") == "encrypted"
    assert code_of(OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx") == "encrypted"
    assert code_of(OLE + "EncryptedPackage".encode("utf-16-le"), "a.xls") == "encrypted"


def test_macros_are_refused():
    assert code_of(zipped({"word/vbaProject.bin": b"1"}, docx()), "a.docx") == "macros"
    kinds = b'<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
    assert code_of(zipped({"[Content_Types].xml": kinds, "word/document.xml": b"<w/>"}), "a.docx") == "macros"
    assert code_of(OLE + "_VBA_PROJECT".encode("utf-16-le"), "a.doc") == "macros"


def _add_script(writer: PdfWriter) -> None:
    writer.add_open_action(JavaScript("app.alert('x')"))


def test_programs_in_pdf_are_refused():
    assert code_of(changed_pdf(_add_script), "a.pdf") == "active"


def test_programs_in_pdf_are_found_in_compressed_objects():
    import zlib

    hidden = zlib.compress(b"1 0 << /S /JavaScript /JS (app.alert(1)) >>")
    stream = b"9 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Length %d >>\nstream\n" % len(hidden) + hidden
    content = pdf().replace(b"%%EOF", stream + b"\nendstream\nendobj\n%%EOF")
    assert code_of(content, "a.pdf") == "active"


def test_files_inside_a_pdf_are_refused():
    assert code_of(changed_pdf(lambda w: w.add_attachment("a.exe", b"MZ")), "a.pdf") == "attachments"


def test_objects_in_rtf_are_refused():
    assert code_of(b"{\\rtf1{\\object{\\*\\objdata 01}}}", "a.rtf") == "attachments"


def test_bombs_are_refused():
    bomb = zipped({"word/document.xml": b"\0" * 30_000_000, "[Content_Types].xml": b""})
    assert code_of(bomb, "a.docx") == "bomb"
    assert code_of(zipped({f"{n}.txt": b"" for n in range(5_001)}), "a.zip") == "bomb"


def test_archive_may_not_hold_what_could_not_be_uploaded():
    assert code_of(zipped({"a.txt": b"1", "run.exe": b"MZ"}), "a.zip") == "content"
    assert code_of(zipped({"inner.zip": b"1"}), "a.zip") == "content"
    assert code_of(zipped({"../a.txt": b"1"}), "a.zip") == "damaged"


def test_too_large_a_file_is_refused(settings):
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 10
    assert code_of(pdf(), "a.pdf") == "too_large"


@pytest.mark.django_db
def test_no_way_into_the_store_leaves_out_the_check():
    with pytest.raises(ValidationError):
        SiteDocument.objects.create(title="表", file=ContentFile(b"MZ", name="a.pdf"))
