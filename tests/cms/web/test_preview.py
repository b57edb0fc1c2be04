"""Editors see the same page in the preview: of a page that is changed, and of one not saved yet."""

from datetime import date

import pytest

from cms.pages.models import (
    ActivityNewsPage,
    BasePage,
    NewsIndexPage,
    PlanIndexPage,
    PlanPage,
    PlanTemplatePage,
    PolicyIndexPage,
    PolicyPage,
    PolicyReplacement,
    TemplateIndexPage,
)
from tests.factories import make_news, make_plan, make_policy, make_school, make_template

pytestmark = pytest.mark.django_db


def preview(page) -> str:
    response = page.make_preview_request()
    assert response.status_code == 200
    response.render() if hasattr(response, "render") else None
    return response.content.decode()


def test_saved_pages_are_previewed():
    school = make_school()
    for page in (make_news(school), make_plan(school), make_policy(), make_template(), school.page):
        assert page.title in preview(page)


def test_an_unsaved_replacement_shows_in_the_preview():
    old, new = make_policy("旧办法"), make_policy("新办法")
    new.replacements.add(PolicyReplacement(earlier=old))
    assert "旧办法" in preview(new)


@pytest.mark.parametrize(
    ("index", "model"),
    [
        (NewsIndexPage, ActivityNewsPage),
        (PolicyIndexPage, PolicyPage),
        (PlanIndexPage, PlanPage),
        (TemplateIndexPage, PlanTemplatePage),
    ],
)
def test_pages_not_saved_yet_are_previewed(index, model):
    """Wagtail gives such a page a place in the tree and no key."""
    parent = index.objects.first()
    page = model(title="还没有保存的页面", slug="new", date=date(2026, 9, 1))
    page.set_url_path(parent)
    page.depth = parent.depth + 1
    page.path = BasePage._get_children_path_interval(parent.path)[1]
    assert "还没有保存的页面" in preview(page)
