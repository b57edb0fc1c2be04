"""The feed gives every change once, in order, and says when it cannot."""

import pytest

from cms.outbox.actions import record_event
from cms.outbox.feed import CLEANED, BadCursor, CursorExpired, changes_after, latest_cursor
from cms.outbox.models import Bookmark, Event, EventKind
from tests.factories import make_news, make_policy, make_school

pytestmark = pytest.mark.django_db


def test_following_the_cursor_gives_every_change_once():
    school = make_school()
    for _ in range(5):
        make_news(school)
    everything = list(Event.objects.values_list("pk", flat=True))
    seen, cursor = [], ""
    while True:
        changes, cursor = changes_after(cursor, limit=2)
        if not changes:
            break
        seen += [change.id for change in changes]
    assert seen == everything
    assert cursor == latest_cursor() == str(everything[-1])


def test_a_change_carries_what_a_reader_needs():
    policy = make_policy("关于安全的通知")
    change = changes_after(0, limit=100)[0][-1]
    assert (change.kind, change.type, change.object_id) == (EventKind.PUBLISHED, "policies", policy.pk)
    assert (change.title, change.url, change.gone) == ("关于安全的通知", policy.url, False)


def test_the_feed_can_be_narrowed_to_a_school():
    one, two = make_school(), make_school()
    make_news(one)
    make_news(two)
    assert {change.school for change in changes_after(0, 100, school__code=two.code)[0]} == {two.code}


@pytest.mark.parametrize("cursor", ["x", "-1", "1.5", "9" * 30, "٣"])
def test_a_strange_cursor_is_refused(cursor):
    with pytest.raises(BadCursor):
        changes_after(cursor)


def test_a_cursor_before_the_cleaned_part_has_expired():
    record_event(EventKind.SCHOOL_CHANGED, make_school())
    Bookmark.objects.create(name=CLEANED, position=7)
    with pytest.raises(CursorExpired):
        changes_after(6)
    changes_after(7)
    changes_after("")


def test_the_feed_costs_two_queries_whatever_its_length(django_assert_num_queries):
    school = make_school()
    for _ in range(4):
        make_news(school)
    with django_assert_num_queries(2):
        assert len(changes_after(1, 500)[0]) > 4
