"""Draws the demo's pictures: calm landscapes in the colours of the site, different by seed, without people."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from io import BytesIO

from PIL import Image, ImageDraw

SIZE = (1280, 960)
Colour = tuple[int, int, int]
_SKIES: list[tuple[Colour, Colour]] = [
    ((214, 231, 236), (248, 244, 233)),
    ((196, 222, 230), (240, 246, 244)),
    ((244, 222, 196), (252, 244, 230)),
    ((205, 222, 214), (246, 246, 236)),
    ((224, 219, 236), (247, 240, 238)),
]
_HILLS: list[Colour] = [(150, 186, 178), (104, 152, 146), (62, 116, 114), (27, 82, 84)]
_ROOFS: list[Colour] = [(166, 74, 58), (92, 84, 110), (46, 96, 106), (140, 96, 62)]
_PAPER: Colour = (250, 246, 236)
_SUN: Colour = (240, 186, 110)


class Sheet:
    """A picture in the making: twice the size, for smooth edges."""

    def __init__(self, seed: str) -> None:
        self.dice = random.Random(seed)  # noqa: S311 - the same picture each time, nothing secret
        self.width, self.height = SIZE[0] * 2, SIZE[1] * 2
        self.image = self._sky()
        self.draw = ImageDraw.Draw(self.image)

    def _sky(self) -> Image.Image:
        top, bottom = self.dice.choice(_SKIES)
        column = Image.new("RGB", (1, 256))
        for y in range(256):
            column.putpixel((0, y), tuple(a + (b - a) * y // 255 for a, b in zip(top, bottom, strict=True)))
        return column.resize((self.width, self.height), Image.Resampling.BILINEAR)

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Turn parts of the sheet (0 to 1) into pixels."""
        return x * self.width, y * self.height

    def box(
        self, left: float, top: float, right: float, bottom: float, colour: Colour, radius: int = 0
    ) -> None:
        box = (*self.at(left, top), *self.at(right, bottom))
        self.draw.rounded_rectangle(box, radius * 2, fill=colour)

    def disc(self, x: float, y: float, radius: float, colour: Colour) -> None:
        """A circle; the radius is a part of the height."""
        (cx, cy), r = self.at(x, y), radius * self.height
        self.draw.ellipse((cx - r, cy - r, cx + r, cy + r), fill=colour)

    def shape(self, points: list[tuple[float, float]], colour: Colour) -> None:
        self.draw.polygon([self.at(*point) for point in points], fill=colour)

    def ridge(self, height: float, swing: float, colour: Colour) -> None:
        """A line of hills from side to side, filled to the ground."""
        waves = [
            (self.dice.uniform(0.6, 3.2), self.dice.uniform(0, 6.3), self.dice.random()) for _ in range(4)
        ]
        points = []
        for step in range(81):
            x = step / 80
            rise = sum(math.sin(x * pace * 6.3 + start) * size for pace, start, size in waves) / 4
            points.append((x, height - rise * swing))
        self.shape([*points, (1, 1), (0, 1)], colour)

    def sun(self) -> None:
        self.disc(
            self.dice.uniform(0.15, 0.85), self.dice.uniform(0.14, 0.3), self.dice.uniform(0.05, 0.09), _SUN
        )

    def tree(self, x: float, ground: float, size: float) -> None:
        self.box(x - size * 0.04, ground - size * 0.5, x + size * 0.04, ground, (96, 78, 62))
        green = self.dice.choice(_HILLS[1:])
        for dx, dy, r in ((0, -0.85, 0.34), (-0.18, -0.62, 0.28), (0.18, -0.62, 0.28)):
            self.disc(x + dx * size, ground + dy * size, r * size, green)

    def house(self, x: float, ground: float, width: float, floors: int) -> None:
        """A school building with rows of windows."""
        tall = 0.085 * floors
        roof = self.dice.choice(_ROOFS)
        self.box(x, ground - tall, x + width, ground, _PAPER)
        self.shape(
            [
                (x - 0.012, ground - tall),
                (x + width + 0.012, ground - tall),
                (x + width - 0.02, ground - tall - 0.04),
                (x + 0.02, ground - tall - 0.04),
            ],
            roof,
        )
        columns = max(3, round(width / 0.06))
        for floor in range(floors):
            for column in range(columns):
                left = x + width * (column + 0.25) / columns
                top = ground - tall + 0.085 * floor + 0.022
                self.box(left, top, left + width * 0.5 / columns, top + 0.042, (134, 178, 190), 3)

    def finish(self) -> bytes:
        """Return the picture as PNG."""
        buffer = BytesIO()
        self.image.reduce(2).save(buffer, "PNG", compress_level=1)
        return buffer.getvalue()


def _hills(sheet: Sheet) -> None:
    sheet.sun()
    for step, colour in enumerate(_HILLS):
        sheet.ridge(0.46 + step * 0.14, 0.12, colour)


def _campus(sheet: Sheet) -> None:
    sheet.sun()
    sheet.ridge(0.5, 0.1, _HILLS[0])
    sheet.ridge(0.6, 0.06, _HILLS[1])
    sheet.box(0, 0.74, 1, 1, (206, 214, 190))
    left = sheet.dice.uniform(0.08, 0.2)
    sheet.house(left, 0.76, 0.34, sheet.dice.choice([2, 3]))
    sheet.house(left + 0.4, 0.76, 0.24, sheet.dice.choice([1, 2, 3]))
    for x in (0.04, left + 0.37, 0.9):
        sheet.tree(x, 0.8, 0.17)
    sheet.box(0.5, 0.5, 0.504, 0.78, (120, 120, 120))
    sheet.shape([(0.504, 0.5), (0.56, 0.515), (0.504, 0.545)], (192, 60, 50))


def _field(sheet: Sheet) -> None:
    sheet.sun()
    sheet.ridge(0.5, 0.08, _HILLS[1])
    sheet.box(0, 0.56, 1, 1, (122, 166, 134))
    for ring, colour in enumerate([(190, 96, 76), (232, 216, 196), (190, 96, 76), (140, 180, 150)]):
        inset = ring * (0.05 if ring != 1 else 0.052)
        box = (*sheet.at(0.06 + inset, 0.62 + inset * 0.8), *sheet.at(0.94 - inset, 0.98 - inset * 0.8))
        sheet.draw.ellipse(box, fill=colour)
    for x in (0.2, 0.8):
        sheet.box(x - 0.003, 0.42, x + 0.003, 0.64, (120, 120, 120))
        sheet.box(x - 0.045, 0.4, x + 0.045, 0.47, _PAPER, 6)


def _books(sheet: Sheet) -> None:
    sheet.box(0, 0.72, 1, 1, (196, 166, 132))
    x = 0.12
    while x < 0.62:
        wide, tall = sheet.dice.uniform(0.03, 0.065), sheet.dice.uniform(0.3, 0.46)
        colour = sheet.dice.choice([*_HILLS, *_ROOFS, (214, 180, 116)])
        sheet.box(x, 0.72 - tall, x + wide, 0.72, colour, 6)
        sheet.box(x + wide * 0.2, 0.72 - tall * 0.8, x + wide * 0.8, 0.72 - tall * 0.72, _PAPER)
        x += wide + 0.004
    for number in range(3):
        top = 0.66 - number * 0.06
        sheet.box(0.68, top, 0.9 - number * 0.02, top + 0.055, sheet.dice.choice([*_HILLS, *_ROOFS]), 8)
    sheet.disc(0.79, 0.46, 0.045, (196, 84, 64))


def _lamp(sheet: Sheet) -> None:
    sheet.image.paste((34, 62, 78), (0, 0, sheet.width, sheet.height))
    sheet.disc(0.78, 0.2, 0.07, (246, 226, 170))
    for _ in range(46):
        sheet.disc(sheet.dice.random(), sheet.dice.uniform(0, 0.5), 0.0022, (220, 228, 226))
    sheet.ridge(0.58, 0.1, (28, 74, 82))
    sheet.ridge(0.7, 0.08, (18, 52, 60))
    for _ in range(7):
        x, y = sheet.dice.uniform(0.05, 0.9), sheet.dice.uniform(0.68, 0.86)
        sheet.box(x, y, x + 0.06, y + 0.05, (52, 72, 80))
        sheet.shape([(x - 0.01, y), (x + 0.07, y), (x + 0.03, y - 0.035)], (76, 60, 62))
        sheet.box(x + 0.022, y + 0.015, x + 0.038, y + 0.035, (250, 208, 122))


def _letters(sheet: Sheet) -> None:
    sheet.ridge(0.72, 0.05, _HILLS[0])
    sheet.box(0, 0.8, 1, 1, (206, 190, 160))
    sheet.box(0.42, 0.34, 0.58, 0.86, (46, 112, 96), 40)
    sheet.box(0.45, 0.44, 0.55, 0.455, (24, 60, 54), 4)
    for _ in range(6):
        x, y = sheet.dice.uniform(0.05, 0.85), sheet.dice.uniform(0.1, 0.62)
        if 0.32 < x < 0.6 and y > 0.22:
            continue
        sheet.box(x, y, x + 0.12, y + 0.1, _PAPER, 6)
        line = [sheet.at(x, y), sheet.at(x + 0.06, y + 0.055), sheet.at(x + 0.12, y)]
        sheet.draw.line(line, fill=sheet.dice.choice(_ROOFS), width=6)


def _garden(sheet: Sheet) -> None:
    sheet.sun()
    sheet.ridge(0.48, 0.08, _HILLS[0])
    sheet.box(0, 0.58, 1, 1, (150, 118, 88))
    for row in range(5):
        y = 0.62 + row * 0.08
        for column in range(12 + row):
            x = (column + 0.5) / (12 + row)
            sheet.disc(x, y, 0.016 + row * 0.003, sheet.dice.choice([_HILLS[1], _HILLS[2], (130, 170, 96)]))
    for x in (0.08, 0.9):
        sheet.tree(x, 0.6, 0.2)


def _bridge(sheet: Sheet) -> None:
    sheet.sun()
    sheet.ridge(0.46, 0.12, _HILLS[0])
    sheet.ridge(0.56, 0.08, _HILLS[2])
    sheet.box(0, 0.7, 1, 1, (150, 190, 200))
    sheet.box(0, 0.56, 1, 0.62, (214, 202, 182))
    for number in range(5):
        x = 0.06 + number * 0.22
        sheet.box(x - 0.1, 0.6, x + 0.12, 0.8, (214, 202, 182))
        sheet.disc(x + 0.01, 0.8, 0.12, (150, 190, 200))
    for _ in range(12):
        x, y = sheet.dice.uniform(0, 0.9), sheet.dice.uniform(0.83, 0.98)
        sheet.box(x, y, x + sheet.dice.uniform(0.05, 0.14), y + 0.004, (226, 238, 240))


def _kites(sheet: Sheet) -> None:
    sheet.ridge(0.66, 0.1, _HILLS[0])
    sheet.ridge(0.8, 0.06, (140, 178, 120))
    for _ in range(5):
        x, y = sheet.dice.uniform(0.1, 0.9), sheet.dice.uniform(0.1, 0.5)
        end = sheet.at(x + sheet.dice.uniform(-0.2, 0.2), 0.9)
        sheet.draw.line([sheet.at(x, y), end], fill=(150, 150, 150), width=3)
        colour = sheet.dice.choice([*_ROOFS, _SUN])
        sheet.shape([(x, y - 0.07), (x + 0.04, y), (x, y + 0.07), (x - 0.04, y)], colour)


SCENES: dict[str, Callable[[Sheet], None]] = {
    "hills": _hills,
    "campus": _campus,
    "field": _field,
    "books": _books,
    "lamp": _lamp,
    "letters": _letters,
    "garden": _garden,
    "bridge": _bridge,
    "kites": _kites,
}


def draw(scene: str, seed: str) -> bytes:
    """Return a PNG of the scene; the same seed gives the same picture. Raises KeyError for an unknown scene."""
    sheet = Sheet(f"{scene} {seed}")
    SCENES[scene](sheet)
    return sheet.finish()
