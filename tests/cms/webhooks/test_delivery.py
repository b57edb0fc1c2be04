"""Messages are signed, sent once an attempt, retried with patience, and kept in order for each page."""

import json
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from standardwebhooks import Webhook as Verifier
from standardwebhooks import WebhookVerificationError

from cms.outbox.models import Event, EventKind
from cms.people.models import Role
from cms.webhooks.actions import resume_webhook, rotate_secret, send_again, send_ping
from cms.webhooks.delivery import claim, deliver_batch, due, finish
from cms.webhooks.dispatch import fan_out
from cms.webhooks.models import DeliveryState, Webhook, WebhookDelivery
from cms.webhooks.schedule import DELAYS, delay_after
from cms.webhooks.transport import Answer
from tests.cms.webhooks.conftest import make_webhook
from tests.factories import make_bureau_user, make_news, make_policy, make_school

pytestmark = pytest.mark.django_db
DOWN = Answer(error="down")


def run(send=None) -> int:
    """Do what the worker does, until nothing is due."""
    while fan_out():
        pass
    count = 0
    while sent := (deliver_batch(send) if send else deliver_batch()):
        count += sent
    return count


def fail(url: str, body: bytes, headers: dict) -> Answer:
    return DOWN


def let_time_pass() -> None:
    """Make everything that waits due."""
    WebhookDelivery.objects.filter(state=DeliveryState.WAITING).update(next_attempt_at=timezone.now())
    WebhookDelivery.objects.filter(state=DeliveryState.SENDING).update(
        leased_until=timezone.now() - timedelta(seconds=1)
    )
    Webhook.objects.update(retry_at=None)


def test_a_publication_arrives_signed(receiver, settings):
    settings.SITE_URL = "https://www.example.edu.cn"
    webhook = make_webhook(receiver.url)
    policy = make_policy("关于安全的通知")
    assert run() > 0
    path, headers, body = receiver.requests[-1]
    assert path == "/hook?a=1"
    message = Verifier(webhook.secret).verify(body, headers)
    assert message["type"] == EventKind.PUBLISHED
    assert message["data"]["title"] == "关于安全的通知"
    assert message["data"]["url"] == "https://www.example.edu.cn" + policy.url
    assert message["data"]["type"] == "policies"
    assert WebhookDelivery.objects.filter(state=DeliveryState.DELIVERED, status_code=204).exists()


def test_a_changed_body_fails_the_check(receiver):
    webhook = make_webhook(receiver.url)
    make_policy()
    run()
    _, headers, body = receiver.requests[-1]
    with pytest.raises(WebhookVerificationError):
        Verifier(webhook.secret).verify(body + b" ", headers)


@pytest.mark.parametrize("verb", ["unpublish", "delete"])
def test_what_leaves_the_public_is_sent_too(receiver, verb):
    policy = make_policy()
    make_webhook(receiver.url)
    getattr(policy, verb)()
    run()
    kinds = [json.loads(body)["type"] for _, _, body in receiver.requests]
    assert kinds == [{"unpublish": EventKind.UNPUBLISHED, "delete": EventKind.DELETED}[verb]]


def test_only_wanted_kinds_and_the_wanted_school_are_sent(receiver):
    one, two = make_school(), make_school()
    make_webhook(receiver.url, kinds=[EventKind.UNPUBLISHED], school=one)
    mine, other = make_news(one), make_news(two)
    mine.unpublish()
    other.unpublish()
    run()
    assert [json.loads(body)["data"]["id"] for _, _, body in receiver.requests] == [mine.pk]


def test_events_before_the_webhook_are_not_sent(receiver):
    make_policy()
    make_webhook(receiver.url)
    assert run() == 0


def test_each_attempt_has_the_same_id_and_its_own_number(receiver):
    make_webhook(receiver.url)
    receiver.status = 500
    make_policy().unpublish()
    run()
    receiver.status = 204
    let_time_pass()
    run()
    sent = [(h["webhook-id"], h["webhook-attempt"]) for _, h, _ in receiver.requests]
    assert len(sent) == len(set(sent))
    assert len({name for name, _ in sent}) < len(sent)


def test_events_of_one_page_keep_their_order(receiver):
    make_webhook(receiver.url)
    policy = make_policy()
    receiver.status = 503
    run()
    policy.unpublish()
    run()
    receiver.status = 204
    for _ in range(3):
        let_time_pass()
        run()
    delivered = [json.loads(body)["type"] for _, headers, body in receiver.requests]
    assert delivered[-1] == EventKind.UNPUBLISHED
    assert delivered.count(EventKind.UNPUBLISHED) == 1


def test_a_redirect_is_a_failure_and_is_not_followed(receiver):
    make_webhook(receiver.url)
    receiver.status, receiver.headers = 302, {"Location": receiver.url + "&stolen=1"}
    make_policy()
    run()
    assert not any("stolen" in path for path, _, _ in receiver.requests)
    assert set(WebhookDelivery.objects.values_list("state", flat=True)) == {DeliveryState.WAITING}


def test_a_failure_is_tried_again_later_and_given_up_at_last():
    make_webhook("https://example.org/")
    policy = make_policy()
    Event.objects.all().delete()
    policy.unpublish()
    for expected in DELAYS:
        run(fail)
        delivery = WebhookDelivery.objects.get()
        wait = (delivery.next_attempt_at - delivery.last_attempt_at).total_seconds()
        assert expected * 0.79 < wait < expected * 1.25 + 1
        let_time_pass()
    run(fail)
    delivery = WebhookDelivery.objects.get()
    assert (delivery.state, delivery.attempts) == (DeliveryState.GIVEN_UP, len(DELAYS) + 1)
    assert delivery.next_attempt_at is None


def test_retry_after_lengthens_the_wait_and_never_shortens_it():
    assert delay_after(1, asked=600) == timedelta(seconds=600)
    assert delay_after(3, asked=1) > timedelta(seconds=200)


def test_a_given_up_delivery_can_be_sent_again(receiver):
    make_webhook(receiver.url)
    make_policy().unpublish()
    run()
    delivery = WebhookDelivery.objects.earliest("pk")
    before = len(receiver.requests)
    send_again(delivery)
    run()
    assert len(receiver.requests) == before + 1
    assert receiver.requests[-1][1]["webhook-id"] == f"msg_{delivery.message_id.hex}"
    assert receiver.requests[-1][1]["webhook-attempt"] == "2"


def test_a_killed_attempt_is_repeated_as_the_next_one(receiver):
    make_webhook(receiver.url)
    make_policy()
    while fan_out():
        pass
    claimed = claim()
    assert claimed
    assert not due().exists() or claim() == []
    let_time_pass()
    again = claim()
    assert [d.attempts for d in again] == [2] * len(again)
    finish(claimed[0], Answer(status=204))
    assert WebhookDelivery.objects.get(pk=claimed[0].pk).state == DeliveryState.SENDING


def test_a_failing_receiver_rests_while_others_go_on(receiver):
    make_webhook(receiver.url, name="好")
    bad = make_webhook("https://down.example/", name="坏")
    for _ in range(5):
        make_policy()
    tried = []

    def send(url, body, headers):
        tried.append(url)
        return DOWN if "down" in url else Answer(status=200)

    run(send)
    assert tried.count(bad.url) <= 8
    assert (
        WebhookDelivery.objects.filter(webhook__name="好").exclude(state=DeliveryState.DELIVERED).count() == 0
    )


def test_a_receiver_that_fails_for_days_is_switched_off_with_a_notice():
    make_bureau_user(Role.BUREAU_ADMIN, email="admin@example.org")
    webhook = make_webhook("https://example.org/")
    make_policy()
    Webhook.objects.update(failures=20, failing_since=timezone.now() - timedelta(days=6))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.db.transaction.on_commit", lambda call, **_: call())
        run(fail)
    webhook.refresh_from_db()
    assert not webhook.active
    assert webhook.stopped_because
    assert webhook.name in mail.outbox[0].subject
    resume_webhook(webhook)
    webhook.refresh_from_db()
    assert webhook.active
    assert webhook.failures == 0


def test_gone_switches_the_receiver_off_at_once(receiver):
    webhook = make_webhook(receiver.url)
    receiver.status = 410
    make_policy()
    run()
    webhook.refresh_from_db()
    assert not webhook.active


def test_a_paused_receiver_gets_nothing(receiver):
    webhook = make_webhook(receiver.url)
    make_policy()
    while fan_out():
        pass
    Webhook.objects.filter(pk=webhook.pk).update(active=False)
    assert deliver_batch() == 0
    assert receiver.requests == []


def test_both_secrets_sign_for_a_day_after_a_rotation(receiver):
    webhook = make_webhook(receiver.url)
    new = rotate_secret(webhook)
    send_ping(Webhook.objects.get())
    run()
    _, headers, body = receiver.requests[-1]
    assert Verifier(webhook.secret).verify(body, headers)["type"] == "webhook.ping"
    assert Verifier(new).verify(body, headers)
    Webhook.objects.update(previous_until=timezone.now() - timedelta(seconds=1))
    send_ping(Webhook.objects.get())
    run()
    _, headers, body = receiver.requests[-1]
    with pytest.raises(WebhookVerificationError):
        Verifier(webhook.secret).verify(body, headers)


def test_the_secret_is_sealed_and_lost_with_the_key(receiver, settings):
    webhook = make_webhook(receiver.url)
    assert webhook.secret not in str(Webhook.objects.values().get())
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key"
    send_ping(webhook)
    run()
    assert len(receiver.requests) == 1
    settings.SECRET_KEY_FALLBACKS = []
    send_ping(webhook)
    run()
    assert len(receiver.requests) == 1
    assert WebhookDelivery.objects.latest("pk").error


def test_fan_out_costs_the_same_for_many_events(django_assert_max_num_queries):
    make_webhook("https://example.org/")
    for _ in range(6):
        make_policy()
    with django_assert_max_num_queries(14):
        assert fan_out() > 6
    assert fan_out() == 0


def test_an_idle_worker_only_reads(django_assert_num_queries):
    while fan_out():
        pass
    with django_assert_num_queries(3):
        assert fan_out() == 0
        assert deliver_batch() == 0
