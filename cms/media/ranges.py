"""Part of a file, as RFC 9110 section 14 has it: phones resume downloads, PDF viewers read pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

_SINGLE = re.compile(r"bytes=(\d*)-(\d*)\s*")
_BLOCK = 64 * 1024


class UnsatisfiableRangeError(ValueError):
    """The range lies outside the file (416)."""


def asked_range(header: str, size: int) -> tuple[int, int] | None:
    """Return first and last byte asked for, or None when the whole file is to be sent.

    Several ranges at once and other units are answered with the whole file, as the RFC allows.
    Raises UnsatisfiableRangeError.
    """
    match = _SINGLE.fullmatch(header)
    if match is None or not any(match.groups()):
        return None
    first, last = match.groups()
    if not first:  # the last n bytes
        start, end = max(size - int(last), 0), size - 1
        if int(last) == 0:
            raise UnsatisfiableRangeError
    else:
        start, end = int(first), min(int(last), size - 1) if last else size - 1
        if last and int(last) < start <= size:
            return None
    if start >= size:
        raise UnsatisfiableRangeError
    return start, end


def read_part(file: IO[bytes], start: int, end: int) -> Iterator[bytes]:
    """Yield the bytes from `start` to `end` (both included), and close the file."""
    with file:
        file.seek(start)
        left = end - start + 1
        while left > 0 and (block := file.read(min(_BLOCK, left))):
            left -= len(block)
            yield block
