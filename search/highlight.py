"""Marking what was found in the original text, the same for both engines."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString

from search.tokens import Token, is_ideograph, tokens

SNIPPET = 120  # characters
_BEFORE = 24  # characters shown before the first match
_STOPS = "。！？；\n"


def spans(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """Return where the tokens `words` stand in the text, touching places joined."""
    wanted = frozenset(words)
    loose = tuple(word for word in wanted if len(word) == 1 or not is_ideograph(word[0]))
    found: list[tuple[int, int]] = []
    for token in tokens(text):
        place = _place(token, wanted, loose)
        if place is None:
            continue
        if found and place[0] <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], place[1]))
        else:
            found.append(place)
    return found


def _place(token: Token, wanted: frozenset[str], loose: tuple[str, ...]) -> tuple[int, int] | None:
    """Return the place of the token, or of the part of it that was asked for."""
    if token.text in wanted:
        return token.start, token.end
    for word in loose:
        at = token.text.find(word)
        if at >= 0:
            return token.start + at, token.start + at + len(word)
    return None


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
    for index, (start, _end) in enumerate(places):
        inside = sum(1 for place in places[index:] if place[1] <= start + length - _BEFORE)
        if inside > most:
            best, most = start, inside
    earliest = max(0, best - _BEFORE)
    stop = max(text.rfind(char, earliest, best) for char in _STOPS)
    return stop + 1 if stop >= earliest else earliest


def _marked(text: str, places: list[tuple[int, int]], start: int, end: int) -> SafeString:
    parts: list[tuple[str, str, str]] = []
    at = start
    for left, right in places:
        parts.append((escape(text[at:left]), text[left:right], ""))
        at = right
    body = format_html_join("", "{}<mark>{}</mark>{}", parts)
    return SafeString(body + escape(text[at:end]))
