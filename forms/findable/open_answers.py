"""Which answers and facts may be found: those marked as searchable, and nothing that was ever sealed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from forms.answers.answers import TOP, Answers
from forms.definitions.document import Document
from forms.definitions.models import FormVersion
from forms.definitions.questions import Question
from forms.expressions import ExpressionSyntaxError, names, parse
from forms.kinds import kind_name, kind_of
from forms.kinds.base import is_raw
from forms.registers.properties import Schema
from forms.run.outcome import REFERENCE
from forms.sealing.seal import is_sealed

#: Types whose answers are never found, however they are marked: they tell who or where somebody is, or are no text.
NEVER = frozenset({"id_number", "signature", "location", "record", "file", "photo", "consent"})
#: An id number (GB 11643) that somebody typed into a text.
_ID_NUMBER = re.compile(r"(?<!\d)[1-9]\d{5}(?:18|19|20)\d{9}[\dXxＸｘ](?![\dA-Za-z])")
#: What is left of a summary's brackets when the answer in them is not shown.
_EMPTY_BRACKETS = re.compile(r"（\s*）|\(\s*\)|【\s*】|\[\s*\]")


@lru_cache(maxsize=256)
def document_of(digest: str) -> Document:
    """Return the document of the versions with this digest, read once in this process."""
    return FormVersion.all_objects.filter(digest=digest)[:1].get().document


@lru_cache(maxsize=512)
def open_questions(digest: str, history: tuple[str, ...]) -> Mapping[str, Question]:
    """Return the questions of a version whose answers are found, by name.

    `history` holds the digests of all versions of the form, the newest first. The newest says what is searchable; a
    question that any version has as sensitive, or works out from such a one, stays closed in all of them.
    """
    newest = document_of(history[0]).questions if history else {}
    closed = frozenset().union(*map(closed_names, history)) | closed_names(digest)
    found: dict[str, Question] = {}
    for name, placed in document_of(digest).questions.items():
        marked = newest[name].item if name in newest else placed.item
        if (
            marked.searchable
            and name not in closed
            and not {kind_name(marked), kind_name(placed.item)} & NEVER
        ):
            found[name] = placed.item
    return found


@lru_cache(maxsize=256)
def closed_names(digest: str) -> frozenset[str]:
    """Return what a version has as sensitive, and all that it works out from that."""
    document = document_of(digest)
    questions = {name: placed.item for name, placed in document.questions.items()}
    closed = {name for name, question in questions.items() if question.sensitive}
    closed |= {row for row, matrix in document.matrix_rows.items() if matrix in closed}
    looks_at = {name: _looks_at(question) for name, question in questions.items()}
    looks_at |= {score.name: {*score.of, *_names(score.expression)} for score in document.scores}
    while more := {name for name, seen in looks_at.items() if name not in closed and seen & closed}:
        closed |= more
    return frozenset(closed)


def _looks_at(question: Question) -> set[str]:
    """Return what the question's value may be made from."""
    default = question.default[1:] if question.default.startswith("=") else ""
    return _names(getattr(question, "calculation", "")) | _names(default)


def _names(expression: str) -> set[str]:
    try:
        return set(names(parse(expression))) if expression else set()
    except ExpressionSyntaxError:
        return set()


def texts_of_answers(
    document: Document, wanted: Mapping[str, Question], *kept: Answers
) -> Iterator[tuple[str, str, str]]:
    """Give (item, name, text) of the answers to the wanted questions, as people read them; no seal is opened."""
    for answers in kept:
        for (item, name), value in answers.values.items():
            question = wanted.get(name)
            if question is not None and not is_sealed(value) and not is_raw(value):
                yield item, name, without_ids(kind_of(question).display(question, value, document))


def summary_of(document: Document, texts: Mapping[str, str]) -> str:
    """Return the form's words for a submission, with these answers alone; all others are left out."""
    said = REFERENCE.sub(lambda match: texts.get(match[1], ""), document.summary)
    return " ".join(_EMPTY_BRACKETS.sub("", said).split())


def texts_of_facts(schema: Schema, kept: Mapping[str, Any]) -> dict[str, str]:
    """Return the searchable facts as people read them, by property; no seal is opened."""
    found: dict[str, str] = {}
    for name, one in schema.properties.items():
        value = kept.get(name)
        open_here = one.searchable and not one.sensitive and one.type not in NEVER
        if open_here and value is not None and not is_sealed(value) and not is_raw(value):
            found[name] = without_ids(schema.show(name, value))
    return found


def without_ids(text: str) -> str:
    """Return the text without the id numbers that somebody wrote into it."""
    return _ID_NUMBER.sub("", text)


def at_top(texts: list[tuple[str, str, str]]) -> dict[str, str]:
    """Return the texts outside rosters, by name."""
    return {name: text for item, name, text in texts if item == TOP}
