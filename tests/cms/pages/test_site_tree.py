"""The fixed part of the tree has Chinese names."""

import pytest
from wagtail.models import Collection

from cms.pages.models import BasePage
from cms.pages.site_tree import ensure_site

pytestmark = pytest.mark.django_db


def roots() -> tuple[str, str, str]:
    root = BasePage.get_first_root_node()
    return root.title, root.draft_title, Collection.get_first_root_node().name


def test_nothing_is_called_root():
    assert roots() == ("全部页面", "全部页面", "教育局")


def test_a_name_that_people_gave_is_kept():
    BasePage.objects.filter(depth=1).update(title="站点", draft_title="站点")
    Collection.objects.filter(depth=1).update(name="公用图片")
    ensure_site()
    assert roots() == ("站点", "站点", "公用图片")
