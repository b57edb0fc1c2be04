"""What every test needs: the compiled catalogue, and a media folder of its own."""

from pathlib import Path

import pytest
from django.utils.translation import trans_real
from pytest_django import DjangoDbBlocker

from tests.database import begin_with_a_copy
from xinqiao import catalog


def pytest_configure() -> None:
    """Compile the catalogue; Django may have looked for it already, and remembers that it was missing."""
    catalog.compile_catalog()
    trans_real._translations = {}
    trans_real._default = None


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request: pytest.FixtureRequest, django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker
) -> None:
    """Begin with a copy of the migrated database; `--create-db` migrates anew."""
    with django_db_blocker.unblock():
        begin_with_a_copy(
            anew=request.config.getoption("create_db"), reuse=request.config.getoption("reuse_db")
        )


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None) -> bool:
    """The copy is the test database, whatever the options say."""
    return True


@pytest.fixture(scope="session")
def django_db_createdb() -> bool:
    """Whoever asked for a new one has it by now."""
    return False


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


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--services-only", action="store_true", help="leave out tests that touch neither database nor search"
    )
    parser.addoption(
        "--leak-questions",
        type=int,
        default=60,
        help="how many random questions each role asks of the search",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A test that asks no service gives the same answer whichever service stands there: it runs once."""
    if not config.getoption("--services-only"):
        return
    kept = [item for item in items if _asks_a_service(item)]
    left = [item for item in items if not _asks_a_service(item)]
    config.hook.pytest_deselected(items=left)
    items[:] = kept


def _asks_a_service(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    if item.get_closest_marker("once") or "[embedded" in item.name:  # its index is files of its own
        return False
    return bool(
        item.get_closest_marker("django_db")
        or fixtures & {"db", "transactional_db", "live_server"}
        or "tests/search" in item.path.as_posix()
    )
