"""Every page type answers a visitor with one HTML for everybody."""

import itertools
import re

import pytest
from django.core.cache import cache

from cms.pages.models import BasePage
from tests.factories import make_bureau_user, make_news, make_plan, make_policy, make_school, make_template

pytestmark = pytest.mark.django_db


def everything() -> list[str]:
    """Return the address of one page of each type."""
    school = make_school("河湾小学", code="s-one")
    pages = [make_news(school), make_plan(school), make_policy(), make_template()]
    fixed = ["/", "/policies/", "/news/", "/plans/", "/templates/", "/schools/"]
    own = ["/schools/s-one/", "/schools/s-one/news/", "/schools/s-one/plans/", "/search/?q=工作", "/design/"]
    return [*fixed, *own, *(page.url for page in pages)]


def test_every_page_answers(client):
    for url in everything():
        assert client.get(url).status_code == 200, url


def test_no_page_sets_a_cookie_or_varies_by_one(client):
    for url in everything():
        response = client.get(url)
        assert not response.cookies, url
        assert "Cookie" not in response.get("Vary", ""), url


def test_a_page_is_the_same_for_a_visitor_and_for_the_bureau(client):
    urls = everything()
    for_visitors = [client.get(url).content for url in urls]
    client.force_login(make_bureau_user())
    assert [client.get(url).content for url in urls] == for_visitors


def test_pages_carry_no_inline_style_script_or_other_host(client):
    for url in everything():
        html = client.get(url).content.decode()
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", html), url
        loaded = re.findall(r'<(?:link|script|img|source)[^>]*?(?:href|src)="([^"]+)"', html)
        assert all(a.startswith(("/", "http://testserver/")) for a in loaded), url


def test_public_forms_are_get_and_carry_no_token(client):
    for url in everything():
        html = client.get(url).content.decode()
        assert "csrfmiddlewaretoken" not in html, url
        assert not re.search(r'<form[^>]*method="post"', html), url


def test_every_page_has_language_title_one_h1_and_a_skip_link(client):
    for url in everything():
        html = client.get(url).content.decode()
        assert '<html lang="zh-Hans">' in html, url
        assert re.search(r"<title>\s*[^<\s]", html), url
        assert html.count("<h1") == 1 or url == "/design/", url
        assert 'href="#main"' in html, url
        assert 'id="main"' in html, url


def test_headings_never_skip_a_level(client):
    for url in everything():
        levels = [int(n) for n in re.findall(r"<h([1-6])", client.get(url).content.decode())]
        steps = itertools.pairwise(levels)
        assert all(after - before <= 1 for before, after in steps), (url, levels)


def test_a_draft_answers_404_in_the_look_of_the_site(client):
    page = make_news(make_school(), live=False)
    response = client.get(page.url)
    assert response.status_code == 404
    assert "这个地址没有页面" in response.content.decode()


def test_content_pages_say_when_they_were_last_updated(client):
    school = make_school()
    for page in (make_news(school), make_plan(school), make_policy(), make_template(), school.page):
        page.save_revision().publish()
        assert "最后更新" in client.get(page.url).content.decode(), page


def test_the_menu_names_the_sections_and_marks_the_current_one(client):
    html = client.get("/policies/").content.decode()
    menu = re.findall(r'class="menu__link" href="([^"]+)"( aria-current="page")?', html)
    assert [url for url, _ in menu] == ["/policies/", "/news/", "/plans/", "/templates/", "/schools/"]
    assert [url for url, current in menu if current] == ["/policies/"]


def test_an_unpublished_section_leaves_the_menu(client):
    BasePage.objects.get(slug="templates").unpublish()
    assert 'href="/templates/"' not in client.get("/").content.decode()


@pytest.mark.parametrize("rows", [1, 8])
def test_home_page_stays_within_fifteen_queries(client, django_assert_max_num_queries, rows):
    for number in range(rows):
        make_news(make_school(f"第{number}中学"))
        make_policy()
    client.get("/")  # fills Wagtail's cache of site roots, as any earlier visitor would
    with django_assert_max_num_queries(15):
        client.get("/")
    cache.clear()
