"""The contract: the OpenAPI document is the promise, answers keep it, and its changes are seen in review."""

import json
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest
import schemathesis
from django.apps import apps
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from pydantic import TypeAdapter
from schemathesis.checks import load_all_checks
from schemathesis.generation.feedback import FeedbackSources
from schemathesis.pytest._test_builder import build_operation_test
from schemathesis.specs.openapi.checks import positive_data_acceptance
from syrupy.extensions.json import JSONSnapshotExtension

from cms.api.docs import PROBLEMS, document
from cms.api.params import list_query
from cms.api.resources import OTHERS, RESOURCES, all_fields
from cms.api.schemas import pages as schemas
from cms.api.schemas.site import AnyPage
from cms.pages.models import ActivityNewsPage, BasePage, PlanPage, PlanTemplatePage, PolicyPage, SchoolPage
from tests.cms.api.test_lists import LIBRARIES, get
from tests.factories import (
    make_document,
    make_image,
    make_news,
    make_plan,
    make_policy,
    make_school,
    make_template,
    make_topic,
)
from xinqiao.wsgi import application

pytestmark = pytest.mark.django_db
ACCEPTED = Path(__file__).parents[3] / "docs" / "api" / "openapi.json"


def test_the_openapi_document_is_the_accepted_one():
    """When this fails, read the difference: additions are accepted with `make openapi`, removals are not."""
    assert json.loads(json.dumps(document(), default=str)) == json.loads(ACCEPTED.read_text())


def test_it_is_served_with_every_address_of_the_api(client):
    answer = get(client, "openapi.json")
    assert answer["openapi"].startswith("3.1")
    assert {f"/api/v1/{name}" for name in LIBRARIES} <= set(answer["paths"])


SHOWN = {
    ActivityNewsPage: schemas.News,
    PolicyPage: schemas.Policy,
    PlanPage: schemas.Plan,
    PlanTemplatePage: schemas.Template,
    SchoolPage: schemas.SchoolPageOut,
}


@pytest.mark.parametrize("model", SHOWN, ids=lambda model: model.__name__)
def test_written_fields_and_schema_have_the_same_names(model):
    assert {field.name for field in all_fields(model)} == set(SHOWN[model].model_fields)


def test_every_page_type_of_the_site_is_shown():
    concrete = {m for m in apps.get_models() if issubclass(m, BasePage) and m is not BasePage}
    assert concrete == {*SHOWN, *OTHERS}


@pytest.mark.parametrize("name", RESOURCES)
def test_every_filter_is_a_parameter(name):
    query = list_query(RESOURCES[name]).model_fields
    assert {"fields", "order", "limit", "cursor", "q", "date__gte"} <= set(query)


def test_the_documentation_page_shows_every_operation_and_problem(client):
    page = client.get("/api/v1/docs").content.decode()
    assert "<script>" not in page
    assert "style=" not in page
    for methods in document()["paths"].values():
        for operation in methods.values():
            assert f'id="{operation["operationId"]}"' in page
    for code in PROBLEMS:
        assert f'id="{code}"' in page


@pytest.fixture
def everything(monkeypatch):
    """One of each type, with every kind of block."""
    school = make_school("城关第一小学", code="xq-01", address="城关镇东街1号", boarding=True)
    topic = make_topic("家校共育")
    image, document_ = make_image(credit="张老师"), make_document("附件一")
    picture = {"image": image, "alt": "操场", "caption": "运动会", "credit": "校办"}
    policy = make_policy("旧办法", slug="old-measure", topics=[topic])
    body = [
        ("text", f'<p>依据<a linktype="page" id="{policy.pk}">旧办法</a>。</p>'),
        ("heading", {"text": "基本情况", "level": "2"}),
        ("picture", picture),
        ("gallery", {"pictures": [picture, picture], "caption": ""}),
        ("table", {"caption": "人数", "table": {"data": [["年级", "人数"], ["一", "12"]]}}),
        ("quote", {"text": "教育是一棵树摇动另一棵树。", "source": ""}),
        ("attachment", {"document": document_, "title": "报名表"}),
        ("notice", {"kind": "info", "title": "提示", "text": "<p>请带水杯。</p>"}),
        ("timeline", {"items": [{"when": "9月", "title": "开学", "text": ""}]}),
    ]
    template = make_template("县级模板", topics=[topic])
    plan = make_plan(school, "学期计划", template_page=template, topics=[topic], body=body)
    make_news(school, "运动会", picture=image, related_plan=plan, body=body)
    make_policy("新办法", topics=[topic], body=body, effective_on=date(2026, 4, 1))
    stamp = datetime(2026, 9, 1, tzinfo=UTC)
    BasePage.objects.update(first_published_at=stamp, last_published_at=stamp)
    return school


@pytest.mark.parametrize("library", LIBRARIES)
def test_answers_keep_the_strict_schema(client, everything, library):
    for item in get(client, library)["items"]:
        TypeAdapter(AnyPage).validate_python(get(client, f"{library}/{item['id']}"))


VARYING = ("id", "src", "srcset", "url", "filename", "slug")


@pytest.mark.parametrize("library", LIBRARIES)
def test_one_of_each_type_reads_as_accepted(client, everything, library, snapshot):
    """When this fails, the front end would notice: accept with `pytest --snapshot-update`."""
    newest = get(client, library)["items"][0]["id"]
    answer = get(client, f"{library}/{newest}")
    assert answer == snapshot(extension_class=JSONSnapshotExtension, exclude=_varying)


def _varying(prop, path) -> bool:
    return prop in VARYING or prop == "document_number"


@pytest.fixture
def kept_connection():
    """Keep the test's connection open, as Django's own client does: the WSGI entry would close it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@cache
def promise():
    """The document that the site serves, read when the first test asks: collecting tests stays quick."""
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


DEPTH = settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
#: These run the code of `news` with other models.
LIKE_NEWS = ("policies", "plans", "templates", "schools")
OPERATIONS = [
    pytest.param(method, path, marks=[pytest.mark.once] if path.split("/")[3] in LIKE_NEWS else [])
    for path, methods in json.loads(ACCEPTED.read_text())["paths"].items()
    for method in methods
]


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_no_request_breaks_the_api_or_its_schema(method, path, everything, kept_connection):
    load_all_checks()
    build_operation_test(
        config=promise().config,
        operation=promise()[path][method],
        test_func=never_breaks,
        given_kwargs={},
        feedback=FeedbackSources(),
        explicit_settings=DEPTH,
    )()


def never_breaks(case):
    """Cursors cannot be described by a schema, so that a made-up one is 400: that alone is not checked."""
    case.call_and_validate(excluded_checks=[positive_data_acceptance])
