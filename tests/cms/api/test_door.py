"""Manners of every address: HEAD, OPTIONS, ETag, problems, tokens, rate limit."""

import json

import pytest
from django.conf import settings

from cms.api import ratelimit
from cms.api.ratelimit import Counter
from cms.api.tokens.actions import CreateToken, RevokeToken
from tests.factories import make_bureau_user, make_news, make_school

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_counter(monkeypatch):
    monkeypatch.setattr(ratelimit, "counter", Counter())
    from django.core.cache import cache

    cache.clear()


def make_token(*scopes: str, **fields) -> tuple:
    return CreateToken(
        name="前端", owner=fields.pop("owner", None) or make_bureau_user(), scopes=list(scopes), **fields
    ).execute()


def bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


def test_an_answer_has_a_strong_etag_and_asks_to_be_checked(client):
    response = client.get("/api/v1/news")
    assert response.headers["ETag"].startswith('"')
    assert response.headers["Cache-Control"] == "no-cache"
    assert response.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("form", ["{}", "W/{}", '"x", {}', "*"])
def test_who_has_the_bytes_gets_304_without_them(client, form):
    tag = client.get("/api/v1/news").headers["ETag"]
    response = client.get("/api/v1/news", headers={"If-None-Match": form.format(tag)})
    assert response.status_code == 304
    assert response.content == b""
    assert response.headers["ETag"] == tag
    assert response.headers["Content-Length"] == client.get("/api/v1/news").headers["Content-Length"]


def test_the_etag_follows_the_content(client):
    before = client.get("/api/v1/news").headers["ETag"]
    make_news(make_school())
    assert client.get("/api/v1/news", headers={"If-None-Match": before}).status_code == 200


def test_head_is_get_without_the_body(client):
    get, head = client.get("/api/v1/news"), client.head("/api/v1/news")
    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["Content-Length"] == str(len(get.content))
    assert head.headers["ETag"] == get.headers["ETag"]
    assert client.head("/api/v1/nothing").status_code == 404


def test_options_says_what_an_address_can_do(client):
    response = client.options("/api/v1/news")
    assert response.status_code == 204
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert client.options("/api/v1/previews").headers["Allow"] == "OPTIONS, POST"


def problem_of(response, status: int, code: str) -> dict:
    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/problem+json"
    problem = json.loads(response.content)
    assert problem["status"] == status
    assert problem["type"] == f"/api/v1/docs#{code}"
    assert problem["title"]
    assert problem["detail"]
    assert set(problem) <= {"type", "title", "status", "detail", "errors"}
    return problem


def test_every_error_has_one_shape(client, monkeypatch):
    problem_of(client.get("/api/v1/nothing/here"), 404, "not-found")
    problem_of(client.get("/api/v1/news/999"), 404, "not-found")
    problem_of(client.get("/api/v1/news/abc"), 404, "not-found")
    problem_of(client.get("/api/v1/news/99999999999999"), 422, "bad-parameter")
    problem_of(client.delete("/api/v1/news"), 405, "method-not-allowed")
    problem_of(client.get("/api/v1/news?x=1"), 422, "unknown-parameter")
    problem_of(client.get("/api/v1/news?cursor=abc"), 400, "bad-cursor")
    problem_of(client.get("/api/v1/news", headers={"Authorization": "Basic x"}), 401, "unauthorized")


def test_errors_are_worded_in_chinese(client):
    problem = problem_of(client.get("/api/v1/news?limit=500"), 422, "bad-parameter")
    assert problem["title"] == "请求有误"
    assert problem["errors"][0]["message"] == "数值过大。"


def test_a_fault_is_a_problem_that_tells_nothing_of_the_inside(client, monkeypatch):
    from cms.api.routers import libraries

    def broken(*args):
        raise RuntimeError("password=secret")

    monkeypatch.setattr(libraries, "list_page", broken)
    problem = problem_of(client.get("/api/v1/news"), 500, "server-failed")
    assert "secret" not in json.dumps(problem)


def test_no_answer_depends_on_who_asks(client, admin_client):
    make_news(make_school())
    assert client.get("/api/v1/news").content == admin_client.get("/api/v1/news").content
    assert not client.get("/api/v1/news").cookies


def test_a_good_token_reads_and_is_noted(client):
    token, key = make_token("read:public")
    assert client.get("/api/v1/news", headers=bearer(key)).status_code == 200
    token.refresh_from_db()
    assert token.last_used_at


@pytest.mark.parametrize("key", ["xq_0000000000_x", "nonsense", "", "xq__", "wagtail_abc"])
def test_a_bad_token_is_refused_and_never_anonymous(client, key):
    response = client.get("/api/v1/news", headers=bearer(key))
    problem_of(response, 401, "unauthorized")
    assert response.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_revoked_token_an_expired_one_and_one_of_a_gone_person_are_refused(client):
    from datetime import timedelta

    from django.utils import timezone

    revoked, key_1 = make_token("read:public")
    RevokeToken(revoked).execute()
    expired, key_2 = make_token("read:public")
    type(expired).objects.filter(pk=expired.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    person = make_bureau_user()
    _token, key_3 = make_token("read:public", owner=person)
    person.is_active = False
    person.save()
    for key in (key_1, key_2, key_3):
        assert client.get("/api/v1/news", headers=bearer(key)).status_code == 401


def test_a_token_with_another_secret_is_refused(client):
    token, _key = make_token("read:public")
    assert client.get("/api/v1/news", headers=bearer(f"xq_{token.prefix}_wrong")).status_code == 401


def test_only_the_hash_of_a_token_is_kept(client):
    token, key = make_token("read:public")
    secret = key.split("_", 2)[2]
    assert all(secret not in str(value) for value in vars(token).values())


def test_who_asks_too_often_gets_429_and_when_to_come_back(client, settings):
    settings.API_RATE_ANONYMOUS = 3
    remaining = [client.get("/api/v1/news").headers["RateLimit-Remaining"] for _ in range(3)]
    assert remaining == ["2", "1", "0"]
    response = client.get("/api/v1/news")
    problem_of(response, 429, "too-many-requests")
    assert 1 <= int(response.headers["Retry-After"]) <= settings.API_RATE_WINDOW + 1
    assert response.headers["RateLimit-Limit"] == "3"


def test_a_token_has_an_allowance_of_its_own(client, settings):
    settings.API_RATE_ANONYMOUS = 1
    _token, key = make_token("read:public")
    client.get("/api/v1/news")
    assert client.get("/api/v1/news").status_code == 429
    assert client.get("/api/v1/news", headers=bearer(key)).status_code == 200


def test_processes_share_the_count(settings):
    one, two = Counter(), Counter()
    for _ in range(3):
        one.add("ip-1", 10, 3600)
    assert two.add("ip-1", 10, 3600)[0] == 4


def test_the_forwarded_address_counts_only_behind_our_proxies(rf, settings):
    request = rf.get("/", headers={"X-Forwarded-For": "1.1.1.1, 2.2.2.2"}, REMOTE_ADDR="9.9.9.9")
    settings.TRUSTED_PROXIES = 0
    assert ratelimit.client_address(request) == "9.9.9.9"
    settings.TRUSTED_PROXIES = 1
    assert ratelimit.client_address(request) == "2.2.2.2"


def test_the_limits_are_settings():
    assert settings.API_RATE_ANONYMOUS >= 0
    assert settings.API_RATE_TOKEN >= settings.API_RATE_ANONYMOUS
