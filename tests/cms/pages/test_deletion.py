"""Deleting what others rest on is refused in words, never with an error page."""

import pytest
from django.urls import reverse

from cms.pages.models import ActivityNewsPage, PlanPage, PolicyPage, PolicyReplacement
from tests.factories import make_bureau_user, make_news, make_plan, make_policy, make_school

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
