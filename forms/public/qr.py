"""QR codes of short addresses, drawn here: for screens and print as SVG, for other programs as PNG."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import segno

#: White round the code, in modules: readers need four.
BORDER = 4
#: How many pixels a module has in the PNG: a code of 33 modules prints well at 8 cm.
PNG_SCALE = 24


@dataclass(frozen=True)
class Drawing:
    """A code as the data of an SVG path, one unit a module; `size` is its width with the white round it."""

    size: int
    path: str


@lru_cache(maxsize=256)
def drawing_of(url: str) -> Drawing:
    """Return the code of the address for a template to draw."""
    size, bars = bars_of(url)
    return Drawing(size, "".join(f"M{x} {y}h{length}v1h-{length}z" for x, y, length in bars))


def bars_of(url: str) -> tuple[int, list[tuple[int, int, int]]]:
    """Return the width of the code in modules, with the white round it, and its dark runs as (x, y, length)."""
    rows = list(_code(url).matrix_iter(border=BORDER))
    return len(rows), [bar for y, row in enumerate(rows) for bar in _bars(y, row)]


def _bars(y: int, row: Iterable[int]) -> Iterator[tuple[int, int, int]]:
    x = 0
    for dark, run in groupby(row):
        length = len(list(run))
        if dark:
            yield x, y, length
        x += length


def svg_file(url: str) -> bytes:
    """Return the code as an SVG file."""
    out = BytesIO()
    _code(url).save(out, kind="svg", scale=10, border=BORDER, light="#fff")
    return out.getvalue()


def png_file(url: str) -> bytes:
    """Return the code as a PNG file."""
    out = BytesIO()
    _code(url).save(out, kind="png", scale=PNG_SCALE, border=BORDER)
    return out.getvalue()


def _code(url: str) -> segno.QRCode:
    import segno  # 4 MB of tables: read when they are asked for

    return segno.make_qr(url, error="m")
