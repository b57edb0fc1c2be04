"""Policies replace one another, and their status follows what is published."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from cms.outbox.jobs import REGISTRY
from cms.outbox.models import Event, EventKind
from cms.pages.models import PolicyPage, PolicyReplacement
from cms.pages.policy_status import refresh_statuses
from tests.factories import make_policy

pytestmark = pytest.mark.django_db
WHOLE, PART = PolicyReplacement.Kind.WHOLE, PolicyReplacement.Kind.PART


def status(page) -> str:
    return PolicyPage.objects.get(pk=page.pk).status


def replace(later, earlier, kind=WHOLE):
    """Put the replacement into a new revision, and publish it when the later policy is live."""
    page = later.get_latest_revision_as_object()
    page.replacements.add(PolicyReplacement(earlier=earlier, kind=kind))
    revision = page.save_revision()
    if later.live:
        revision.publish()
    return PolicyPage.objects.get(pk=later.pk)


def test_a_published_policy_repeals_what_it_replaces():
    earlier, later = make_policy(), make_policy()
    replace(later, earlier)
    assert status(earlier) == "repealed"


def test_a_policy_that_replaces_in_part_amends():
    earlier, later = make_policy(), make_policy()
    replace(later, earlier, PART)
    assert status(earlier) == "amended"


def test_a_draft_changes_no_status():
    earlier, later = make_policy(), make_policy(live=False)
    replace(later, earlier)
    assert status(earlier) == "in_force"


def test_unpublishing_brings_the_earlier_policy_back():
    earlier, later = make_policy(), make_policy()
    replace(later, earlier).unpublish()
    assert status(earlier) == "in_force"


def test_deleting_brings_the_earlier_policy_back():
    earlier, later = make_policy(), make_policy()
    replace(later, earlier).delete()
    assert status(earlier) == "in_force"


def test_taking_the_replacement_out_brings_the_earlier_policy_back():
    earlier, later = make_policy(), make_policy()
    page = replace(later, earlier).get_latest_revision_as_object()
    page.replacements.remove(page.replacements.get())
    page.save_revision().publish()
    assert status(earlier) == "in_force"


def test_a_schedule_repeals_on_its_day():
    earlier, later = make_policy(), make_policy(live=False)
    with time_machine.travel("2027-09-01T08:00:00+08:00", tick=False):
        page = later.get_latest_revision_as_object()
        page.replacements.add(PolicyReplacement(earlier=earlier, kind=WHOLE))
        page.go_live_at = timezone.now() + timedelta(hours=2)
        page.save_revision().publish()
        assert status(earlier) == "in_force"
    told = Event.objects.filter(kind=EventKind.PUBLISHED, object_id=earlier.pk)
    before = told.count()
    with time_machine.travel("2027-09-01T10:01:00+08:00", tick=False):
        call_command("publish_scheduled")
    assert status(earlier) == "repealed"
    assert told.count() == before + 1


def test_an_expired_policy_gives_way():
    earlier, later = make_policy(), make_policy()
    with time_machine.travel("2027-09-01T08:00:00+08:00", tick=False):
        page = replace(later, earlier).get_latest_revision_as_object()
        page.expire_at = timezone.now() + timedelta(hours=2)
        page.save_revision().publish()
        assert status(earlier) == "repealed"
    with time_machine.travel("2027-09-01T10:01:00+08:00", tick=False):
        call_command("publish_scheduled")
    assert status(earlier) == "in_force"


def test_a_replacement_takes_hold_on_the_day_it_comes_into_force():
    earlier, later = make_policy(), make_policy(effective_on=date(2027, 10, 1))
    with time_machine.travel("2027-09-30T12:00:00+08:00"):
        replace(later, earlier)
        assert status(earlier) == "in_force"
        refresh_statuses(date(2027, 10, 1))
    assert status(earlier) == "repealed"


def test_a_policy_ends_on_its_last_day_by_itself():
    with time_machine.travel("2027-09-30T12:00:00+08:00"):
        policy = make_policy(repealed_on=date(2027, 10, 1))
        assert status(policy) == "in_force"
        assert refresh_statuses(date(2027, 10, 1)) == 1
    assert status(policy) == "repealed"


def test_the_worker_refreshes_every_day():
    assert REGISTRY["policy-status"].func is refresh_statuses


def test_replaced_by_names_published_policies_only():
    earlier, later, draft = make_policy(), make_policy(), make_policy(live=False)
    replace(later, earlier)
    replace(draft, earlier)
    assert [r.page for r in earlier.replaced_by_live()] == [later]
    assert [r.earlier for r in later.replaces_live()] == [earlier]


def test_the_daily_refresh_asks_once_however_many_policies(django_assert_num_queries):
    for _ in range(3):
        make_policy()
    with django_assert_num_queries(3):  # savepoint, the rows whose status is wrong, release
        refresh_statuses(date(2027, 10, 1))
