"""Word documents (.docx): paragraphs, lists with their numbers, tables, text boxes, notes, in their order."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import count
from typing import Any

import docx
from django.utils.translation import gettext as _
from docx.oxml.ns import qn

from cms.plan_import.lines import Line, SourceText, clean
from cms.plan_import.readers.archive import open_archive, read_entry
from cms.plan_import.readers.docx_numbers import Numbering
from cms.plan_import.readers.docx_styles import Styles
from cms.plan_import.readers.errors import ReadError

_TEXT, _TAB, _DELETED, _FALLBACK = (
    qn("w:t"),
    qn("w:tab"),
    qn("w:del"),
    f"{{{'http://schemas.openxmlformats.org/markup-compatibility/2006'}}}Fallback",
)
_PARAGRAPH, _TABLE, _ROW, _CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_BREAKS = {qn("w:br"), qn("w:cr")}
_BOX = qn("w:txbxContent")
_SKIPPED = {_DELETED, _FALLBACK, qn("w:moveFrom"), qn("w:instrText"), qn("w:pPr"), qn("w:rPr"), qn("w:tblPr")}
_HYPHENS = {qn("w:noBreakHyphen"): "-", qn("w:softHyphen"): ""}
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_NOTES = ("/word/footnotes.xml", "/word/endnotes.xml")


def read_docx(data: bytes) -> SourceText:
    """Read a .docx file; raise ReadError when it is none, is damaged, or unpacks to too much."""
    _check_package(data)
    try:
        document = docx.Document(io.BytesIO(data))
        lines = _Walker(document).lines()
    except (
        Exception
    ) as error:  # a damaged part shows up as any of a dozen errors of lxml, zipfile, python-docx
        raise ReadError(_("The file is damaged: it cannot be opened as a Word document.")) from error
    if not lines:
        raise ReadError(_("The document holds no text (pictures only?)."))
    return SourceText(lines)


def _check_package(data: bytes) -> None:
    with open_archive(data) as archive:
        names = set(archive.namelist())
        if "word/document.xml" not in names:
            if "[Content_Types].xml" in names:
                raise ReadError(_("This is an Office file, but no Word document; save it as .docx."))
            raise ReadError(_("The file is damaged: it cannot be opened as a Word document."))
        for name in names:
            if name.endswith((".xml", ".rels")) and b"<!DOCTYPE" in read_entry(archive, name)[:4096]:
                raise ReadError(
                    _("The document holds definitions that no Word document has; it was not opened.")
                )


class _Walker:
    """Walks through the body in the order of reading and makes lines."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self.styles = Styles(document)
        self.numbering = Numbering(document, self.styles)
        self.tables = count(1)

    def lines(self) -> list[Line]:
        found = list(self._blocks(self.document.element.body))
        for part in self.document.part.package.iter_parts():
            if str(part.partname) in _NOTES and hasattr(part, "blob"):
                found += self._notes(part.blob)
        return found

    def _notes(self, blob: bytes) -> Iterator[Line]:
        from docx.oxml import parse_xml

        for note in parse_xml(blob):
            if note.get(qn("w:type")) is None:
                yield from self._blocks(note)

    def _blocks(self, parent: Any) -> Iterator[Line]:
        """Yield the lines of paragraphs and tables below, through content controls and the like."""
        for child in parent:
            if child.tag == _PARAGRAPH:
                yield from self._paragraph(child)
            elif child.tag == _TABLE:
                yield from self._table(child)
            elif child.tag not in _SKIPPED:
                yield from self._blocks(child)

    def _paragraph(self, element: Any) -> Iterator[Line]:
        pieces, boxes = _pieces(element)
        number, bullet = self.numbering.of(element)
        level, bold = self.styles.level_of(element), self.styles.is_bold(element)
        for text in "".join(pieces).split("\n"):
            if cleaned := clean(text):
                yield Line(f"{number}{cleaned}", level, bold, bullet)
                number, bullet, level = "", False, None
        for box in boxes:
            yield from self._blocks(box)

    def _table(self, element: Any) -> Iterator[Line]:
        """Yield a line for each row. A table of one column is a frame around text, not a table."""
        rows = [[cell for cell in row.iter(_CELL) if _owner(cell, _ROW) is row] for row in element.iter(_ROW)]
        rows = [row for row in rows if row and _owner(row[0], _TABLE) is element]
        if all(len(row) == 1 for row in rows):
            for row in rows:
                yield from self._blocks(row[0])
            return
        number = next(self.tables)
        for row in rows:
            cells = tuple(self._cell(cell) for cell in row)
            if text := " ".join(cell for cell in cells if cell):
                yield Line(clean(text), cells=cells, table=number)

    def _cell(self, element: Any) -> str:
        return clean(" ".join(line.text for line in self._blocks(element)))


def _owner(element: Any, tag: str) -> Any:
    return next(element.iterancestors(tag), None)


def _pieces(element: Any) -> tuple[list[str], list[Any]]:
    """Return the texts of a paragraph, and the text boxes that hang on it."""
    pieces: list[str] = []
    boxes: list[Any] = []
    for child in element:
        if child.tag in _SKIPPED:
            continue
        if child.tag == _BOX:
            boxes.append(child)
        elif child.tag in (_TEXT, _MATH_TEXT):
            pieces.append(child.text or "")
        elif child.tag == _TAB:
            pieces.append("\t")
        elif child.tag in _BREAKS:
            pieces.append("\n")
        elif child.tag in _HYPHENS:
            pieces.append(_HYPHENS[child.tag])
        else:
            inner, more = _pieces(child)
            pieces += inner
            boxes += more
    return pieces, boxes
