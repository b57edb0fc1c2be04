"""Tokens: Chinese as overlapping pairs of characters, everything else as words.

The same tokens as Lucene's `standard` tokenizer with `cjk_width`, `lowercase` and `cjk_bigram` over folded text, so
that both engines find the same documents. Pairs beat a dictionary on text whose names no dictionary knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from operator import add
from typing import NamedTuple

from search.fold import fold

_IDEOGRAPH = (
    "\u3005-\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
    "\u3041-\u3096\u30a0-\u30ff\uac00-\ud7a3"
)
_ONE = re.compile(f"[{_IDEOGRAPH}]")
_LETTER = rf"[^\W\d_{_IDEOGRAPH}]"
_WORD = rf"[^\W{_IDEOGRAPH}]"
# Unicode Annex 29: an apostrophe, full stop or colon between letters, a full stop or comma between digits, joins.
_PIECE = re.compile(
    rf"(?P<run>[{_IDEOGRAPH}]+)|{_WORD}+(?:(?<={_LETTER})[.'’:·](?={_LETTER}){_WORD}+|(?<=\d)[.,;'’](?=\d){_WORD}+)*"
)


MAX_WORD = 24  # characters of a word or number that can be found by a piece of it


class Token(NamedTuple):
    """A token and where it stands in the text: characters `start` to `end`."""

    text: str
    start: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a text in order: pairs of neighbouring ideographs, a lone one alone, words whole."""
    for run, start, is_run in runs(text):
        if not is_run or len(run) == 1:
            yield Token(run, start, start + len(run))
            continue
        for place, pair in enumerate(pairs(run), start):
            yield Token(pair, place, place + 2)


def runs(text: str) -> Iterator[tuple[str, int, bool]]:
    """Yield what tokens are made of, folded, with its place: runs of ideographs (True), and words (False)."""
    for piece in _PIECE.finditer(fold(text)):
        yield piece[0], piece.start(), piece.lastgroup is not None


def pairs(run: str) -> Iterator[str]:
    """Yield the pairs of neighbours in a run of at least two ideographs."""
    return map(add, run, run[1:])


def token_texts(text: str) -> list[str]:
    """Return the tokens' texts alone."""
    found: list[str] = []
    for run, _start, is_run in runs(text):
        if is_run and len(run) > 1:
            found.extend(pairs(run))
        else:
            found.append(run)
    return found


def is_ideograph(char: str) -> bool:
    """Say whether the character is one of those that are indexed in pairs."""
    return bool(_ONE.fullmatch(char))


def pieces(text: str) -> list[str]:
    """Return the ends of every word and number in the text (2026, 026, 26, 6): what a PART clause is a beginning of."""
    return pieces_of(word for word, _start, is_run in runs(text) if not is_run)


def pieces_of(words: Iterable[str], limit: int = 2_000) -> list[str]:
    """Return the ends of the words, each once, in bounded number."""
    found: dict[str, None] = {}
    for word in dict.fromkeys(words):
        cut = word[:MAX_WORD]
        found |= dict.fromkeys(cut[start:] for start in range(len(cut)))
        if len(found) > limit:
            break
    return list(found)
