"""Addresses of the public site that are not pages of the tree."""

from django.urls import path, re_path

from cms.web import design, feeds, sitemaps, wellknown
from cms.web.search import similar, suggest, views

KIND = r"(?P<kind>rss|atom)"

urlpatterns = [
    path("search/", views.site_search, name="site_search"),
    path("search/suggest/", suggest.site_suggest, name="site_suggest"),
    path("search/similar/<slug:kind>/<int:page_id>/", similar.similar_page, name="similar_plans"),
    path("design/", design.design_page, name="design_page"),
    re_path(rf"^news/feed\.{KIND}$", feeds.news_feed, name="news_feed"),
    re_path(rf"^policies/feed\.{KIND}$", feeds.policy_feed, name="policy_feed"),
    re_path(rf"^schools/(?P<code>[a-z0-9-]+)/feed\.{KIND}$", feeds.school_feed, name="school_feed"),
    path("sitemap.xml", sitemaps.sitemap_index, name="sitemap_index"),
    path("sitemap-<slug:section>.xml", sitemaps.sitemap_section, name="sitemap_section"),
    path("robots.txt", wellknown.robots, name="robots"),
    path("favicon.ico", wellknown.favicon, name="favicon"),
]
