"""Numbers as text, the way Java writes a double."""

from __future__ import annotations

import math

_LARGEST_INT = 2**31 - 1


def numeral(value: float, *, whole_as_integer: bool = True) -> str:
    """Return the number as JavaRosa shows it: 3, 0.5, 1.0E-4, 3.0E9 (from 2147483648 on, whole numbers too)."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if whole_as_integer:
        if abs(value) < 1e-12:
            return "0"
        whole = math.trunc(max(-(2**31), min(_LARGEST_INT, value)))
        if abs(value - whole) < 1e-12:
            return str(whole)
    return _java_double(value)


def _java_double(value: float) -> str:
    """Write a finite double as Java's Double.toString does."""
    sign = "-" if math.copysign(1, value) < 0 else ""
    if value == 0:
        return sign + "0.0"
    digits, exponent = _shortest(abs(value))
    if -3 <= exponent < 7:
        if exponent < 0:
            return f"{sign}0.{'0' * (-exponent - 1)}{digits}"
        digits = digits.ljust(exponent + 2, "0")
        return f"{sign}{digits[: exponent + 1]}.{digits[exponent + 1 :]}"
    return f"{sign}{digits[0]}.{digits[1:] or '0'}E{exponent}"


def _shortest(value: float) -> tuple[str, int]:
    """Return the shortest digits that read back as the value, and the power of ten of the first one."""
    mantissa, _, power = f"{value!r}".partition("e")
    before, _, after = mantissa.partition(".")
    digits = (before + after).lstrip("0")
    exponent = int(power or 0)
    exponent += len(before) - 1 if before.strip("0") else -(len(after) - len(after.lstrip("0"))) - 1
    return digits.rstrip("0") or "0", exponent
