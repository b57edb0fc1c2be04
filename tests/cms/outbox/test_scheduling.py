"""What is due is published and what has expired goes, one by one."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Revision
from wagtail.signals import page_published

from cms.outbox import scheduling
from cms.outbox.models import Event, EventKind
from cms.outbox.scheduling import next_due, publish_due
from cms.pages.models import ActivityNewsPage, BasePage
from tests.factories import make_news, make_school

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_rests():
    scheduling._rests.clear()


def make_due(page, minutes: int = 1) -> None:
    """Schedule the page, then let its time come."""
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision().publish()
    Revision.objects.exclude(approved_go_live_at=None).filter(object_id=str(page.pk)).update(
        approved_go_live_at=timezone.now() - timedelta(minutes=minutes)
    )
    revision = Revision.objects.exclude(approved_go_live_at=None).get(object_id=str(page.pk))
    revision.content["go_live_at"] = (timezone.now() - timedelta(minutes=minutes)).isoformat()
    revision.save()


def test_a_due_page_is_published_and_told():
    page = make_news(make_school(), live=False)
    make_due(page)
    Event.objects.all().delete()
    assert publish_due() == 1
    assert BasePage.objects.get(pk=page.pk).live
    assert Event.objects.get().kind == EventKind.PUBLISHED
    assert publish_due() == 0


def test_an_expired_page_is_unpublished_and_told():
    page = make_news(make_school())
    ActivityNewsPage.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    Event.objects.all().delete()
    assert publish_due() == 1
    page = BasePage.objects.get(pk=page.pk)
    assert not page.live
    assert page.expired
    assert Event.objects.get().kind == EventKind.UNPUBLISHED


def test_a_broken_page_stops_no_other():
    school = make_school()
    broken, good = make_news(school, live=False), make_news(school, live=False)
    make_due(broken, minutes=9)
    make_due(good)

    def fail(instance, **kwargs):
        if instance.pk == broken.pk:
            raise RuntimeError

    page_published.connect(fail)
    try:
        assert publish_due() == 1
    finally:
        page_published.disconnect(fail)
    assert BasePage.objects.get(pk=good.pk).live
    assert not BasePage.objects.get(pk=broken.pk).live


def test_the_next_time_is_known():
    assert next_due() is None
    page = make_news(make_school())
    at = timezone.now() + timedelta(hours=2)
    ActivityNewsPage.objects.filter(pk=page.pk).update(expire_at=at)
    assert next_due() == at
