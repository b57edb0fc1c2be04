"""Numbers: rounding and the functions of XPath 3."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Context, Decimal
from typing import TYPE_CHECKING

from forms.expressions.values import Raw, java_int, number, precise_number, whole

if TYPE_CHECKING:
    from forms.expressions.evaluator import Scope

_WIDEST_ROUNDING = 30
_WIDE = Context(prec=400)


def _round(_scope: Scope, value: Raw, places: Raw = 0.0) -> float:
    """Round half up (half towards zero below 0); to tens and hundreds with negative places, as ODK's engine does."""
    given, digits = number(value), java_int(places)
    if math.isnan(given) or math.isinf(given):
        return given
    if abs(digits) > _WIDEST_ROUNDING:
        return math.nan
    exact = Decimal(repr(given))
    if digits >= 0:
        unit = Decimal(1).scaleb(-digits)
        if exact.as_tuple().exponent >= -digits:  # type: ignore[operator]
            return given
        return float(exact.quantize(unit, ROUND_HALF_DOWN if given < 0 else ROUND_HALF_UP, _WIDE))
    scaled = float(exact.scaleb(digits)) + 0.5
    return float(Decimal(math.trunc(scaled)).scaleb(-digits))


def _of(function: Callable[..., float]) -> Callable[..., float]:
    """Let a function of `math` give NaN or infinity where Java does, instead of an error."""

    def run(_scope: Scope, *values: Raw) -> float:
        numbers = [precise_number(value) for value in values]
        try:
            return float(function(*numbers))
        except OverflowError:
            return math.inf
        except ValueError:
            return math.nan

    return run


def _log(function: Callable[[float], float]) -> Callable[[float], float]:
    return lambda value: function(value) if value else -math.inf


def _pow(base: float, power: float) -> float:
    """Java's Math.pow: no complex numbers, 0 to a negative power is infinite, 1 to NaN is NaN."""
    if power == 0:
        return 1.0
    if math.isnan(base) or math.isnan(power) or (abs(base) == 1 and math.isinf(power)):
        return math.nan
    odd = math.fmod(power, 2) in {1.0, -1.0}
    if base == 0 and power < 0:
        return math.copysign(math.inf, base) if odd else math.inf
    try:
        return math.pow(base, power)
    except OverflowError:
        return -math.inf if base < 0 and odd else math.inf
    except ValueError:
        return math.nan


FUNCTIONS: dict[str, Callable[..., Raw]] = {
    "number": lambda _, value: number(value),
    "int": lambda _, value: whole(value),
    "round": _round,
    "abs": _of(abs),
    "pow": lambda _, base, power: _pow(precise_number(base), precise_number(power)),
    "sqrt": _of(math.sqrt),
    "exp": _of(math.exp),
    "exp10": lambda _, power: _pow(10.0, precise_number(power)),
    "log": _of(_log(math.log)),
    "log10": _of(_log(math.log10)),
    "pi": lambda _: math.pi,
    "sin": _of(math.sin),
    "cos": _of(math.cos),
    "tan": _of(math.tan),
    "asin": _of(math.asin),
    "acos": _of(math.acos),
    "atan": _of(math.atan),
    "atan2": _of(math.atan2),
    "random": lambda scope: scope.context.random.random(),
}
