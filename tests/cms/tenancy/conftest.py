"""Two schools with everything in them, and one person in each role."""

import pytest

from tests.cms.tenancy.world import World


@pytest.fixture
def world(db):
    return World.build()
