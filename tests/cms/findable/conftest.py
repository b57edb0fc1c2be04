"""An index of its own for each test."""

import pytest

from search.engines.embedded import EmbeddedEngine


@pytest.fixture
def index(tmp_path, monkeypatch) -> EmbeddedEngine:
    """The engine in use, with an empty index."""
    engine = EmbeddedEngine(tmp_path)
    for place in ("search.engines", "search.outbox", "search.rebuild"):
        monkeypatch.setattr(f"{place}.current_engine", lambda: engine)
    return engine
