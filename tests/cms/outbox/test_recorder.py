"""Every public change of a page writes one event, in the transaction of the change."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import PageViewRestriction

from cms.outbox import recorder
from cms.outbox.actions import record_event
from cms.outbox.models import Event, EventKind
from cms.pages.models import ActivityNewsPage, BasePage, HomePage, NewsIndexPage, StandardPage
from tests.factories import make_news, make_policy, make_school

pytestmark = pytest.mark.django_db


@pytest.fixture
def news():
    page = make_news(make_school())
    Event.objects.all().delete()
    return page


def events() -> list[tuple[str, int]]:
    return list(Event.objects.values_list("kind", "object_id"))


def publish(page, **fields):
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


def test_publishing_is_told_with_public_facts(news):
    publish(news, title="家访记")
    event = Event.objects.get()
    assert (event.kind, event.object_type, event.object_id) == (
        EventKind.PUBLISHED,
        "activitynewspage",
        news.pk,
    )
    assert event.title == "家访记"
    assert event.school == news.school
    assert event.payload["type"] == "news"
    assert event.payload["url"] == news.url
    assert event.payload["last_published_at"]


def test_a_new_draft_is_not_told():
    school = make_school()
    Event.objects.all().delete()
    make_news(school, live=False)
    assert events() == []


def test_an_edited_draft_of_a_live_page_is_not_told(news):
    news.title = "尚未发布的题目"
    news.save_revision()
    assert events() == []


def test_locking_is_not_told(news):
    news.locked = True
    news.save()
    assert events() == []


def test_a_plain_save_of_a_live_page_is_told(news):
    news.body = [("text", "<p>改。</p>")]
    news.save()
    assert events() == [(EventKind.PUBLISHED, news.pk)]


def test_unpublishing_is_told_once_and_without_title(news):
    news.unpublish()
    event = Event.objects.get()
    assert event.kind == EventKind.UNPUBLISHED
    assert event.title == ""
    assert event.payload["url"]


def test_a_withdrawn_title_stands_in_no_event(news):
    publish(news, title="含有儿童姓名的题目")
    publish(news, title="改正的题目")
    assert not Event.objects.filter(title="含有儿童姓名的题目").exists()
    news.unpublish()
    assert not Event.objects.exclude(title="").exists()


def test_scheduling_is_not_told(news):
    from datetime import timedelta

    from django.utils import timezone

    publish(news, go_live_at=timezone.now() + timedelta(days=1))
    assert events() == []


def test_a_new_slug_moves_the_page_and_all_below():
    school = make_school()
    page = make_news(school)
    index = page.get_parent().specific
    Event.objects.all().delete()
    index.slug = "huodong"
    index.save()
    told = {e.object_id: e for e in Event.objects.all()}
    assert set(told) == {index.pk, page.pk}
    assert {e.kind for e in told.values()} == {EventKind.MOVED}
    assert told[page.pk].payload["old_url"] == page.url
    assert told[page.pk].payload["url"] == BasePage.objects.get(pk=page.pk).url


def test_a_move_tells_the_new_addresses_and_the_new_school():
    one, two = make_school(), make_school()
    page = make_news(one)
    old = page.url
    Event.objects.all().delete()
    page.move(NewsIndexPage.objects.get(school=two), pos="last-child")
    event = Event.objects.get()
    assert event.kind == EventKind.MOVED
    assert event.payload["old_url"] == old
    assert event.payload["url"] == BasePage.objects.get(pk=page.pk).url != old
    assert event.school == two


def test_reordering_is_not_told(news):
    other = make_news(news.school)
    Event.objects.all().delete()
    other.move(news, pos="left")
    assert events() == []


def test_deleting_tells_every_public_page_below():
    home = HomePage.objects.get()
    parent = home.add_child(instance=StandardPage(title="关于我们", slug="about"))
    child = parent.add_child(instance=StandardPage(title="机构", slug="org"))
    draft = parent.add_child(instance=StandardPage(title="草稿", slug="draft", live=False))
    Event.objects.all().delete()
    ids = {parent.pk, child.pk}
    BasePage.objects.get(pk=parent.pk).delete()
    assert {(e.kind, e.object_id) for e in Event.objects.all()} == {(EventKind.DELETED, pk) for pk in ids}
    assert draft.pk not in ids


def test_a_deleted_queryset_is_told(news):
    ActivityNewsPage.objects.filter(pk=news.pk).delete()
    assert events() == [(EventKind.DELETED, news.pk)]


def test_an_alias_is_told_with_its_original(news):
    target = NewsIndexPage.objects.get(school=None)
    alias = news.create_alias(parent=target)
    assert (EventKind.PUBLISHED, alias.pk) in events()
    Event.objects.all().delete()
    publish(ActivityNewsPage.objects.get(pk=news.pk), title="新题目")
    assert {(EventKind.PUBLISHED, news.pk), (EventKind.PUBLISHED, alias.pk)} == set(events())
    Event.objects.all().delete()
    ActivityNewsPage.objects.get(pk=news.pk).unpublish()
    assert {(EventKind.UNPUBLISHED, news.pk), (EventKind.UNPUBLISHED, alias.pk)} == set(events())


def test_a_kept_live_copy_is_told(news):
    copy = news.copy(to=news.get_parent(), update_attrs={"slug": "copy"}, keep_live=True)
    assert (EventKind.PUBLISHED, copy.pk) in events()


def test_a_restriction_takes_pages_from_the_public_and_gives_them_back(news):
    fence = PageViewRestriction(page=news.get_parent(), restriction_type="login")
    fence.save()
    assert (EventKind.UNPUBLISHED, news.pk) in events()
    Event.objects.all().delete()
    publish(news, title="内部")
    assert events() == []
    fence.delete()
    assert (EventKind.PUBLISHED, news.pk) in events()


def test_an_alias_of_a_restricted_page_is_not_told(news):
    PageViewRestriction(page=BasePage.objects.get(pk=news.pk), restriction_type="login").save()
    Event.objects.all().delete()
    ActivityNewsPage.objects.get(pk=news.pk).create_alias(parent=NewsIndexPage.objects.get(school=None))
    assert events() == []


def test_deleting_a_restricted_page_publishes_nothing(news):
    PageViewRestriction(page=BasePage.objects.get(pk=news.pk), restriction_type="login").save()
    Event.objects.all().delete()
    ActivityNewsPage.objects.get(pk=news.pk).delete()
    assert events() == []


def test_moving_below_a_restriction_unpublishes_and_back_publishes(news):
    target = NewsIndexPage.objects.get(school=None)
    home = news.get_parent()
    fence = PageViewRestriction(page=target, restriction_type="groups")
    fence.save()
    fence.groups.set([Group.objects.create(name="内部")])
    Event.objects.all().delete()
    news.move(target, pos="last-child")
    assert events() == [(EventKind.UNPUBLISHED, news.pk)]
    Event.objects.all().delete()
    ActivityNewsPage.objects.get(pk=news.pk).move(BasePage.objects.get(pk=home.pk), pos="last-child")
    assert events() == [(EventKind.PUBLISHED, news.pk)]


def test_a_page_outside_every_site_is_not_told():
    root = BasePage.get_first_root_node()
    page = root.add_child(instance=StandardPage(title="无站点", slug="nowhere"))
    assert (EventKind.PUBLISHED, page.pk) not in events()


def test_a_school_change_is_told():
    school = make_school()
    event = Event.objects.filter(kind=EventKind.SCHOOL_CHANGED).get()
    assert (event.object_type, event.object_id, event.title) == ("school", school.pk, school.name)
    assert event.payload["code"] == school.code


def test_record_event_reads_the_facts_of_a_page_itself():
    policy = make_policy("关于安全的通知")
    Event.objects.all().delete()
    event = record_event(EventKind.PUBLISHED, policy)
    assert event.payload["type"] == "policies"
    policy.unpublish()
    assert record_event(EventKind.PUBLISHED, policy) is None


@pytest.mark.parametrize("count", [1, 6])
def test_renaming_a_list_writes_all_its_events_at_once(count, django_assert_max_num_queries):
    school = make_school()
    for _ in range(count):
        make_news(school)
    index = NewsIndexPage.objects.get(school=school)
    index.slug = "huodong"
    with django_assert_max_num_queries(34):
        index.save()
    assert Event.objects.filter(kind=EventKind.MOVED).count() == count + 1


def crash(*args, **kwargs):
    raise RuntimeError("crash")


@pytest.mark.parametrize("verb", ["publish", "unpublish", "move", "delete", "rename"])
def test_a_failing_record_undoes_the_change(news, monkeypatch, verb):
    before = BasePage.objects.filter(pk=news.pk).values().get()
    revision = news.save_revision()
    before = BasePage.objects.filter(pk=news.pk).values().get()
    monkeypatch.setattr(recorder, "record_pages", crash)
    verbs = {
        "publish": revision.publish,
        "unpublish": news.unpublish,
        "move": lambda: news.move(NewsIndexPage.objects.get(school=None), pos="last-child"),
        "delete": news.delete,
        "rename": lambda: setattr(news, "slug", "other") or news.save(),
    }
    with pytest.raises(RuntimeError):
        verbs[verb]()
    assert BasePage.objects.filter(pk=news.pk).values().get() == before
    assert events() == []
