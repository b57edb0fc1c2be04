"""Pages may load from this host alone; the admin may use inline styles, the public site may not."""

import pytest

pytestmark = pytest.mark.django_db


def policy(client, path: str) -> dict[str, str]:
    parts = client.get(path)["Content-Security-Policy"].split(";")
    return dict(part.strip().split(" ", 1) for part in parts)


def test_public_pages_allow_no_inline_scripts_or_styles(client):
    for name, value in policy(client, "/").items():
        assert "unsafe" not in value, name
        assert "http" not in value, name


def test_the_admin_allows_inline_styles_but_no_other_host(client):
    rules = policy(client, "/admin/login/")
    assert "'unsafe-inline'" in rules["style-src"]
    assert all("http" not in value for value in rules.values())
