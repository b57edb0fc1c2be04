"""Charts as inline SVG: the geometry here, the drawing in the template."""

from __future__ import annotations

from dataclasses import dataclass

from forms.out.statistics.summaries import Bar

WIDTH, ROW, LABEL, NUMBER = 640, 30, 190, 70
HEIGHT, FOOT, HEAD = 220, 34, 18
#: The widest a bar that stands may be.
WIDEST = 56.0


@dataclass(frozen=True)
class DrawnBar:
    """One bar with its place in the drawing, in the drawing's units."""

    label: str
    count: int
    share: str
    x: float
    y: float
    width: float
    height: float
    shown_label: str

    @property
    def text_y(self) -> float:
        """Return the height of the words beside a bar that lies."""
        return self.y + 14

    @property
    def behind_x(self) -> float:
        """Return where the number stands behind a bar that lies."""
        return round(self.x + self.width + 8, 1)

    @property
    def above_y(self) -> float:
        """Return where the number stands above a bar that stands."""
        return round(self.y - 5, 1)


@dataclass(frozen=True)
class Chart:
    """A drawing: its size, its bars, and a sentence for who cannot see it."""

    width: int
    height: int
    lying: bool
    bars: list[DrawnBar]
    sentence: str


def lying_bars(bars: list[Bar], title: str) -> Chart:
    """Return bars that lie, a row each: for choices, whose labels are long."""
    most = max((bar.count for bar in bars), default=0) or 1
    room = WIDTH - LABEL - NUMBER
    drawn = [
        DrawnBar(
            bar.label, bar.count, f"{bar.share:.1f}%", LABEL, place * ROW + 6, round(room * bar.count / most, 1),
            ROW - 12, _cut(bar.label, 12),
        )
        for place, bar in enumerate(bars)
    ]  # fmt: skip
    return Chart(WIDTH, max(1, len(bars)) * ROW, lying=True, bars=drawn, sentence=_sentence(bars, title))


def standing_bars(bars: list[Bar], title: str) -> Chart:
    """Return bars that stand side by side: for numbers and months, which have an order."""
    most = max((bar.count for bar in bars), default=0) or 1
    slot = WIDTH / max(1, len(bars))
    room = HEIGHT - FOOT - HEAD
    every = max(1, round(len(bars) / 8))
    drawn = []
    for place, bar in enumerate(bars):
        height = round(room * bar.count / most, 1)
        x = round(place * slot + slot * 0.12, 1)
        label = _cut(bar.label, 11) if place % every == 0 else ""
        y = HEIGHT - FOOT - height
        drawn.append(
            DrawnBar(
                bar.label,
                bar.count,
                f"{bar.share:.1f}%",
                x,
                y,
                round(min(slot * 0.76, WIDEST), 1),
                height,
                label,
            )
        )
    return Chart(WIDTH, HEIGHT, lying=False, bars=drawn, sentence=_sentence(bars, title))


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _sentence(bars: list[Bar], title: str) -> str:
    parts = "，".join(f"{bar.label} {bar.count}" for bar in bars[:12])
    return f"{title}：{parts}"
