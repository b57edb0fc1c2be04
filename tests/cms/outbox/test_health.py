"""Probes answer any host, without a session or a redirect, and tell when the database is gone."""

import pytest
from django.db import DatabaseError, connection
from django.test import override_settings


@pytest.mark.django_db
def test_ready_under_any_host_and_without_session(client, django_assert_num_queries):
    with (
        override_settings(ALLOWED_HOSTS=["bureau.example"], SECURE_SSL_REDIRECT=True),
        django_assert_num_queries(1),
    ):
        answer = client.get("/healthz", headers={"host": "172.17.0.5:8000"})
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "database": "ok"}
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies


@pytest.mark.django_db
def test_not_ready_without_database(client, monkeypatch):
    def broken(*args, **kwargs):
        raise DatabaseError

    monkeypatch.setattr(connection, "cursor", broken)
    assert client.get("/healthz").status_code == 503


def test_alive_without_database(client):
    assert client.get("/livez").json() == {"status": "ok"}


def test_probes_are_read_only(client):
    assert client.post("/livez").status_code == 405
