"""Marking what was found in the original text, the same for both engines."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from html import escape

from django.utils.safestring import SafeString

from search.fold import fold

SNIPPET = 120  # characters
_BEFORE = 24  # characters shown before the first match
_STOPS = "。！？；\n"


def spans(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """Return where the tokens `words` stand in the text, touching places joined.

    A pair is a token wherever its two characters stand, and a piece of a word is marked too: looking for the tokens in
    the folded text finds what splitting it would, in a fraction of the time.
    """
    folded = fold(text)
    found: list[tuple[int, int]] = []
    for start, end in sorted(place for word in words if word for place in _places(folded, word)):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _places(text: str, word: str) -> Iterator[tuple[int, int]]:
    at = text.find(word)
    while at >= 0:
        yield at, at + len(word)
        at = text.find(word, at + 1)


def mark(text: str, words: Iterable[str]) -> SafeString:
    """Return the text escaped, with <mark> around what was found."""
    return _marked(text, spans(text, words), 0, len(text))


def snippet(text: str, words: Iterable[str], length: int = SNIPPET) -> SafeString:
    """Return the part of the text with the most matches, escaped and marked, from the start of a sentence."""
    places = spans(text, words)
    start = _best_start(text, places, length)
    end = min(len(text), start + length)
    inside = [place for place in places if place[0] >= start and place[1] <= end]
    lead, tail = ("…" if start else ""), ("…" if end < len(text) else "")
    return SafeString(f"{lead}{_marked(text, inside, start, end)}{tail}")


def _best_start(text: str, places: list[tuple[int, int]], length: int) -> int:
    if not places:
        return 0
    best, most = places[0][0], 0
    ends = [end for _start, end in places]
    for index, (start, _end) in enumerate(places):
        inside = bisect_right(ends, start + length - _BEFORE) - index
        if inside > most:
            best, most = start, inside
    earliest = max(0, best - _BEFORE)
    stop = max(text.rfind(char, earliest, best) for char in _STOPS)
    return stop + 1 if stop >= earliest else earliest


def _marked(text: str, places: list[tuple[int, int]], start: int, end: int) -> SafeString:
    parts: list[str] = []
    at = start
    for left, right in places:
        parts += (escape(text[at:left]), "<mark>", escape(text[left:right]), "</mark>")
        at = right
    return SafeString("".join([*parts, escape(text[at:end])]))
