"""Excel workbooks of any length. A library makes the book; the rows are put into its sheets as they come.

Cell by cell through the library, 67 million cells would take twenty minutes. Here a cell's text becomes XML once,
however often it comes, and the rows of the first table go straight into the compressed file.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from itertools import count, islice, product
from shutil import copyfileobj
from string import ascii_uppercase
from tempfile import TemporaryFile
from typing import IO
from xml.sax.saxutils import escape

#: The rows of a sheet of Excel, and the characters of a cell.
SHEET_ROWS = 1_048_576
CELL_LIMIT = 32_767
#: So many different cells are remembered for each book.
REMEMBERED = 20_000
_ILLEGAL = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
SHEETS = "xl/worksheets/"
#: The level of compression: the files are a third larger than at the usual one, and written in half the time.
QUICK = 1
_CHUNK = 1 << 20


class _Cells(dict[str, str]):
    """The XML of a cell behind its place, by its text."""

    def __missing__(self, text: str) -> str:
        if len(self) >= REMEMBERED:
            self.clear()
        self[text] = made = self.make(text)
        return made

    def make(self, text: str) -> str:
        """Return a cell that holds a text, never a formula or a link."""
        clean = escape(_ILLEGAL.sub(lambda sign: f"_x{ord(sign[0]):04X}_", text[:CELL_LIMIT]))
        return f' t="inlineStr"><is><t xml:space="preserve">{clean}</t></is></c>'


class _Numbers(_Cells):
    """The same for columns that hold numbers; what is none, or too long to be kept exactly, stays a text."""

    def make(self, text: str) -> str:
        if is_number(text) and len(text) <= 15:
            return f"><v>{float(text):.16G}</v></c>"
        return super().make(text)


def is_number(text: str) -> bool:
    """Say whether a text is a decimal number, with or without a sign."""
    return text.lstrip("+-").replace(".", "", 1).isdecimal()


class Sheet:
    """A table's sheet, and the next ones where it is longer than a sheet may be."""

    def __init__(self, book: Book, label: str, headings: list[str], numbers: frozenset[int]) -> None:
        self.book, self.label, self.headings = book, label, headings
        self.is_first = not book.sheets
        self.letters = list(islice(_letters(), len(headings)))
        self.columns = [book.numbers if place in numbers else book.texts for place in range(len(headings))]
        self.head, self.tail = _frame(headings)
        self.parts, self.next, self.path = 0, SHEET_ROWS, ""
        self.out: IO[bytes] | None = None

    def write(self, row: list[str]) -> None:
        """Put a row into the sheet; empty cells are left out."""
        out = self.out
        if out is None or self.next >= SHEET_ROWS:
            out = self._open()
        self.next += 1
        number = str(self.next)
        cells = [
            f'<c r="{letter}{number}"{column[text]}'
            for letter, column, text in zip(self.letters, self.columns, row, strict=True)
            if text
        ]
        out.write(f'<row r="{number}">{"".join(cells)}</row>'.encode("utf-8", "replace"))

    def _open(self) -> IO[bytes]:
        """Begin the next part. One file of an archive is written at a time, so that later tables wait beside it."""
        self.close()
        self.parts += 1
        self.path = self.book.name(f"{self.label[:24]} {self.parts}" if self.parts > 1 else self.label[:24])
        self.out = self.book.open(self.path) if self.is_first else TemporaryFile()  # noqa: SIM115 - see close
        self.out.write(self.head)
        self.next = 1
        return self.out

    def close(self) -> None:
        """End the part that is being written."""
        if self.out is None:
            return
        self.out.write(self.tail)
        if self.is_first:
            self.out.close()
        else:
            self.book.beside.append((self.path, self.out))
        self.out = None

    def finish(self) -> None:
        """End the sheet; a table without rows has one with its headings alone."""
        if not self.parts:
            self._open()
        self.close()


class Book:
    """A workbook that is being written to a file; a context."""

    def __init__(self, out: IO[bytes]) -> None:
        self.texts, self.numbers = _Cells(), _Numbers()
        self.archive = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=QUICK)
        self.sheets: list[Sheet] = []
        self.names: list[str] = []
        self.beside: list[tuple[str, IO[bytes]]] = []

    def __enter__(self) -> Book:
        return self

    def __exit__(self, failed: object, *_more: object) -> None:
        with self.archive:
            if failed is None:
                self._finish()

    def add(self, label: str, headings: list[str], numbers: frozenset[int]) -> Sheet:
        """Return a new sheet; `numbers` are the places of the columns that hold numbers."""
        self.sheets.append(Sheet(self, label, headings, numbers))
        return self.sheets[-1]

    def name(self, wanted: str) -> str:
        """Give the next sheet its name; return its path in the archive."""
        self.names.append(_sheet_name(self.names, wanted))
        return f"{SHEETS}sheet{len(self.names)}.xml"

    def open(self, path: str) -> IO[bytes]:
        """Return a file of the archive to write to."""
        return self.archive.open(path, "w", force_zip64=True)

    def _finish(self) -> None:
        for sheet in self.sheets:
            sheet.finish()
        for path, rows in self.beside:
            rows.seek(0)
            with rows, self.open(path) as out:
                copyfileobj(rows, out, _CHUNK)
        for path, content in _bare_book([(name, []) for name in self.names]).items():
            if not path.startswith(SHEETS):
                self.archive.writestr(path, content)


def _letters() -> Iterator[str]:
    """Give the names of the columns: A to Z, AA, AB, and so on."""
    return ("".join(name) for length in count(1) for name in product(ascii_uppercase, repeat=length))


def _frame(headings: list[str]) -> tuple[bytes, bytes]:
    """Return what stands before and after the rows of a sheet with these headings."""
    sheet = _bare_book([("1", headings)])[f"{SHEETS}sheet1.xml"]
    before, end, after = re.sub(b"<dimension [^>]*/>", b"", sheet).partition(b"</sheetData>")
    return before, end + after


def _bare_book(sheets: list[tuple[str, list[str]]]) -> dict[str, bytes]:
    """Return the files of a workbook that has nothing but headings."""
    from xlsxwriter import Workbook  # 16 MB of code: read when it is asked for

    packed = BytesIO()
    with Workbook(packed, _OPTIONS) as book:
        bold = book.add_format({"bold": True, "bg_color": "#E8EEF4"})
        for name, headings in sheets:
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 1)
            for place, text in enumerate(headings or [""]):
                sheet.write_string(0, place, text[:255], bold)
    with zipfile.ZipFile(packed) as archive:
        return {path: archive.read(path) for path in archive.namelist()}


def _sheet_name(taken: list[str], wanted: str) -> str:
    """Return a name that Excel takes: no signs of its own, not longer than 31, not there yet."""
    clean = "".join("·" if sign in "[]:*?/\\'" else sign for sign in wanted).strip() or "表"
    lower = {name.lower() for name in taken}
    name, number = clean[:31], 2
    while name.lower() in lower:
        name, number = f"{clean[:27]} {number}", number + 1
    return name
