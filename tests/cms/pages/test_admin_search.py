"""The page search of the admin."""

import pytest
from django.urls import reverse

from tests.cms.tenancy.world import fill_search_index
from tests.factories import make_bureau_user, make_policy

pytestmark = pytest.mark.django_db


def test_the_heading_of_the_results_names_pages(client):
    make_policy("校园安全办法")
    client.force_login(make_bureau_user())
    fill_search_index()
    answer = client.get(reverse("wagtailadmin_pages:search"), {"q": "校园安全"})
    heading = answer.content.decode()
    assert "共1个页面" in heading
    assert "个None" not in heading
