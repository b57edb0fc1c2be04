"""One run of a form by each of the engines that evaluate expressions: Python, the browser, and JavaRosa.

Each gives the same JSON, so that they can be compared: see docs/features/form-run.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from forms.definitions.document import Document
from forms.run.engines import browser, javarosa, python
from forms.run.engines.result import EngineMissingError

Engine = Callable[[Document, list[Mapping[str, Any]]], list[dict[str, Any]]]
ENGINES: dict[str, Engine] = {
    "python": python.results,
    "browser": browser.results,
    "javarosa": javarosa.results,
}

__all__ = ["ENGINES", "EngineMissingError"]
