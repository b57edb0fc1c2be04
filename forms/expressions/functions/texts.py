"""Texts. Lengths and positions count UTF-16 units, as Java and browsers do: a rare character such as 𠮷 counts 2."""

from __future__ import annotations

import base64
import hashlib
import re
import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING

from forms.expressions.errors import EvaluationError, gettext_noop
from forms.expressions.limits import MAX_TEXT
from forms.expressions.regexes import matches
from forms.expressions.values import JAVA_SPACE, Nodes, Raw, each, java_int, text

if TYPE_CHECKING:
    from forms.expressions.evaluator import Scope

_SPACES = re.compile(r"[ \t\n\x0b\f\r]+")
_NOT_BASE64 = re.compile(r"[^A-Za-z0-9+/]")
_ALGORITHMS = ("MD5", "SHA1", "SHA256", "SHA384", "SHA512")
_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def units(value: str) -> bytes:
    """Return the UTF-16 units of a text, two bytes each."""
    return value.encode("utf-16-le", "surrogatepass")


def from_units(value: bytes) -> str:
    """Return the text of UTF-16 units; half a character becomes the sign for an unreadable one."""
    return value.decode("utf-16-le", "replace")


def bounded(value: str) -> str:
    """Return the text. Raises EvaluationError when it is longer than a function may work on."""
    if len(value) > MAX_TEXT:
        raise too_long()
    return value


def too_long() -> EvaluationError:
    """Return the error for a text that is longer than a function may work on or make."""
    return EvaluationError(gettext_noop("The text is longer than %(limit)s characters."), limit=MAX_TEXT)


def _joined(separator: Raw, values: tuple[Raw, ...], *, spread: bool) -> str:
    parts = each(values[0]) if spread and len(values) == 1 and isinstance(values[0], Nodes) else values
    between, texts = text(separator), [text(part) for part in parts]
    if sum(map(len, texts)) + len(between) * max(len(texts) - 1, 0) > MAX_TEXT:
        raise too_long()
    return between.join(texts)


def _substr(_scope: Scope, value: Raw, start: Raw, end: Raw | None = None) -> str:
    """From `start` (counted from 0) up to before `end`; negative ones count from the end."""
    data = units(text(value))
    size = len(data) // 2
    first = java_int(start)
    last = size if end is None else java_int(end)
    first = min(max(0, first + size if first < 0 else first), size)
    last = min(max(0, last + size if last < 0 else last), size)
    return from_units(data[2 * first : 2 * last]) if first <= last else ""


def _substring_before(_scope: Scope, value: Raw, sign: Raw) -> str:
    before, found, _ = text(value).partition(text(sign)) if text(sign) else ("", "", "")
    return before if found else ""


def _substring_after(_scope: Scope, value: Raw, sign: Raw) -> str:
    if not text(sign):
        return text(value)
    return text(value).partition(text(sign))[2]


def _translate(_scope: Scope, value: Raw, old: Raw, new: Raw) -> str:
    signs, replacements = text(old), text(new)
    table: dict[int, str] = {}
    for index, sign in enumerate(signs):
        table.setdefault(ord(sign), replacements[index] if index < len(replacements) else "")
    return text(value).translate(table)


def _at_hand(scope: Scope, values: tuple[Raw, ...]) -> str:
    return text(values[0]) if values else text(scope.context.value(scope.origin))


def _digest(_scope: Scope, value: Raw, algorithm: Raw, encoding: Raw = "base64") -> str:
    name, shape = text(algorithm).upper().replace("-", ""), text(encoding).lower()
    if name not in _ALGORITHMS or shape not in {"hex", "base64"}:
        raise EvaluationError(
            gettext_noop(
                "digest() knows MD5, SHA-1, SHA-256, SHA-384, SHA-512, and writes 'base64' or 'hex'."
            )
        )
    made = hashlib.new(name.lower(), text(value).encode(), usedforsecurity=False)
    return made.hexdigest() if shape == "hex" else base64.b64encode(made.digest()).decode()


def _base64_decode(_scope: Scope, value: Raw) -> str:
    signs = _NOT_BASE64.sub("", text(value).partition("=")[0])
    if len(signs) % 4 == 1:
        raise EvaluationError(gettext_noop("The text is not base64."))
    return base64.b64decode(signs + "=" * (-len(signs) % 4)).decode("utf-8", "replace")


def _uuid(scope: Scope, length: Raw | None = None) -> str:
    if length is None:
        return str(uuid.UUID(int=scope.context.random.getrandbits(128), version=4))
    return "".join(scope.context.random.choices(_LETTERS, k=min(max(java_int(length), 0), 100)))


FUNCTIONS: dict[str, Callable[..., Raw]] = {
    "string": lambda _, value: text(value),
    "string-length": lambda scope, *value: float(len(units(_at_hand(scope, value))) // 2),
    "substr": _substr,
    "concat": lambda _, *values: _joined("", values, spread=True),
    "join": lambda _, separator, *values: _joined(separator, values, spread=True),
    "contains": lambda _, value, part: text(part) in text(value),
    "starts-with": lambda _, value, part: text(value).startswith(text(part)),
    "ends-with": lambda _, value, part: text(value).endswith(text(part)),
    "substring-before": _substring_before,
    "substring-after": _substring_after,
    "translate": _translate,
    "normalize-space": lambda scope, *value: _SPACES.sub(" ", _at_hand(scope, value).strip(JAVA_SPACE)),
    "regex": lambda _, value, pattern: matches(text(pattern), bounded(text(value))),
    "digest": _digest,
    "base64-decode": _base64_decode,
    "uuid": _uuid,
    "version": lambda scope: scope.context.version,
}
