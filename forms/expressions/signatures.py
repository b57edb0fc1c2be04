"""The functions of the language: how many arguments they take, of which kinds, and what they give.

Kinds: any, text, number, date (dates, times, moments), boolean, choices (one or several chosen names), nodes (all
answers to a question of a roster, or the items of a roster).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .errors import ExpressionSyntaxError, gettext_noop
from .nodes import Node, Reference, Text
from .regexes import regex
from .tokens import Token


@dataclass(frozen=True, slots=True)
class Signature:
    """How a function is called: the kinds of its parameters (the last repeats when `most` is None) and its result."""

    name: str
    least: int
    most: int | None
    parameters: tuple[str, ...]
    result: str
    ours: bool = False  # not known to other XLSForm software


def _read(table: str, ours: bool = False) -> dict[str, Signature]:
    """Read lines `name least-most parameter kinds -> result`; `2-` has no upper bound."""
    found = {}
    for line in table.strip().splitlines():
        call, _, result = line.partition("->")
        name, count, *parameters = call.split()
        least, _, most = count.partition("-")
        bound = int(most) if most else (None if "-" in count else int(least))
        found[name] = Signature(name, int(least), bound, tuple(parameters), result.strip(), ours)
    return found


SIGNATURES: dict[str, Signature] = _read(
    """
    if 3 boolean any any -> any
    coalesce 2 any any -> any
    once 1 any -> any
    depend 1- any -> any
    selected 2 choices text -> boolean
    is-selected 2 choices text -> boolean
    selected-at 2 choices number -> text
    count-selected 1 choices -> number
    jr:choice-name 2 text choices -> text
    count 1 nodes -> number
    count-non-empty 1 nodes -> number
    sum 1 nodes -> number
    min 0- number -> number
    max 0- number -> number
    position 0-1 nodes -> number
    indexed-repeat 3-11 nodes nodes number nodes number nodes number nodes number nodes number -> any
    round 1-2 number number -> number
    int 1 number -> number
    number 1 any -> number
    string 1 any -> text
    boolean 1 any -> boolean
    boolean-from-string 1 any -> boolean
    not 1 boolean -> boolean
    true 0 -> boolean
    false 0 -> boolean
    checklist 2- number number boolean -> boolean
    weighted-checklist 2- number number any -> boolean
    string-length 0-1 text -> number
    substr 2-3 text number number -> text
    concat 0- any -> text
    join 1- text any -> text
    contains 2 text text -> boolean
    starts-with 2 text text -> boolean
    ends-with 2 text text -> boolean
    substring-before 2 text text -> text
    substring-after 2 text text -> text
    translate 3 text text text -> text
    normalize-space 0-1 text -> text
    regex 2 text text -> boolean
    digest 2-3 text text text -> text
    base64-decode 1 text -> text
    uuid 0-1 number -> text
    today 0 -> date
    now 0 -> date
    date 1 any -> date
    date-time 1 any -> date
    decimal-date-time 1 any -> number
    decimal-time 1 any -> number
    format-date 2 any text -> text
    format-date-time 2 any text -> text
    abs 1 number -> number
    pow 2 number number -> number
    sqrt 1 number -> number
    exp 1 number -> number
    exp10 1 number -> number
    log 1 number -> number
    log10 1 number -> number
    pi 0 -> number
    sin 1 number -> number
    cos 1 number -> number
    tan 1 number -> number
    asin 1 number -> number
    acos 1 number -> number
    atan 1 number -> number
    atan2 2 number number -> number
    random 0 -> number
    area 1 nodes -> number
    enclosed-area 1 nodes -> number
    distance 1 nodes -> number
    version 0 -> text
    """
) | _read(
    """
    age 1-2 date date -> number
    school-year 1 date -> number
    id-valid 1 text -> boolean
    id-birth-date 1 text -> date
    id-sex 1 text -> text
    """,
    ours=True,
)

REFUSED = {
    "pulldata": gettext_noop(
        "pulldata() reads a file beside the form. Use a list of choices: instance('list')/root/item[name = ...]/column."
    ),
    "property": gettext_noop("property() asks a phone about itself; there is no phone here."),
    "randomize": gettext_noop("randomize() is not supported. Choices are shown in the order of the list."),
    "search": gettext_noop("search() is not supported. Use a choice filter."),
    "geofence": gettext_noop("geofence() is not supported. Compare distance() with a number instead."),
    "intersects": gettext_noop("intersects() is not supported."),
    "position-of": gettext_noop("position-of() is not supported. Use position(..)."),
    "id": gettext_noop("id() is not supported. Write ${name} of the question."),
    "last": gettext_noop("last() is not supported. Compare position(..) with count(${roster})."),
    "name": gettext_noop("name() is not supported. Write ${name} of the question."),
    "extract-signed": gettext_noop("extract-signed() is not supported."),
}


def check_call(name: Token, arguments: Sequence[Node]) -> None:
    """Raise ExpressionSyntaxError unless the function exists and takes that many arguments."""
    signature = SIGNATURES.get(name.value)
    if signature is None:
        message = REFUSED.get(name.value) or gettext_noop("There is no function %(name)s().")
        raise ExpressionSyntaxError(message, name.at, name.length, name=name.value)
    if not signature.least <= len(arguments) <= (signature.most or len(arguments)) or (
        signature.most == 0 and arguments
    ):
        raise _wrong_number(name, signature, len(arguments))
    if name.value == "indexed-repeat":
        _check_indexed_repeat(name, arguments)
    if name.value == "weighted-checklist" and len(arguments) % 2:
        raise ExpressionSyntaxError(
            gettext_noop(
                "weighted-checklist() takes a minimum, a maximum, and pairs of a condition and its weight."
            ),
            name.at,
            name.length,
        )
    if name.value == "regex" and not isinstance(arguments[1], Text):
        raise ExpressionSyntaxError(
            gettext_noop(
                "The pattern of regex() is written in quotes, so that it can be checked before use."
            ),
            arguments[1].at,
        )
    if name.value == "regex" and isinstance(arguments[1], Text):
        _check_pattern(arguments[1])


def _check_pattern(pattern: Text) -> None:
    """Read the pattern; a mistake in it is shown at its place in the expression."""
    try:
        regex(pattern.value)
    except ExpressionSyntaxError as error:
        error.at = pattern.at + 1 + (error.at or 0)
        raise


def _check_indexed_repeat(name: Token, arguments: Sequence[Node]) -> None:
    references = [arguments[0], *arguments[1::2]]
    if len(arguments) % 2 == 0 or not all(isinstance(argument, Reference) for argument in references):
        raise ExpressionSyntaxError(
            gettext_noop(
                "indexed-repeat() takes ${question}, ${roster}, number; and ${roster}, number again."
            ),
            name.at,
            name.length,
        )


def _wrong_number(name: Token, signature: Signature, given: int) -> ExpressionSyntaxError:
    params = {"name": name.value, "least": signature.least, "most": signature.most, "given": given}
    if signature.most is None:
        message = gettext_noop("%(name)s() takes at least %(least)s arguments, not %(given)s.")
    elif signature.most == signature.least:
        message = gettext_noop("%(name)s() takes %(least)s arguments, not %(given)s.")
    else:
        message = gettext_noop("%(name)s() takes %(least)s to %(most)s arguments, not %(given)s.")
    return ExpressionSyntaxError(message, name.at, name.length, **params)
