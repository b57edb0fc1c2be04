"""RSS, Atom, sitemap, robots: what machines read."""

import xml.etree.ElementTree as ET

import pytest

from tests.factories import make_news, make_policy, make_school

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def xml_of(client, url: str) -> ET.Element:
    response = client.get(url)
    assert response.status_code == 200, url
    return ET.fromstring(response.content)  # noqa: S314 - our own answer


def test_a_school_has_rss_and_atom_of_its_own_news_alone(client):
    one, two = make_school(code="one"), make_school(code="two")
    mine, other = make_news(one, "我校家访"), make_news(two, "他校家访")
    rss = xml_of(client, "/schools/one/feed.rss")
    assert [item.findtext("title") for item in rss.iter("item")] == [mine.title]
    assert rss.findtext("channel/item/link") == f"http://testserver{mine.url}"
    atom = xml_of(client, "/schools/one/feed.atom")
    assert [entry.findtext(f"{ATOM}title") for entry in atom.iter(f"{ATOM}entry")] == [mine.title]
    assert other.title not in ET.tostring(atom, encoding="unicode")


def test_feeds_of_all_news_and_policies_hold_what_is_published(client):
    make_news(make_school(), "家访")
    make_policy("办法")
    make_policy("草案", live=False)
    assert [i.findtext("title") for i in xml_of(client, "/news/feed.rss").iter("item")] == ["家访"]
    assert [i.findtext("title") for i in xml_of(client, "/policies/feed.rss").iter("item")] == ["办法"]


def test_a_feed_gives_the_same_bytes_while_nothing_changes(client):
    for url in ("/news/feed.rss", "/news/feed.atom"):
        assert client.get(url).content == client.get(url).content
        assert b"2026-11" not in client.get(url).content


def test_a_feed_of_no_school_is_not_found(client):
    assert client.get("/schools/none/feed.rss").status_code == 404


def test_sitemap_lists_published_pages_with_the_day_of_change(client):
    page, draft = make_policy(), make_policy(live=False)
    index = xml_of(client, "/sitemap.xml")
    sections = [loc.text for loc in index.iter(f"{MAP}loc")]
    assert "http://testserver/sitemap-policies.xml" in sections
    section = xml_of(client, "/sitemap-policies.xml")
    places = [loc.text for loc in section.iter(f"{MAP}loc")]
    assert places == [f"http://testserver{page.url}"]
    assert draft.url not in str(places)
    assert section.find(f"{MAP}url/{MAP}lastmod") is not None


def test_every_public_page_is_in_one_section_of_the_sitemap(client):
    make_news(make_school())
    index = xml_of(client, "/sitemap.xml")
    found = [
        loc.text
        for section in index.iter(f"{MAP}loc")
        for loc in xml_of(client, section.text.removeprefix("http://testserver")).iter(f"{MAP}loc")
    ]
    assert len(found) == len(set(found))
    assert "http://testserver/" in found
    assert any("/news/news-" in place for place in found)


def test_unknown_sections_of_the_sitemap_are_not_found(client):
    assert client.get("/sitemap-users.xml").status_code == 404


def test_robots_see_the_sitemap_and_stay_out_of_the_workplace(client):
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /admin/" in text
    assert "Sitemap: http://testserver/sitemap.xml" in text


def test_favicon_is_an_icon(client):
    response = client.get("/favicon.ico")
    assert response["Content-Type"] == "image/x-icon"
    assert b"".join(response.streaming_content)[:4] == b"\x00\x00\x01\x00"
