"""The home page: latest news and policies, topics, schools."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest

from cms.pages.models import HomePage, PolicyPage, Topic
from cms.pages.selectors import public_news, public_policies, public_schools, published
from cms.schools.models import SchoolStatus
from cms.web.frame import Entry, frame_for
from cms.web.lists import with_query
from cms.web.offers import offers_of
from cms.web.registry import Context, context_of

NEWS, POLICIES, SCHOOLS, TOPICS, HERO_TOPICS = 6, 6, 12, 16, 6


@context_of(HomePage)
def home_context(page: HomePage, request: HttpRequest) -> Context:
    """Eleven queries, whatever is on the site."""
    sections = frame_for(request).sections
    schools = public_schools().filter(owning_school__status=SchoolStatus.OPEN)
    topics = [
        Entry(topic.name, with_query(sections["PolicyIndexPage"].url, [("topic", topic.slug)]))
        for topic in _topics()
        if "PolicyIndexPage" in sections
    ]
    return {
        "news": public_news().prefetch_related("picture__renditions")[:NEWS],
        "policies": public_policies()[:POLICIES],
        "offers": offers_of(),
        "topics": topics,
        "hero_topics": topics[:HERO_TOPICS],
        "schools": schools[:SCHOOLS],
        "school_count": schools.count(),
        "crumbs": [],
    }


def _topics() -> QuerySet[Topic]:
    """Topics that a published policy has, in the bureau's order."""
    shown = Q(policies__in=published(PolicyPage.objects.all()).order_by().values("pk"))
    return Topic.objects.annotate(used=Count("policies", filter=shown)).filter(used__gt=0)[:TOPICS]
