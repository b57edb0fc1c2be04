"""Tokens that ended long ago leave the list."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from wagtail.models import APIToken

from cms.api.tokens.actions import CreateToken, RevokeToken
from cms.api.tokens.cleaning import KEEP_ENDED, clean_tokens
from cms.api.tokens.models import ApiToken, Scope
from cms.outbox.jobs import REGISTRY
from tests.factories import make_bureau_user

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def user():
    return make_bureau_user()


@pytest.fixture
def token(user):
    return CreateToken("程序", user, [Scope.READ_PUBLIC], days=30).execute()[0]


def clean_after(time: timedelta) -> None:
    with time_machine.travel(timezone.now() + time):
        clean_tokens()


def test_a_token_that_expired_long_ago_is_deleted(token):
    clean_after(30 * DAY + KEEP_ENDED + DAY)
    assert not ApiToken.objects.exists()


def test_one_that_expired_lately_is_still_listed(token):
    clean_after(30 * DAY + KEEP_ENDED - DAY)
    assert ApiToken.objects.get() == token


def test_one_that_was_revoked_long_ago_is_deleted(user):
    token = CreateToken("程序", user, [Scope.READ_PUBLIC], days=700).execute()[0]
    RevokeToken(token).execute()
    clean_after(KEEP_ENDED - DAY)
    assert ApiToken.objects.exists()
    clean_after(KEEP_ENDED + DAY)
    assert not ApiToken.objects.exists()


def test_one_that_never_expires_stays(token):
    ApiToken.objects.update(expires_at=None)
    clean_after(5000 * DAY)
    assert ApiToken.objects.exists()


def test_revoked_tokens_of_the_authoring_api_go_too(user):
    kept = APIToken.create_token(user=user, name="a")[0]
    APIToken.create_token(user=user, name="b")
    APIToken.objects.exclude(pk=kept.pk).update(revoked_at=timezone.now())
    clean_after(KEEP_ENDED + DAY)
    assert APIToken.objects.get() == kept


def test_it_runs_daily():
    assert REGISTRY["clean-tokens"].func is clean_tokens
