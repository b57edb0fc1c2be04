"""Makes the demo's attachments: small real documents in the formats that schools exchange."""

from __future__ import annotations

from io import BytesIO

from cms.demo.records import Record


def make_file(record: Record) -> bytes:
    """Return the document that the record describes; `kind` is docx, xlsx or pdf."""
    return {"docx": _docx, "xlsx": _xlsx, "pdf": _pdf}[record.get("kind")](record)


def _rows(record: Record) -> list[list[str]]:
    lines = (line for line in record.body.splitlines() if line.startswith("|"))
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def _lines(record: Record) -> list[str]:
    return [line for line in record.body.splitlines() if line.strip() and not line.startswith("|")]


def _docx(record: Record) -> bytes:
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    document = Document()
    document.add_heading(record.title, level=1).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for line in _lines(record):
        document.add_paragraph(line)
    if rows := _rows(record):
        table = document.add_table(len(rows), len(rows[0]), style="Table Grid")
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _xlsx(record: Record) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet(record.title[:30])
    for row in _rows(record):
        sheet.append(row)
    for column in "ABCDEFGH":
        sheet.column_dimensions[column].width = 18
    sheet.freeze_panes = "A2"
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _pdf(record: Record) -> bytes:
    """Write one A4 page in the Chinese font that every PDF reader brings with it: none is shipped here."""
    wrapped = [line[i : i + 34] for line in _lines(record) for i in range(0, len(line), 34)]
    text = [f"BT /F 20 Tf 72 770 Td <{_hex(record.title)}> Tj ET"]
    text += [f"BT /F 13 Tf 72 {730 - 24 * n} Td <{_hex(line)}> Tj ET" for n, line in enumerate(wrapped)]
    stream = "\n".join(text).encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
            b" /Resources << /Font << /F 5 0 R >> >> >>"
        ),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        (
            b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H"
            b" /DescendantFonts [6 0 R] >>"
        ),
        (
            b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 7 0 R"
            b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 5 >> >>"
        ),
        (
            b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880]"
            b" /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>"
        ),
    ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start, size = len(out), len(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (size, start)
    return bytes(out)


def _hex(text: str) -> str:
    return text.encode("utf-16-be").hex()
