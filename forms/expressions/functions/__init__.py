"""The functions of the language, by name; `signatures.py` says how they are called."""

from collections.abc import Callable

from . import china, dates, logic, maths, places, texts
from .logic import LAZY

FUNCTIONS: dict[str, Callable] = {
    **logic.FUNCTIONS,
    **maths.FUNCTIONS,
    **texts.FUNCTIONS,
    **dates.FUNCTIONS,
    **places.FUNCTIONS,
    **china.FUNCTIONS,
}

__all__ = ["FUNCTIONS", "LAZY"]
