"""Each page action of Wagtail is one transaction: what comes after the save cannot be lost by a crash."""

import pytest
from wagtail.models import PageLogEntry
from wagtail.signals import page_published, page_unpublished, post_page_move

from cms.outbox.models import Event
from cms.pages.models import BasePage, HomePage, StandardPage


class CrashError(Exception):
    pass


def crash(**kwargs):
    raise CrashError


@pytest.fixture
def page(db):
    home = HomePage.objects.get()
    page = home.add_child(instance=StandardPage(title="关于", slug="about"))
    page.save_revision().publish()
    return page


@pytest.mark.parametrize(
    ("signal", "verb"),
    [
        (page_published, lambda page: page.save_revision().publish()),
        (page_unpublished, lambda page: page.unpublish()),
        (post_page_move, lambda page: page.move(page.get_parent().get_parent(), pos="last-child")),
    ],
    ids=["publish", "unpublish", "move"],
)
def test_a_crash_after_the_save_leaves_neither_change_nor_event(page, signal, verb):
    columns = ("live", "path", "url_path", "last_published_at")
    before = BasePage.objects.values(*columns).get(pk=page.pk)
    events, entries = Event.objects.count(), PageLogEntry.objects.filter(action="wagtail.publish").count()
    signal.connect(crash)
    try:
        with pytest.raises(CrashError):
            verb(page)
    finally:
        signal.disconnect(crash)
    assert BasePage.objects.values(*columns).get(pk=page.pk) == before
    assert Event.objects.count() == events
    assert PageLogEntry.objects.filter(action="wagtail.publish").count() == entries
