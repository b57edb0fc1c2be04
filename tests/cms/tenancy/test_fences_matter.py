"""Each hole of stock Wagtail, each fence before it: take the fence away, and the attack comes through.

Where several fences stand before one hole, each is enough alone: with all of them gone the attack succeeds, with
any single one left it fails. So no fence can be lost unnoticed, and none is kept that closes nothing.
"""

from __future__ import annotations

import re
from itertools import count
from shutil import copytree

import pytest
from django.conf import settings as site
from django.db import transaction
from django.test import override_settings
from wagtail.snippets.models import get_snippet_models

from cms.people.models import User
from cms.plan_import.models import ImportBatch
from cms.schools.models import School
from tests.cms.tenancy.attacks.base import Attack
from tests.cms.tenancy.fences import Fence
from tests.cms.tenancy.holes import HOLES, WAGTAILS_OWN
from tests.cms.tenancy.world import World


@pytest.fixture
def succeeds(built, db, tmp_path):
    """Return what tries an attack with some fences gone, says whether it came through, and undoes all of it."""
    world, files = built
    number = count()

    def attempt(attack: Attack, *without: Fence) -> bool:
        own_files = override_settings(MEDIA_ROOT=copytree(files, tmp_path / str(next(number))))
        with own_files, pytest.MonkeyPatch.context() as patch, transaction.atomic():
            for fence in without:
                fence(patch, world)
            came_through = attack(world)
            transaction.set_rollback(True)
        return came_through

    return attempt


@pytest.mark.parametrize("hole", HOLES)
def test_a_fence_closes_the_hole_and_nothing_else_does(succeeds, hole):
    attack, fences = HOLES[hole]
    assert not succeeds(attack)
    assert succeeds(attack, *fences), "closed without our fences"
    for left in fences:
        others = [fence for fence in fences if fence is not left]
        assert not succeeds(attack, *others), f"fence {fences.index(left)} is not enough alone"


def test_no_snippet_belongs_to_a_school():
    """Wagtail's screens of snippets fence no single row, whatever the policy says (wagtail#13314)."""
    assert not [model for model in get_snippet_models() if knows_its_school(model)]


def knows_its_school(model):
    return any(getattr(field, "related_model", None) is School for field in model._meta.get_fields())


def test_a_snippet_of_a_school_would_be_seen():
    assert knows_its_school(ImportBatch)


def test_the_docs_name_each_hole():
    text = (site.BASE_DIR / "docs/features/tenancy.md").read_text()
    named = set(re.findall(r"^\|.*`([a-z0-9-]+)` \|$", text, re.MULTILINE))
    assert named == {*HOLES, *WAGTAILS_OWN}


@pytest.mark.parametrize("hole", WAGTAILS_OWN)
def test_wagtail_itself_refuses(succeeds, hole):
    attack, fences = WAGTAILS_OWN[hole]
    assert not succeeds(attack, *fences)


@pytest.mark.parametrize("hole", sorted({*WAGTAILS_OWN} - {"lock-unpublish", "media-folder"}))
def test_the_same_request_of_a_superuser_comes_through(succeeds, hole):
    """So the refusals above are about the person, not about a request that nobody could send."""
    assert succeeds(WAGTAILS_OWN[hole][0], be_superuser)


def be_superuser(patch: pytest.MonkeyPatch, world: World) -> None:
    User.objects.filter(pk=world.people["school_editor"].pk).update(is_superuser=True)
