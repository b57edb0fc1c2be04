"""Tokens: Chinese as overlapping pairs of characters, everything else as words.

The same tokens as Lucene's `standard` tokenizer with `cjk_width`, `lowercase` and `cjk_bigram` over folded text, so
that both engines find the same documents. Pairs beat a dictionary on text whose names no dictionary knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
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
    rf"(?P<single>[{_IDEOGRAPH}])|{_WORD}+(?:(?<={_LETTER})[.'’:·](?={_LETTER}){_WORD}+|(?<=\d)[.,;'’](?=\d){_WORD}+)*"
)


MAX_WORD = 24  # characters of a word or number that can be found by a piece of it


class Token(NamedTuple):
    """A token and where it stands in the text: characters `start` to `end`."""

    text: str
    start: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a text in order: pairs of neighbouring ideographs, a lone one alone, words whole."""
    run: list[re.Match[str]] = []
    for piece in _PIECE.finditer(fold(text)):
        if piece["single"] and (not run or run[-1].end() == piece.start()):
            run.append(piece)
            continue
        yield from _pairs(run)
        run = [piece] if piece["single"] else []
        if not piece["single"]:
            yield Token(piece[0], piece.start(), piece.end())
    yield from _pairs(run)


def _pairs(run: list[re.Match[str]]) -> Iterator[Token]:
    if len(run) == 1:
        yield Token(run[0][0], run[0].start(), run[0].end())
    for left, right in pairwise(run):
        yield Token(left[0] + right[0], left.start(), right.end())


def token_texts(text: str) -> list[str]:
    """Return the tokens' texts alone."""
    return [token.text for token in tokens(text)]


def is_ideograph(char: str) -> bool:
    """Say whether the character is one of those that are indexed in pairs."""
    return bool(_ONE.fullmatch(char))


def is_pair(token: Token) -> bool:
    """Say whether the token is a pair of ideographs."""
    return len(token.text) == 2 and is_ideograph(token.text[0])


def pieces(text: str, limit: int = 2_000) -> list[str]:
    """Return the ends of every word and number in the text (2026, 026, 26, 6): what a PART clause is a beginning of."""
    found: dict[str, None] = {}
    for token in tokens(text):
        if not is_ideograph(token.text[0]):
            word = token.text[:MAX_WORD]
            found |= dict.fromkeys(word[start:] for start in range(len(word)))
            if len(found) > limit:
                break
    return list(found)
