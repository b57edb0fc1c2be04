"""What every test needs: the compiled catalogue, and a media folder of its own."""

from pathlib import Path

import pytest

from xinqiao import catalog


def pytest_configure() -> None:
    catalog.compile_catalog()


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path_factory) -> Path:
    """Uploads of a test go to a folder of that test."""
    root = tmp_path_factory.mktemp("media")
    settings.MEDIA_ROOT = root
    return root
