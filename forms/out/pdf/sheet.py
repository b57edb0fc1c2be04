"""A printed sheet: A4, Chinese, the bureau's name on top, pages and receipt number below.

The font is Noto Sans CJK as a package brings it, whole: subsets lack the rare characters that names are written with.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from fpdf import FPDF
from fpdf.enums import TableBordersLayout, WrapMode, XPos, YPos
from fpdf.fonts import FontFace
from noto_cjk_sans_otc import FONT_PATH

from forms.public.qr import bars_of

FONT = "NotoSansCJK"
#: The place of Simplified Chinese in the collection.
SIMPLIFIED = 2
TEXT, SMALL, HEADING, TITLE = 10.5, 8.5, 13, 17  # points
LEADING = 1.55
MARGIN = 18  # millimetres
GREY = (110, 110, 110)
LINE = (190, 190, 190)
GROUND = (242, 242, 240)
#: A row of a table stays on one page; a longer text stands below its question and flows over pages.
LONGEST_IN_TABLE = 500


class Sheet(FPDF):
    """A document with running head and foot. `foot` stands on every page: what it is, who printed it."""

    def __init__(self, head: str, foot: str, title: str) -> None:
        super().__init__(format="A4")
        self.head, self.foot = head, foot
        self.set_title(title)
        self.set_lang("zh-Hans")
        self.set_creation_date(timezone.localtime())
        self.set_margins(MARGIN, MARGIN, MARGIN)
        self.set_auto_page_break(True, margin=MARGIN + 4)
        self.add_font(FONT, fname=FONT_PATH, collection_font_number=SIMPLIFIED)
        self.set_font(FONT, size=TEXT)
        self.set_draw_color(*LINE)
        self.add_page()

    def header(self) -> None:
        self.set_font(FONT, size=SMALL)
        self.set_text_color(*GREY)
        self.cell(0, 5, self.head, align="C", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.set_text_color(0)
        self.ln(3)

    def footer(self) -> None:
        self.set_y(-MARGIN)
        self.set_font(FONT, size=SMALL)
        self.set_text_color(*GREY)
        self.cell(self.epw * 0.75, 5, self.foot)
        pages = _("Page %(n)s of %(total)s") % {"n": self.page_no(), "total": "{nb}"}
        self.cell(0, 5, pages, align="R")
        self.set_text_color(0)

    def line_height(self, size: float = TEXT) -> float:
        """Return the height of a line in millimetres."""
        return size * LEADING / self.k

    def title_of(self, text: str) -> None:
        """Write the title of the document."""
        self.paragraph(text, TITLE, align="C")
        self.ln(3)

    def heading(self, text: str, size: float = HEADING) -> None:
        """Write a heading, never alone at the end of a page."""
        if self.will_page_break(self.line_height(size) + 20):
            self.add_page()
        self.ln(2)
        self.paragraph(text, size)
        self.ln(1)

    def paragraph(self, text: str, size: float = TEXT, align: str = "L", colour: Any = 0) -> None:
        """Write a text that breaks over lines and pages."""
        self.set_font(FONT, size=size)
        self.set_text_color(*(colour if isinstance(colour, tuple) else (colour,)))
        self.multi_cell(
            0,
            self.line_height(size),
            text,
            align=align,
            wrapmode=WrapMode.CHAR,
            new_x=XPos.LMARGIN,
            new_y=YPos.NEXT,
        )
        self.set_text_color(0)

    def pairs(self, rows: Sequence[tuple[str, str]]) -> None:
        """Write questions and answers side by side; long answers below their question."""
        held: list[tuple[str, str]] = []
        for label, text in rows:
            if len(text) <= LONGEST_IN_TABLE and text.count("\n") < 12 and len(label) <= LONGEST_IN_TABLE:
                held.append((label, text))
                continue
            self._pairs(held)
            held = []
            self.ln(1)
            self.paragraph(label, colour=GREY)
            self.paragraph(text)
            self.ln(1)
        self._pairs(held)

    def _pairs(self, rows: Sequence[tuple[str, str]]) -> None:
        if rows:
            self.table_of(rows, widths=(30, 70), label_column=True)

    def table_of(
        self,
        rows: Sequence[Sequence[str]],
        *,
        head: Sequence[str] = (),
        widths: Sequence[int] | None = None,
        label_column: bool = False,
    ) -> None:
        """Write a table; its head is repeated on every page."""
        self.set_font(FONT, size=TEXT)
        label = FontFace(color=GREY, fill_color=GROUND)
        with self.table(
            first_row_as_headings=bool(head),
            headings_style=label,
            col_widths=tuple(widths) if widths else None,
            borders_layout=TableBordersLayout.ALL,
            line_height=self.line_height(),
            padding=(1.2, 2, 1.2, 2),
            text_align="LEFT",
            wrapmode=WrapMode.CHAR,
        ) as table:
            for texts in ([head] if head else []) + list(rows):
                row = table.row()
                for place, text in enumerate(texts):
                    row.cell(text or " ", style=label if label_column and place == 0 else None)
        self.ln(2)

    def code(self, url: str, caption: str, width: float = 28) -> None:
        """Draw the QR code of the address, `width` millimetres wide, with a caption beside it, on one page."""
        if self.will_page_break(width):
            self.add_page()
        size, bars = bars_of(url)
        left, top, module = self.l_margin, self.get_y(), width / size
        self.set_fill_color(0)
        for x, y, length in bars:
            self.rect(left + x * module, top + y * module, length * module, module, style="F")
        self.set_font(FONT, size=SMALL)
        self.set_text_color(*GREY)
        self.set_xy(left + width + 2, top + width / 2 - self.line_height(SMALL) / 2)
        self.cell(0, self.line_height(SMALL), caption, link=url)
        self.set_text_color(0)
        self.set_y(top + width)

    def as_bytes(self) -> bytes:
        """Return the file."""
        buffer = io.BytesIO()
        self.output(buffer)
        return buffer.getvalue()


def said_when(moment: datetime) -> str:
    """Return 2026年11月24日 19:30."""
    return f"{timezone.localtime(moment):%Y年%m月%d日 %H:%M}"
