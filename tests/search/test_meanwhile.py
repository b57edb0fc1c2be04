"""While Elasticsearch is down, or hangs, every page answers in time: with a notice, and with titles."""

import socket
import time
from collections.abc import Iterator

import pytest
from django.urls import reverse

from search.models import IndexChange
from search.outbox import drain
from tests.factories import make_bureau_user, make_plan, make_school

pytestmark = pytest.mark.django_db
NOTICE = "全文检索正在恢复"
WAIT = 0.4  # seconds instead of two, so that the tests are quick


@pytest.fixture(params=["dead", "hangs"])
def trouble(request, settings, monkeypatch) -> Iterator[None]:
    """The site asks a port where nobody listens, or where somebody listens and never says a word."""
    monkeypatch.setattr("search.engines.elasticsearch.READ_TIMEOUT", WAIT)
    monkeypatch.setattr("search.engines.elasticsearch.WRITE_TIMEOUT", WAIT)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        settings.ELASTICSEARCH_URL = f"http://127.0.0.1:{listener.getsockname()[1]}"
        if request.param == "dead":
            listener.close()
        yield


@pytest.fixture
def plan():
    return make_plan(make_school("石桥小学"), "留守儿童关爱计划")


def in_time(client, path: str):
    """Ask, and demand a good answer within the engine's own limit and a little more."""
    began = time.monotonic()
    response = client.get(path)
    assert response.status_code == 200, path
    assert time.monotonic() - began < WAIT + 2
    return response


@pytest.mark.parametrize(
    "path",
    [
        "/search/?q=留守兒童",
        "/api/v1/search?q=留守兒童",
        "/search/suggest/?q=留守",
        "/api/v1/search/suggest?q=留守",
    ],
)
def test_the_public_finds_titles(client, trouble, plan, path):
    response = in_time(client, path)
    is_page = response["Content-Type"].startswith("text/html")
    content = response.content.decode() if is_page else str(response.json())
    assert "关爱计划" in content.replace("<mark>", "").replace("</mark>", "")
    assert NOTICE in content or not is_page


def test_similar_plans_are_missing_with_a_notice(client, trouble, plan):
    assert in_time(client, plan.get_url())
    assert NOTICE in in_time(client, f"/search/similar/plan/{plan.pk}/").content.decode()
    assert in_time(client, f"/api/v1/plans/{plan.pk}/similar").json()["degraded"]


@pytest.mark.parametrize("name", ["cms_search", "wagtailadmin_home", "wagtailadmin_explore_root"])
def test_the_admin_goes_on(client, trouble, plan, name):
    client.force_login(make_bureau_user())
    content = in_time(client, f"{reverse(name)}?q=留守").content.decode()
    assert NOTICE in content or name != "cms_search"


def test_the_office_says_that_it_is_down(client, trouble):
    client.force_login(make_bureau_user("bureau_admin"))
    in_time(client, "/admin/search-office/")


def test_publishing_waits_for_nobody_and_its_change_waits_for_the_engine(trouble, plan):
    drain()
    IndexChange.objects.all().delete()
    began = time.monotonic()
    plan.title = "新的计划"
    plan.save_revision().publish()
    assert time.monotonic() - began < WAIT + 2
    assert drain().down
    assert IndexChange.objects.due().filter(object_id=str(plan.pk), tries=0).exists()


def test_after_one_failure_nobody_waits_again_for_a_moment(client, trouble, plan):
    in_time(client, "/search/?q=留守")
    began = time.monotonic()
    for _go in range(5):
        in_time(client, "/api/v1/search?q=留守")
    assert time.monotonic() - began < 3
