"""Runs in a process of its own: takes the text out of a PDF, within limits of time and memory.

Imports nothing of the project. Arguments: memory in bytes, seconds, highest number of pages.
Input: the PDF. Output: JSON, {"pages": [text, ...]} or {"error": "password" | "broken" | "pages"}.
"""

from __future__ import annotations

import json
import sys
from typing import Any


def main() -> None:
    """Read standard input, write the answer."""
    memory, seconds, pages = (int(argument) for argument in sys.argv[1:4])
    _limit(memory, seconds)
    sys.stdout.write(json.dumps(_answer(sys.stdin.buffer.read(), pages)))


def _limit(memory: int, seconds: int) -> None:
    try:
        import resource
    except ImportError:  # no such limits on Windows; the parent's clock remains
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(data: bytes, most_pages: int) -> dict[str, Any]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        return {"error": "password" if "password" in str(error).lower() else "broken"}
    if len(document) > most_pages:
        return {"error": "pages"}
    try:
        return {"pages": [page.get_textpage().get_text_range(errors="replace") for page in document]}
    except pypdfium2.PdfiumError:
        return {"error": "broken"}


if __name__ == "__main__":
    main()
