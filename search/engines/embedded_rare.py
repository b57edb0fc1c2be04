"""Which words tell the most: those that the fewest documents have."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence

from search.engines.embedded_match import TEXT, encode
from search.grammar import Match, Plan
from search.tokens import token_texts

COMMON = 5_000  # documents; a word that so many have is not counted further
TOGETHER = 30_000  # documents that all chosen words may have; every one of them must be ranked
ALWAYS = 4  # words that are taken however common they are
LOOKED_AT = 150  # words of a text that are compared; the rest says them again
TITLE_WEIGHT = 3


def rarest(connection: sqlite3.Connection, words: Iterable[str], limit: int, at_least: int = 1) -> list[str]:
    """Return the words that the fewest documents have, among those that at least `at_least` have."""
    counted = ((_documents(connection, word), word) for word in words)
    found: list[str] = []
    together = 0
    for count, word in sorted(pair for pair in counted if pair[0] >= at_least):
        together += count
        if len(found) == limit or (together > TOGETHER and len(found) >= ALWAYS):
            break
        found.append(word)
    return found


def telling(title: str, text: str) -> Sequence[str]:
    """Return the words that a text says most often, those of its title before others."""
    counts = Counter(token_texts(text))
    for word in token_texts(title):
        counts[word] += TITLE_WEIGHT
    return [word for word, _count in counts.most_common(LOOKED_AT)]


def may_occur(connection: sqlite3.Connection, plan: Plan) -> bool:
    """Say whether the index has the words that the question needs: cheaper than to look for them."""
    clauses = [clause for term in plan.must for wording in term.wordings for clause in wording]
    tokens = {token for clause in clauses if clause.match is Match.PHRASE for token in clause.tokens}
    return bool(clauses) and all(_documents(connection, token, 1) for token in tokens)


def _documents(connection: sqlite3.Connection, word: str, enough: int = COMMON) -> int:
    """Return how many documents have the word, counted up to `enough`."""
    sql = "SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT ?)"
    return connection.execute(sql, [f'{TEXT} : "{encode(word)}"', enough]).fetchone()[0]
