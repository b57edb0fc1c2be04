"""Turns the markup of the data files into blocks of a body.

Paragraphs are parted by an empty line. The first characters of a paragraph say what it is:
`## ` and `### ` headings; `- ` and `1. ` lists; `> ` a quotation, its source after `> —— `;
`!info `, `!important `, `!warning ` a notice with its title; `| a | b |` a table, its caption after `table:`;
`@ scene seed | description | caption` a picture (several lines: a gallery); `~ when | title | text` a timeline;
`& file | title` an attachment; anything else is text, with `**bold**`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Protocol

from django.utils.html import escape

Block = tuple[str, Any]


class Shelf(Protocol):
    """Where the body's pictures and documents come from."""

    def picture(self, name: str) -> Any:
        """Return the picture drawn for `scene seed`."""

    def document(self, name: str) -> Any:
        """Return the document of that key."""


def body(text: str, shelf: Shelf) -> list[Block]:
    """Return the blocks of a body."""
    blocks: list[Block] = []
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        kind, value = _block(paragraph.strip().splitlines(), shelf)
        if kind == "text" and blocks and blocks[-1][0] == "text":
            blocks[-1] = ("text", blocks[-1][1] + value)
        else:
            blocks.append((kind, value))
    return blocks


def html(text: str) -> str:
    """Return paragraphs and lists as HTML, for fields that hold text alone."""
    parts = (part.strip().splitlines() for part in re.split(r"\n\s*\n", text.strip()) if part.strip())
    return "".join(_html(lines) for lines in parts)


def _inline(text: str) -> str:
    return re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", escape(text))


def _html(lines: list[str]) -> str:
    for mark, tag in ((r"- ", "ul"), (r"\d+\. ", "ol")):
        if all(re.match(mark, line) for line in lines):
            items = "".join(f"<li>{_inline(re.sub(f'^{mark}', '', line))}</li>" for line in lines)
            return f"<{tag}>{items}</{tag}>"
    return f"<p>{_inline(''.join(lines))}</p>"


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def _block(lines: list[str], shelf: Shelf) -> Block:
    for start, make in _KINDS.items():
        if lines[0].startswith(start):
            return make(lines, shelf)
    return "text", _html(lines)


def _heading(lines: list[str], shelf: Shelf) -> Block:
    marks, _space, text = lines[0].partition(" ")
    return "heading", {"text": text, "level": str(len(marks))}


def _quote(lines: list[str], shelf: Shelf) -> Block:
    texts = [line.removeprefix(">").strip() for line in lines]
    source = texts.pop().removeprefix("——").strip() if texts[-1].startswith("——") else ""
    return "quote", {"text": "\n".join(texts), "source": source}


def _notice(lines: list[str], shelf: Shelf) -> Block:
    kind, _space, title = lines[0].removeprefix("!").partition(" ")
    return "notice", {"kind": kind, "title": title, "text": _html(lines[1:])}


def _table(lines: list[str], shelf: Shelf) -> Block:
    caption = lines[0].removeprefix("table:").strip() if lines[0].startswith("table:") else ""
    rows = [_cells(line) for line in lines if line.startswith("|")]
    table = {"data": rows, "first_row_is_table_header": True, "first_col_is_header": False}
    return "table", {"caption": caption, "table": {**table, "table_header_choice": "row"}}


def _pictures(lines: list[str], shelf: Shelf) -> Block:
    pictures = []
    for line in lines:
        name, alt, caption = (*_cells(line.removeprefix("@")), "", "")[:3]
        pictures.append({"image": shelf.picture(name), "alt": alt, "caption": caption, "credit": ""})
    return (
        ("picture", pictures[0]) if len(pictures) == 1 else ("gallery", {"pictures": pictures, "caption": ""})
    )


def _timeline(lines: list[str], shelf: Shelf) -> Block:
    rows = [(*_cells(line.removeprefix("~")), "", "")[:3] for line in lines]
    return "timeline", {"items": [{"when": w, "title": title, "text": text} for w, title, text in rows]}


def _attachment(lines: list[str], shelf: Shelf) -> Block:
    name, title = (*_cells(lines[0].removeprefix("&")), "")[:2]
    return "attachment", {"document": shelf.document(name), "title": title}


_KINDS: dict[str, Callable[[list[str], Shelf], Block]] = {
    "##": _heading,
    ">": _quote,
    "!info": _notice,
    "!important": _notice,
    "!warning": _notice,
    "table:": _table,
    "|": _table,
    "@": _pictures,
    "~": _timeline,
    "&": _attachment,
}
