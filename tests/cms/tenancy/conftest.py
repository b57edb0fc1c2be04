"""Two schools with everything in them, and one person in each role.

The world is made once for each module; a test has copies of its objects and files, and its changes are undone.
"""

from copy import deepcopy
from shutil import copytree

import pytest
from django.db import transaction
from django.test import override_settings

from tests.cms.tenancy.world import World


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker, tmp_path_factory):
    """The world, and the folder of its files."""
    root = tmp_path_factory.mktemp("media")
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=root, SEARCH_FOLDER=root / "search", FORMS_FILES=root / "answers"),
        transaction.atomic(),
    ):
        yield World.build(), root
        transaction.set_rollback(True)


@pytest.fixture
def world(built, db, own_media):
    made, files = built
    copytree(files, own_media, dirs_exist_ok=True)
    return deepcopy(made)
