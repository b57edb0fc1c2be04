"""From a plan to an FTS5 MATCH expression. Only quoted tokens and hashed values get in: nothing can be injected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b

from search.grammar import Clause, Match, Plan, Term
from search.tokens import pairs, pieces_of, runs

PIECE = "\ue100"  # stands before the end of a word, so that it is no word itself
TITLED = "\ue200"  # stands before an ideograph of the title
TEXT, TITLE, SINGLES = "{title summary body}", "{title}", "{singles}"
# FTS5's own tokenizer splits at these; in private-use characters they pass through it whole.
_INSIDE = {ord(char): chr(0xE000 + place) for place, char in enumerate(".,;:·'’_")}


def encode(token: str) -> str:
    """Return the token in a form that FTS5's tokenizer leaves whole."""
    return token.translate(_INSIDE)


def index_text(text: str) -> str:
    """Return the text as the tokens to be indexed, the ends of its words after them: no phrase could mean those."""
    found: list[str] = []
    words: list[str] = []
    for run, _start, is_run in runs(text):
        if not is_run:
            words.append(run)
            found.append(encode(run))
        elif len(run) == 1:
            found.append(run)
        else:
            found.extend(pairs(run))
    ends = (PIECE + encode(piece) for piece in pieces_of(words))
    return " ".join([*found, *ends])


def index_singles(title: str, text: str) -> str:
    """Return the ideographs of a document, each once, those of its title once more with a mark before them.

    A question of one character is asked here: the pairs that begin with it would be thousands of lists to unite.
    """
    titled = _ideographs(title)
    return " ".join([*(TITLED + char for char in titled), *(titled | _ideographs(text))])


def _ideographs(text: str) -> dict[str, None]:
    """Return the ideographs of a text, each once, in order."""
    return dict.fromkeys(char for run, _start, is_run in runs(text) if is_run for char in run)


def value_token(facet: str, value: str) -> str:
    """Return the token that stands for a facet's value, or for an access token, inside the index."""
    return "v" + blake2b(f"{facet}\0{value}".encode(), digest_size=9).hexdigest()


def match_expression(
    plan: Plan,
    access: Iterable[str],
    filters: Mapping[str, Sequence[str]],
    *,
    relaxed: Sequence[str] = (),
    titled: bool = False,
) -> str:
    """Return the MATCH expression: text and access and each filter. With `relaxed`, any of those tokens will do.

    With `titled`, at least one of the words stands in the title.
    """
    parts = [f"meta : ({_any(value_token('access', token) for token in access)})"]
    parts += [
        f"meta : ({_any(value_token(facet, value) for value in values)})"
        for facet, values in filters.items()
        if values
    ]
    if relaxed:
        parts.append(f"{TITLE if titled else TEXT} : ({_any(encode(token) for token in relaxed)})")
    else:
        parts += [_term(term) for term in plan.must]
        if titled:
            parts.append(f"({' OR '.join(_term(term, TITLE) for term in plan.must)})")
    expression = " AND ".join(parts)
    if plan.must_not:
        expression = f"({expression}) NOT ({' OR '.join(map(_term, plan.must_not))})"
    return expression


def _any(names: Iterable[str]) -> str:
    return " OR ".join(f'"{name}"' for name in names)


def _term(term: Term, where: str = TEXT) -> str:
    wordings = (" AND ".join(_clause(clause, where) for clause in wording) for wording in term.wordings)
    return f"({' OR '.join(f'({wording})' for wording in wordings)})"


def _clause(clause: Clause, where: str) -> str:
    phrase = " ".join(map(encode, clause.tokens))
    if clause.match is Match.ONE:
        titled = f'{SINGLES} : "{TITLED}{phrase}"'
        # Both where both hold: what has it in the title scores higher.
        return titled if where == TITLE else f'({titled} OR {SINGLES} : "{phrase}")'
    if clause.match is Match.PART:
        return f'{where} : ("{phrase}" OR "{PIECE}{phrase}" *)'
    return f'{where} : ("{phrase}")'
