"""The demo: everything is there, once, in every state, and never in production."""

import json
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import transaction

from cms.demo.accounts import PASSWORD, demo_accounts
from cms.demo.load import load_demo
from cms.media.models import Consent, MediaUse, SiteImage
from cms.media.visibility import rebuild_uses
from cms.moderation.checks import problems_before_submission
from cms.pages.models import (
    ActivityNewsPage,
    BasePage,
    PlanPage,
    PlanTemplatePage,
    PolicyPage,
    PolicyReplacement,
    SchoolPage,
)
from cms.people.models import Role, User
from cms.schools.models import School, Stage

# One worker loads it: it takes seconds.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo")]


@pytest.fixture(scope="module", autouse=True)
def demo(django_db_setup, django_db_blocker):
    """The demo content, loaded once for this module and taken back at its end."""
    with django_db_blocker.unblock():
        try:
            with transaction.atomic():
                load_demo(StringIO())
                yield
                raise _TakeBackError
        except _TakeBackError:
            pass


class _TakeBackError(Exception):
    pass


def test_everything_named_is_there():
    assert School.objects.count() == 12
    assert set(School.objects.values_list("stage", flat=True)) == set(Stage.values)
    assert ActivityNewsPage.objects.live().count() == 40
    assert PolicyPage.objects.live().count() == 15
    assert PlanTemplatePage.objects.live().count() == 4
    assert PlanPage.objects.live().count() == 23
    assert SchoolPage.objects.exclude(motto="").exclude(picture=None).count() == 12


def test_policies_replace_and_amend_one_another():
    assert set(PolicyReplacement.objects.values_list("kind", flat=True)) == {"whole", "part"}


def test_dashboards_are_not_empty():
    news = ActivityNewsPage.objects.filter(live=False)
    states = {page.current_workflow_state.status if page.current_workflow_state else "draft" for page in news}
    assert states == {"draft", "in_progress", "needs_changes"}


def test_every_kind_of_block_is_used():
    used = {
        block.block_type
        for model in (ActivityNewsPage, PolicyPage)
        for page in model.objects.all()
        for block in page.body
    }
    assert used == set(ActivityNewsPage.body.field.stream_block.child_blocks)


def test_everything_published_passes_the_checks():
    for page in BasePage.objects.live().specific():
        assert problems_before_submission(page) == []


def test_pictures_show_nobody_and_are_public_where_used():
    assert set(SiteImage.objects.values_list("consent", flat=True)) == {Consent.NO_PEOPLE}
    assert MediaUse.objects.filter(image__isnull=False, open=True).count() > 40
    assert rebuild_uses() == 0


def test_news_of_a_plan_point_to_its_calendar():
    linked = ActivityNewsPage.objects.exclude(related_plan=None).exclude(related_row="")
    for page in linked:
        assert page.related_row in {row.id for row in page.related_plan.calendar}
    assert linked.count() > 5


def test_second_run_changes_nothing():
    call_command("demo_load", stdout=StringIO())
    before = BasePage.objects.count(), SiteImage.objects.count(), User.objects.count()
    call_command("demo_load", stdout=StringIO())
    assert before == (BasePage.objects.count(), SiteImage.objects.count(), User.objects.count())


def test_one_account_for_each_role_and_school():
    out = StringIO()
    call_command("demo_accounts", "--json", stdout=out)
    accounts = json.loads(out.getvalue())
    assert len(accounts) == 3 + 12 * 3
    assert {(a["role"], a["school"]) for a in accounts if a["school"] is None} == {
        (Role.BUREAU_ADMIN, None),
        (Role.BUREAU_EDITOR, None),
        (Role.INSPECTOR, None),
    }
    assert set(accounts[0]) == {"username", "password", "role", "school"}


def test_accounts_open_the_door(client):
    for account in demo_accounts()[:5]:
        assert client.login(username=account.username, password=PASSWORD)


def test_short_list_names_each_role_once():
    out = StringIO()
    call_command("demo_accounts", "--short", stdout=out)
    assert len(out.getvalue().strip().splitlines()) == len(Role)


def test_production_has_no_demo(settings):
    settings.PRODUCTION = True
    with pytest.raises(PermissionDenied):
        load_demo(StringIO())
    for command in ("demo_load", "demo_accounts"):
        with pytest.raises(CommandError):
            call_command(command)
