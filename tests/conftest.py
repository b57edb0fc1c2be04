"""What every test needs: the compiled catalogue, and a media folder of its own."""

from pathlib import Path

import pytest
from django.utils.translation import trans_real

from xinqiao import catalog


def pytest_configure() -> None:
    """Compile the catalogue; Django may have looked for it already, and remembers that it was missing."""
    catalog.compile_catalog()
    trans_real._translations = {}
    trans_real._default = None


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path_factory) -> Path:
    """Uploads of a test go to a folder of that test."""
    root = tmp_path_factory.mktemp("media")
    settings.MEDIA_ROOT = root
    settings.SEARCH_FOLDER = root / "search"
    settings.FORMS_FILES = root / "answers"
    # The site's tests share no index; tests/search asks Elasticsearch where the environment names one.
    settings.ELASTICSEARCH_URL = ""
    return root
