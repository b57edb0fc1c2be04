"""The engine in use; every test has an index of its own."""

import pytest

from search.engine import SearchEngine
from search.service import current_engine


@pytest.fixture
def index() -> SearchEngine:
    return current_engine()
