"""The checks of a form, in the order in which they were written down."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from forms.definitions.checks.examined import Examined
    from forms.definitions.fault import Fault

Check = Callable[["Examined"], "Iterator[Fault]"]
CHECKS: list[Check] = []


def check(function: Check) -> Check:
    """Add a check."""
    CHECKS.append(function)
    return function
