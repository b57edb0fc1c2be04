"""Receivers in the admin: for the bureau's administrator alone, through the actions, the secret shown once."""

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from cms.api.tokens.actions import CreateToken
from cms.api.tokens.models import Scope
from cms.outbox.models import EventKind
from cms.people.models import Role
from cms.webhooks.dispatch import fan_out
from cms.webhooks.models import DeliveryState, Webhook, WebhookDelivery
from tests.cms.webhooks.conftest import make_webhook
from tests.factories import make_bureau_user, make_policy, make_school, make_school_user

pytestmark = pytest.mark.django_db
INDEX, CREATE = "/admin/webhooks/", "/admin/webhooks/create/"
LOG = "/admin/webhook-deliveries/"
FIELDS = {"name": "门户网站", "url": "https://192.0.2.1/", "kinds": [EventKind.PUBLISHED], "school": ""}


@pytest.fixture
def admin(client):
    client.force_login(make_bureau_user(Role.BUREAU_ADMIN))
    return client


@pytest.fixture
def webhook():
    return make_webhook("https://hooks.example.invalid/a")


@pytest.fixture
def delivery(webhook):
    make_policy("关于安全的通知")
    while fan_out():
        pass
    return WebhookDelivery.objects.filter(event__title="关于安全的通知").latest("pk")


def test_a_new_webhook_shows_its_secret_once(admin):
    answer = admin.post(CREATE, {**FIELDS, "url": "https://hooks.example.invalid/a"}, follow=True)
    assert "whsec_" in answer.content.decode()
    webhook = Webhook.objects.get()
    assert webhook.kinds == [EventKind.PUBLISHED]
    again = admin.get(reverse("webhooks_modeladmin_inspect", args=[webhook.pk])).content.decode()
    assert "whsec_" not in again
    assert webhook.sealed_secret not in again
    assert ModelLogEntry.objects.filter(action="wagtail.create", object_id=str(webhook.pk)).exists()


def test_an_inside_address_is_refused_at_the_field_and_nothing_typed_is_lost(admin):
    answer = admin.post(CREATE, {**FIELDS, "url": "https://127.0.0.1/hook"})
    text = answer.content.decode()
    assert "内部地址" in text
    assert "门户网站" in text
    assert not Webhook.objects.exists()


def test_a_webhook_can_be_changed(admin, webhook):
    url = reverse("webhooks_modeladmin_edit", args=[webhook.pk])
    admin.post(url, {**FIELDS, "url": "https://hooks.example.invalid/b"})
    webhook.refresh_from_db()
    assert (webhook.name, webhook.url) == ("门户网站", "https://hooks.example.invalid/b")


@pytest.mark.parametrize(
    ("verb", "active"), [("pause", False), ("resume", True), ("ping", True), ("rotate", True)]
)
def test_each_button_does_its_thing_and_is_logged(admin, webhook, verb, active):
    url = reverse("webhook_verb", args=[webhook.pk, verb])
    assert admin.get(url).status_code == 405
    before = webhook.sealed_secret
    text = admin.post(url, follow=True).content.decode()
    webhook.refresh_from_db()
    assert webhook.active is active
    assert ModelLogEntry.objects.filter(action=f"webhooks.{verb}").count() == 1
    assert (webhook.sealed_secret != before) == (verb == "rotate") == ("whsec_" in text)
    assert WebhookDelivery.objects.filter(kind="webhook.ping").exists() == (verb == "ping")


def test_a_paused_webhook_takes_no_test_message(admin, webhook):
    Webhook.objects.update(active=False)
    admin.post(reverse("webhook_verb", args=[webhook.pk, "ping"]))
    assert not WebhookDelivery.objects.exists()


def test_a_delivery_shows_its_message_and_can_be_sent_again(admin, delivery):
    page = reverse("webhook-deliveries_modeladmin_inspect", args=[delivery.pk])
    again = reverse("webhook_send_again", args=[delivery.pk])
    assert again not in admin.get(page).content.decode()
    WebhookDelivery.objects.update(state=DeliveryState.GIVEN_UP, retries=8)
    text = admin.get(page).content.decode()
    assert "关于安全的通知" in text
    assert again in text
    admin.post(again)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.retries) == (DeliveryState.WAITING, 0)


def test_the_log_can_be_filtered(admin, delivery):
    WebhookDelivery.objects.filter(pk=delivery.pk).update(state=DeliveryState.GIVEN_UP)
    assert "关于安全的通知" in admin.get(LOG, {"state__exact": "given_up"}).content.decode()
    assert "关于安全的通知" not in admin.get(LOG, {"state__exact": "delivered"}).content.decode()
    assert "关于安全的通知" in admin.get(LOG, {"webhook": delivery.webhook_id}).content.decode()
    assert "关于安全的通知" not in admin.get(LOG, {"webhook": 999}).content.decode()


def test_no_lookup_of_a_stranger_reaches_the_database(admin, delivery):
    for query in ("webhook__sealed_secret__startswith=g", "state__exact=x", "webhook=a"):
        assert admin.get(f"{LOG}?{query}").status_code in {200, 302}
    assert (
        "关于安全的通知"
        in admin.get(f"{LOG}?webhook__sealed_secret__startswith=zzz", follow=True).content.decode()
    )


def test_a_webhook_can_be_deleted(admin, webhook):
    admin.post(reverse("webhooks_modeladmin_delete", args=[webhook.pk]))
    assert not Webhook.objects.exists()
    assert ModelLogEntry.objects.filter(action="wagtail.delete", object_id=str(webhook.pk)).count() == 1


def others():
    school = make_school()
    return [
        make_bureau_user(Role.BUREAU_EDITOR),
        make_bureau_user(Role.INSPECTOR),
        make_school_user(school, Role.SCHOOL_HEAD),
        make_school_user(school, Role.SCHOOL_EDITOR),
    ]


def test_nobody_else_sees_or_does_anything(client, delivery):
    pk = delivery.webhook_id
    reads = [INDEX, CREATE, LOG, *(f"/admin/webhooks/{verb}/{pk}/" for verb in ("edit", "delete", "inspect"))]
    reads.append(f"/admin/webhook-deliveries/inspect/{delivery.pk}/")
    writes = [reverse("webhook_verb", args=[pk, "rotate"]), reverse("webhook_send_again", args=[delivery.pk])]
    before = list(Webhook.objects.values())
    for user in others():
        client.force_login(user)
        for url in reads:
            assert client.get(url).status_code in {302, 403, 404}, url
        for url in [*writes, *reads[3:]]:
            assert client.post(url).status_code in {302, 403, 404}, url
        assert "webhooks" not in client.get("/admin/").content.decode()
    assert list(Webhook.objects.values()) == before


@pytest.mark.parametrize("count", [2, 12])
def test_the_lists_cost_the_same_for_any_number_of_rows(admin, count, django_assert_max_num_queries):
    for number in range(count):
        webhook = make_webhook(
            "https://hooks.example.invalid/a", name=f"接收方{number}", school=make_school()
        )
        WebhookDelivery.objects.create(webhook=webhook, kind="webhook.ping", next_attempt_at=timezone.now())
    admin.get(INDEX)
    with django_assert_max_num_queries(18):
        assert admin.get(INDEX).status_code == 200
    with django_assert_max_num_queries(18):
        assert admin.get(LOG).status_code == 200


@pytest.mark.parametrize("kind", ["webhooks", "content-tokens"])
def test_the_history_is_for_those_who_may_see_the_list(client, webhook, kind):
    admin = make_bureau_user(Role.BUREAU_ADMIN)
    token, _key = CreateToken("门户网站", make_bureau_user(), [Scope.READ_PUBLIC], user=admin).execute()
    address = reverse(
        f"{kind}_modeladmin_history", args=[{"webhooks": webhook, "content-tokens": token}[kind].pk]
    )
    client.force_login(make_school_user(make_school(), Role.SCHOOL_HEAD))
    assert client.get(address).status_code == 302
    client.force_login(admin)
    text = client.get(address).content.decode()
    assert "历史记录" in text
    assert "操作人" in text
