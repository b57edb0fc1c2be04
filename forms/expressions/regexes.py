"""Regular expressions that cannot hang: read into a tree, matched in linear time (RE2 here, states in the browser).

The part of Java's syntax without look-ahead and back references; see docs/adr/0102-regular-expressions.md.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import re2

from .errors import ExpressionSyntaxError, gettext_noop
from .limits import MAX_REGEX
from .patterns import Reader, Tree


@dataclass(frozen=True, slots=True)
class Regex:
    """A pattern: its tree for the browser, whether letters match in both cases, and the machine for the server."""

    tree: Tree | str
    ignore_case: bool
    match: Callable[[str], object]


@lru_cache(maxsize=1024)
def regex(pattern: str) -> Regex:
    """Read a pattern. Raises ExpressionSyntaxError with the offset in the pattern."""
    if len(pattern) > MAX_REGEX:
        raise ExpressionSyntaxError(
            gettext_noop("The pattern is longer than %(limit)s characters."), 0, limit=MAX_REGEX
        )
    ignore_case = pattern.startswith("(?i)")
    tree = Reader(pattern, 4 if ignore_case else 0).whole()
    options = re2.Options()
    options.case_sensitive = not ignore_case
    options.log_errors = False
    return Regex(tree, ignore_case, re2.compile(_re2(tree), options).fullmatch)


def matches(pattern: str, value: str) -> bool:
    """Tell whether the whole text matches the pattern."""
    return regex(pattern).match(value.encode("utf-8", "replace").decode()) is not None


def _re2(tree: Tree | str) -> str:
    """Write the tree as a pattern of RE2."""
    if isinstance(tree, str):
        return {"^": r"\A", "$": r"\z"}[tree]
    kind, *rest = tree
    if kind == "s":
        return "".join(_re2(part) for part in rest)
    if kind == "a":
        return "(?:" + "|".join(_re2(part) for part in rest) + ")"
    if kind == "r":
        part, least, most = rest
        return f"(?:{_re2(part)}){{{least},{'' if most == -1 else most}}}"
    ranges, names, negated = rest
    inside = "".join(rf"\x{{{low:X}}}-\x{{{high:X}}}" for low, high in ranges)
    inside += "".join(rf"\P{{{name[1:]}}}" if name[0] == "^" else rf"\p{{{name}}}" for name in names)
    return f"[{'^' if negated else ''}{inside}]"
