"""Deleting what others rest on is refused in words, never with an error page."""

import pytest
from django.urls import reverse
from wagtail.models import APIToken, ModelLogEntry, PageLogEntry

from cms.pages.actions.deleting import DeletionRefused
from cms.pages.models import ActivityKind, ActivityNewsPage, PlanPage, PolicyPage, PolicyReplacement
from tests.factories import (
    make_bureau_user,
    make_news,
    make_plan,
    make_policy,
    make_school,
    make_topic,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def replaced(client):
    client.force_login(make_bureau_user())
    earlier, later = make_policy("旧办法"), make_policy("新办法")
    PolicyReplacement.objects.create(page=later, earlier=earlier)
    return earlier


def delete(client, page):
    return client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]), follow=True)


def test_a_replaced_policy_is_not_deleted_and_the_reason_is_said(client, replaced):
    answer = delete(client, replaced)
    assert answer.status_code == 200
    assert "《旧办法》已被《新办法》替代或修订" in answer.content.decode()
    assert PolicyPage.objects.filter(pk=replaced.pk).exists()


def test_the_bulk_action_refuses_too(client, replaced):
    url = reverse("wagtail_bulk_action", args=["cms", "basepage", "delete"])
    answer = client.post(f"{url}?id={replaced.pk}&next=/admin/", follow=True)
    assert answer.status_code == 200
    assert PolicyPage.objects.filter(pk=replaced.pk).exists()


def test_the_later_policy_can_be_deleted(client, replaced):
    delete(client, PolicyReplacement.objects.get().page)
    assert PolicyPage.objects.get() == replaced


def test_before_a_plan_goes_its_news_are_counted(client):
    school = make_school()
    plan = make_plan(school)
    news = make_news(school, related_plan=plan)
    client.force_login(make_bureau_user())
    screen = client.get(reverse("wagtailadmin_pages:delete", args=[plan.pk]))
    assert "有1篇活动新闻关联了本计划" in screen.content.decode()
    delete(client, plan)
    assert not PlanPage.objects.exists()
    assert ActivityNewsPage.objects.get(pk=news.pk).related_plan is None


# Through the authoring API.


@pytest.fixture
def call(client):
    """Send a DELETE to /api/v3/ as a bureau editor."""
    token = APIToken.create_token(user=make_bureau_user(), name="test")[1]
    headers = {"authorization": f"Bearer {token}"}
    return lambda path: client.delete(f"/api/v3{path}", headers=headers)


def problem(answer) -> str:
    assert answer["content-type"] == "application/problem+json"
    return answer.json()["detail"]


@pytest.mark.parametrize("path", ["/pages/{}/", "/pages/{}/actions/delete/"])
def test_the_api_refuses_with_409_and_says_the_reason(call, replaced, path):
    answer = call(path.format(replaced.pk))
    assert answer.status_code == 409
    assert "《旧办法》已被《新办法》替代或修订" in problem(answer)
    assert PolicyPage.objects.filter(pk=replaced.pk).exists()


def test_a_refused_deletion_is_not_in_the_history_as_done(call, replaced):
    call(f"/pages/{replaced.pk}/")
    assert not PageLogEntry.objects.filter(action="wagtail.delete", page=replaced.pk).exists()


def test_the_api_deletes_the_later_policy(call, replaced):
    assert call(f"/pages/{PolicyReplacement.objects.get().page_id}/").status_code == 204


def test_the_admins_own_api_refuses_too(client, replaced):
    client.force_login(make_user(is_superuser=True))
    url = reverse("wagtailadmin_api:pages:action", args=[replaced.pk, "delete"])
    answer = client.post(url)
    assert answer.status_code == 409
    assert "旧办法" in answer.json()["detail"]


def test_code_that_deletes_a_page_is_told_why_not(replaced):
    with pytest.raises(DeletionRefused, match="旧办法"):
        replaced.delete()


# Kinds of activities.


@pytest.fixture
def kind():
    return make_news(make_school()).kind


def test_a_kind_in_use_is_not_deleted_in_the_admin(client, kind):
    client.force_login(make_bureau_user())
    url = reverse("wagtailsnippets_cms_activitykind:delete", args=[kind.pk])
    for answer in (client.get(url, follow=True), client.post(url, follow=True)):
        assert f"有1篇活动新闻属于“{kind.name}”类型" in answer.content.decode()
    assert ActivityKind.objects.filter(pk=kind.pk).exists()


def test_a_kind_in_use_is_not_deleted_in_bulk(client, kind):
    client.force_login(make_bureau_user())
    other = ActivityKind.objects.create(name="y", slug="y")
    url = reverse("wagtail_bulk_action", args=["cms", "activitykind", "delete"])
    answer = client.post(f"{url}?id={kind.pk}&id={other.pk}&next=/admin/", follow=True)
    assert f"有1篇活动新闻属于“{kind.name}”类型" in answer.content.decode()
    assert ActivityKind.objects.filter(pk__in=[kind.pk, other.pk]).count() == 2


def test_a_kind_in_use_is_not_deleted_by_the_api(call, kind):
    for path in (
        f"/snippets/cms.ActivityKind/{kind.pk}/",
        f"/snippets/cms.ActivityKind/{kind.pk}/actions/delete/",
    ):
        answer = call(path)
        assert answer.status_code == 409
        assert f"有1篇活动新闻属于“{kind.name}”类型" in problem(answer)
    assert not ModelLogEntry.objects.filter(action="wagtail.delete").exists()


def test_words_that_nothing_needs_are_deleted(client, call):
    spare = ActivityKind.objects.create(name="y", slug="y")
    topic = make_topic()
    make_policy().topics.add(topic)
    assert call(f"/snippets/cms.Topic/{topic.pk}/").status_code == 204
    client.force_login(make_bureau_user())
    client.post(reverse("wagtailsnippets_cms_activitykind:delete", args=[spare.pk]))
    assert not ActivityKind.objects.filter(pk=spare.pk).exists()


# Older versions that name what is gone.


def test_a_draft_whose_kind_is_gone_opens_without_it():
    news = make_news(make_school(), live=False)
    spare = ActivityKind.objects.create(name="y", slug="y")
    news.kind = spare
    news.save_revision()
    spare.delete()
    assert ActivityNewsPage.objects.get(pk=news.pk).get_latest_revision_as_object().kind is None


def test_a_version_that_names_a_deleted_policy_opens_without_it():
    earlier, later = make_policy("旧办法"), make_policy("新办法")
    later.replacements.add(PolicyReplacement(earlier=earlier))
    version = later.save_revision()
    earlier.delete()
    assert not version.as_object().replacements.exists()


# What nobody foresaw.


def test_what_the_database_refuses_is_told_in_the_admin(client, kind, monkeypatch):
    monkeypatch.setattr("cms.pages.guards.reasons_against_deletion", lambda _: [])
    client.force_login(make_bureau_user())
    url = reverse("wagtail_bulk_action", args=["cms", "activitykind", "delete"])
    answer = client.post(f"{url}?id={kind.pk}&next=/admin/", follow=True)
    assert answer.status_code == 200
    assert "无法删除" in answer.content.decode()


def test_what_the_database_refuses_is_told_by_the_api(call, kind, monkeypatch):
    monkeypatch.setattr("cms.pages.actions.deleting.reasons_against_deletion", lambda _: [])
    answer = call(f"/snippets/cms.ActivityKind/{kind.pk}/")
    assert answer.status_code == 409
    assert "无法删除" in problem(answer)
    assert not ModelLogEntry.objects.filter(action="wagtail.delete").exists()
