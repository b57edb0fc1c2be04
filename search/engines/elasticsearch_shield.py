"""What stands between a caller and a node that does not answer: our own exception, and no second wait."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from elastic_transport import TransportError
from elasticsearch import ApiError, helpers

from search.engine import SearchUnavailable

P = ParamSpec("P")
R = TypeVar("R")
REFUSED = 3.0  # seconds in which nobody waits again after a node did not answer


def shielded(method: Callable[P, R]) -> Callable[P, R]:
    """Turn the client's own exceptions into SearchUnavailable."""

    @wraps(method)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return method(*args, **kwargs)
        except (ApiError, TransportError, helpers.BulkIndexError) as error:
            raise SearchUnavailable(str(error)) from error

    return guarded


class Breaker:
    """Spares readers the wait for a node that has just not answered: for a moment all of them are refused at once."""

    def __init__(self) -> None:
        self._until = 0.0

    def check(self) -> None:
        """Raise SearchUnavailable while the last failure is only a moment ago."""
        if time.monotonic() < self._until:
            raise SearchUnavailable("Elasticsearch has just not answered")

    def open(self) -> None:
        self._until = time.monotonic() + REFUSED

    def close(self) -> None:
        self._until = 0.0


def reading(method: Callable[P, R]) -> Callable[P, R]:
    """Like `shielded`, for what people wait for: behind the engine's breaker."""
    asked = shielded(method)

    @wraps(method)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        breaker: Breaker = args[0].breaker  # type: ignore[attr-defined]
        breaker.check()
        try:
            found = asked(*args, **kwargs)
        except SearchUnavailable as error:
            if isinstance(error.__cause__, TransportError):
                breaker.open()
            raise
        breaker.close()
        return found

    return guarded
