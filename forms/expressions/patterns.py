"""Read a pattern into a tree of characters, sequences, alternatives and repetitions."""

from __future__ import annotations

import re

from .errors import ExpressionSyntaxError, gettext_noop
from .limits import MAX_REGEX_REPEAT

# ["c", ranges, names, negated] | ["s", *trees] | ["a", *trees] | ["r", tree, least, most (-1: any)] | "^" | "$"
Tree = list
_DEEPEST = 20
_LAST = 0x10FFFF
_DIGIT, _WORD = [[48, 57]], [[48, 57], [65, 90], [95, 95], [97, 122]]
_SPACE, _LINE_END = [[9, 13], [32, 32]], [[10, 10], [13, 13], [0x85, 0x85], [0x2028, 0x2029]]
_CLASSES = {"d": _DIGIT, "w": _WORD, "s": _SPACE, "h": [[9, 9], [32, 32], [0xA0, 0xA0], [0x3000, 0x3000]]}
_CONTROLS = {"t": 9, "n": 10, "r": 13, "f": 12, "e": 27, "a": 7}
_PROPERTIES = {
    **{name: name for name in ("L", "Lu", "Ll", "Lo", "N", "Nd", "P", "S", "Z", "Zs", "M")},
    "IsHan": "Han", "Han": "Han", "script=Han": "Han", "sc=Han": "Han", "IsLatin": "Latin", "IsLetter": "L",
    "IsL": "L", "IsLu": "Lu", "IsLl": "Ll", "IsN": "N", "IsNd": "Nd", "IsP": "P",
}  # fmt: skip
_SCRIPTS = {"Han", "Latin"}
_QUANTIFIER = re.compile(r"[*+?]|\{([0-9]{1,4})(,([0-9]{0,4}))?\}", re.ASCII)
_CODE = re.compile(r"u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|x\{([0-9A-Fa-f]{1,6})\}")
_PROPERTY = re.compile(r"[pP](?:\{([^}]*)\}|([LNPSZM]))")
_GROUP = re.compile(r"\?:|\?<[A-Za-z][A-Za-z0-9]*>")


class Reader:
    """Recursive descent over a pattern, from `start` on; its errors carry the offset."""

    def __init__(self, pattern: str, start: int) -> None:
        self.pattern, self.i, self.depth, self.size = pattern, start, 0, 0

    def whole(self) -> Tree | str:
        tree, _ = self.choice()
        if self.i < len(self.pattern):
            raise self.wrong(gettext_noop("A bracket “)” in the pattern closes nothing."))
        return tree

    def choice(self) -> tuple[Tree | str, int]:
        """Read `a|b|c`; return the tree and how many states it takes."""
        self.depth += 1
        if self.depth > _DEEPEST:
            raise self.wrong(gettext_noop("Groups in the pattern are nested too deeply."))
        branches, size = [], 0
        while True:
            branch, branch_size = self.sequence()
            branches.append(branch)
            size += branch_size + 1
            if self.peek() != "|":
                break
            self.i += 1
        self.depth -= 1
        return (branches[0] if len(branches) == 1 else ["a", *branches]), size

    def sequence(self) -> tuple[Tree | str, int]:
        parts: Tree = ["s"]
        size = 0
        while self.peek() not in {"", "|", ")"}:
            part, part_size = self.repeated()
            parts.append(part)
            size += part_size
        return (parts[1] if len(parts) == 2 else parts), size

    def repeated(self) -> tuple[Tree | str, int]:
        start = self.i
        node, size = self.atom()
        match = _QUANTIFIER.match(self.pattern, self.i)
        if not match:
            return node, size
        if isinstance(node, str):
            raise self.wrong(gettext_noop("“%(sign)s” cannot be repeated in a pattern."), start, sign=node)
        least, most = _bounds(match)
        self.i = match.end()
        if self.peek() == "?":
            self.i += 1
        elif self.peek() and self.peek() in "*+{":
            raise self.wrong(
                gettext_noop("“%(sign)s” cannot follow a repetition in a pattern."), sign=self.peek()
            )
        if most != -1 and most < least:
            raise self.wrong(
                gettext_noop("In {%(least)s,%(most)s} the second number is smaller."),
                start,
                least=least,
                most=most,
            )
        size *= max(least, most, 1)
        if max(least, most) > MAX_REGEX_REPEAT or size > 4 * MAX_REGEX_REPEAT:
            raise self.wrong(
                gettext_noop("The pattern repeats too often. Use string-length() for long texts."), start
            )
        return ["r", node, least, most], size + 1

    def atom(self) -> tuple[Tree | str, int]:
        sign = self.peek()
        if sign in {"*", "+", "?", "{"}:
            raise self.wrong(
                gettext_noop("“%(sign)s” has nothing to repeat in the pattern; write \\%(sign)s."), sign=sign
            )
        self.i += 1
        match sign:
            case "(":
                return self.group()
            case "[":
                return self.set(), 1
            case ".":
                return _characters(_LINE_END, negated=True), 1
            case "^" | "$":
                return sign, 1
            case "\\":
                ranges, names, negated = self.escape()
                return _characters(ranges, names, negated=negated), 1
        return _characters([[ord(sign), ord(sign)]]), 1

    def group(self) -> tuple[Tree | str, int]:
        start = self.i - 1
        if match := _GROUP.match(self.pattern, self.i):
            self.i = match.end()
        elif self.peek() == "?":
            raise self.wrong(
                gettext_noop("Look-ahead and flags are not supported. Join two regex() with and instead."),
                start,
            )
        tree, size = self.choice()
        if self.peek() != ")":
            raise self.wrong(gettext_noop("The bracket “(” in the pattern is not closed."), start)
        self.i += 1
        return tree, size

    def escape(self) -> tuple[list, list, bool]:
        """Read what follows a backslash: ranges, property names, and whether all else is meant."""
        sign = self.peek()
        if match := _CODE.match(self.pattern, self.i):
            code = int(match[1] or match[2] or match[3], 16)
            if code > _LAST or 0xD800 <= code <= 0xDFFF:
                raise self.wrong(gettext_noop("There is no character with this number."))
            self.i = match.end()
            return [[code, code]], [], False
        if match := _PROPERTY.match(self.pattern, self.i):
            name = _PROPERTIES.get(match[1] or match[2])
            if name is None:
                raise self.wrong(gettext_noop("\\%(name)s is not supported in a pattern."), name=match[0])
            self.i = match.end()
            return [], [name], match[0][0] == "P"
        self.i += 1
        if sign.lower() in _CLASSES and sign != "H":
            return _CLASSES[sign.lower()], [], sign.isupper()
        if sign in _CONTROLS:
            return [[_CONTROLS[sign]] * 2], [], False
        if not sign or sign.isalnum():
            raise self.wrong(gettext_noop("\\%(name)s is not supported in a pattern."), self.i - 1, name=sign)
        return [[ord(sign), ord(sign)]], [], False

    def set(self) -> Tree:
        start = self.i - 1
        negated = self.peek() == "^"
        self.i += negated
        ranges: list = []
        names: list = []
        while (sign := self.peek()) != "]":
            if sign == "":
                raise self.wrong(gettext_noop("The bracket “[” in the pattern is not closed."), start)
            if sign == "[" or self.pattern.startswith("&&", self.i):
                raise self.wrong(gettext_noop("Inside [...] write \\%(sign)s for “%(sign)s”."), sign=sign)
            self.member(ranges, names)
        if self.i == start + 1 + negated:
            raise self.wrong(gettext_noop("[] in the pattern is empty."), start)
        self.i += 1
        return _characters(ranges, names, negated=negated)

    def member(self, ranges: list, names: list) -> None:
        """Read a character, a class or a range inside [...]."""
        low, properties, negated = self.one()
        single = len(low) == 1 and low[0][0] == low[0][1] and not negated
        if single and self.peek() == "-" and self.pattern[self.i + 1 : self.i + 2] not in {"]", ""}:
            self.i += 1
            high, _, high_negated = self.one()
            if len(high) != 1 or high[0][0] != high[0][1] or high_negated or high[0][0] < low[0][0]:
                raise self.wrong(gettext_noop("This range in [...] is the wrong way round."))
            low = [[low[0][0], high[0][0]]]
        if negated and properties:
            names.extend(f"^{name}" for name in properties)
        elif negated:
            ranges.extend(_others(low))
        else:
            ranges.extend(low)
            names.extend(properties)

    def one(self) -> tuple[list, list, bool]:
        sign = self.peek()
        self.i += 1
        return self.escape() if sign == "\\" else ([[ord(sign), ord(sign)]], [], False)

    def peek(self) -> str:
        return self.pattern[self.i : self.i + 1]

    def wrong(self, template: str, at: int | None = None, **params: object) -> ExpressionSyntaxError:
        return ExpressionSyntaxError(template, self.i if at is None else at, 1, **params)


def _bounds(match: re.Match[str]) -> tuple[int, int]:
    """Return least and most (-1: no bound) of a quantifier."""
    if match[1] is None:
        return {"*": (0, -1), "+": (1, -1), "?": (0, 1)}[match[0]]
    least = int(match[1])
    if match[2] is None:
        return least, least
    return least, int(match[3]) if match[3] else -1


def _others(ranges: list) -> list:
    """Return the ranges of all characters that are not in these."""
    found, next_code = [], 0
    for low, high in sorted(ranges):
        if low > next_code:
            found.append([next_code, low - 1])
        next_code = max(next_code, high + 1)
    return [*found, [next_code, _LAST]] if next_code <= _LAST else found


def _characters(ranges: list, names: list | None = None, *, negated: bool = False) -> Tree:
    return ["c", ranges, names or [], int(negated)]
