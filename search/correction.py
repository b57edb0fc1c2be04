"""“Did you mean” (您是不是要找): words typed with a slip, put right by what the index holds and the reader may see.

A slip is a character of the same sound (亲情点话), two that changed places, one too many, or letters where the input
method was off (lset). Whatever is proposed is counted in the reader's own documents first, so it tells of no others.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from search.engine import Query, SearchEngine
from search.fold import fold
from search.grammar import plain_words
from search.sounds import sounds_like, stretches
from search.tokens import is_ideograph

FEW = 2  # at most so many results make a slip likely
MAX_WORD = 8  # characters; longer ones are sentences, not words with a slip
MAX_WORDS = 4
MAX_CANDIDATES = 240


def correction(text: str, access: frozenset[str], engine: SearchEngine) -> str | None:
    """Return the question put right, None when nothing better is known. Raises SearchUnavailable."""
    places = plain_words(text)[:MAX_WORDS]
    if not places or not access:
        return None
    counts = engine.counts([text[start:end] for start, end in places], access)
    better = text
    for (start, end), count in reversed(list(zip(places, counts, strict=True))):
        if not count and (word := _put_right(text[start:end], access, engine)):
            better = better[:start] + word + better[end:]
    if better == text:
        return None
    result = engine.search(Query(better, access=access, limit=1))
    return better if result.total and not result.relaxed else None


def _put_right(word: str, access: frozenset[str], engine: SearchEngine) -> str | None:
    if not 1 < len(word) <= (MAX_WORD if is_ideograph(word[0]) else MAX_WORD * 5):
        return None
    found = dict.fromkeys(islice(_candidates(fold(word), access, engine), MAX_CANDIDATES))
    found.pop(word, None)
    words = list(found)
    counts = engine.counts(words, access) if words else []
    count, best = max(zip(counts, words, strict=True), key=lambda pair: pair[0], default=(0, ""))
    return best if count else None


def _candidates(word: str, access: frozenset[str], engine: SearchEngine) -> Iterator[str]:
    """Yield what may have been meant. What sounds exactly so in a title comes first."""
    from pypinyin import lazy_pinyin  # 60 MB of dictionaries: read when they are asked for

    sound = "".join(lazy_pinyin(word))
    for term in engine.suggest(sound, access, 8):
        yield from stretches(fold(term), sound)
    if not all(map(is_ideograph, word)):
        return
    for place in range(len(word) - 1):
        yield word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    for place in range(len(word) if len(word) > 2 else 0):
        yield word[:place] + word[place + 1 :]
    for place, char in enumerate(word):
        for other in sounds_like(char):
            yield word[:place] + other + word[place + 1 :]
