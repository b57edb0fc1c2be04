"""When a failed delivery is tried again, and when a receiver is given up."""

from __future__ import annotations

import random
from datetime import timedelta

MINUTE, HOUR = 60, 3600
#: Seconds to wait after the first, second, ... failed attempt; after the last one the delivery is given up.
DELAYS = (10, MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 8 * HOUR, 24 * HOUR)
#: A receiver that has failed without a break this long is switched off.
PATIENCE = timedelta(days=5)
PATIENCE_FAILURES = 10
_REST_MAX = 15 * MINUTE


def delay_after(retries: int, asked: int | None = None) -> timedelta | None:
    """Return the wait after that many failures, with up to 20 % jitter; None when it is time to give up.

    `asked` is the receiver's Retry-After in seconds: it can only lengthen the wait.
    """
    if retries > len(DELAYS):
        return None
    seconds = DELAYS[retries - 1] * random.uniform(0.8, 1.2)  # noqa: S311 - jitter, no secret
    return timedelta(seconds=max(seconds, asked or 0))


def rest_after(failures: int) -> timedelta:
    """Return how long a receiver is left alone after failures in a row, so that a dead one costs little."""
    return timedelta(seconds=min(5 * 2 ** min(failures, 10), _REST_MAX) * random.uniform(0.8, 1.0))  # noqa: S311
