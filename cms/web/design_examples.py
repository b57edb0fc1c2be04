"""Which examples of each component `/design/` shows: template -> (what is special, context)."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _
from wagtail.rich_text import RichText

from cms.pages.models import PlanTemplatePage, SchoolPage
from cms.schools.models import SchoolStatus
from cms.web import design_samples as made
from cms.web.outline import TocEntry
from cms.web.search.hints import Hints
from cms.web.search.period import period_box, school_year_period

Examples = list[tuple[str, made.Context]]

EXAMPLES: dict[str, Callable[[], Examples]] = {
    "blocks/attachment.html": lambda: [("", {"value": {"document": made.document(), "title": ""}})],
    "blocks/gallery.html": lambda: [
        ("", {"value": {"pictures": [made.picture()["value"]] * 3, "caption": ""}})
    ],
    "blocks/heading.html": lambda: [
        ("level=2", {"value": {"text": _("What is to be done"), "level": "2"}}),
        ("level=3", {"value": {"text": _("What is to be done"), "level": "3"}}),
    ],
    "blocks/notice.html": lambda: [
        (f"kind={kind}", made.notice(kind)) for kind in ("info", "important", "warning")
    ],
    "blocks/picture.html": lambda: [("", made.picture())],
    "blocks/quote.html": lambda: [
        (
            "",
            {
                "value": {
                    "text": _("Each school keeps a register and renews it every term."),
                    "source": _("County education bureau"),
                }
            },
        )
    ],
    "blocks/table.html": lambda: [("", made.table())],
    "blocks/text.html": lambda: [
        (
            "",
            {
                "value": RichText(
                    f"<p>{_('Visit the homes.')}</p><ul><li>{_('Leader')}</li><li>{_('Members')}</li></ul>"
                )
            },
        )
    ],
    "blocks/timeline.html": lambda: [("", made.timeline())],
    "body.html": lambda: [("", {"body": made.body()})],
    "breadcrumbs.html": lambda: [("", {"crumbs": made.links()})],
    "empty.html": lambda: [
        (
            "",
            {
                "title": _("Nothing fits these filters"),
                "text": _("Take one away, or look for other words."),
                "links": made.links(),
            },
        )
    ],
    "facts.html": lambda: [("", {"facts": made.facts()}), ("two=True", {"facts": made.facts(), "two": True})],
    "feeds.html": lambda: [("", {"rss": "/news/feed.rss", "atom": "/news/feed.atom"})],
    "files.html": lambda: [("", {"files": made.files()})],
    "filters.html": lambda: [("", {"panel": made.panel()})],
    "frame.html": lambda: [
        (_("with a picture"), {"image": made.sample_picture()}),
        (_("without"), {"image": None}),
    ],
    "hints.html": lambda: [("", {"hints": Hints(meant=made.links()[0], wider=made.links()[-1])})],
    "months.html": lambda: [("", {"months": made.months()})],
    "neighbours.html": lambda: [("", {"earlier": made.news(), "later": made.news()})],
    "news_card.html": lambda: [
        ("", {"item": made.news(), "show_school": True}),
        (_("long title"), {"item": made.news(title=made.long())}),
    ],
    "news_item.html": lambda: [
        ("", {"item": made.news(), "show_school": True}),
        (_("long title"), {"item": made.news(title=made.long())}),
    ],
    "notice.html": lambda: [(f"kind={kind}", made.notice(kind)) for kind in ("info", "important", "warning")],
    "offers.html": lambda: [("", {"offers": [made.plan(), made.news()], "id": "offers"})],
    "page_head.html": lambda: [
        ("", {"title": _("Policies"), "intro": _("Documents of the bureau: what holds, what has ended")})
    ],
    "pagination.html": lambda: [
        ("", {"pages": made.pages(1, 9)}),
        (_("in the middle"), {"pages": made.pages(4, 9), "label": _("in the middle")}),
        (_("last"), {"pages": made.pages(2, 2), "label": _("last")}),
    ],
    "period.html": lambda: [
        ("", {"period": period_box(school_year_period(2025), [], "/design/")}),
    ],
    "people.html": lambda: [("", {"people": made.people()})],
    "plan_item.html": lambda: [("", {"item": made.plan(), "show_school": True})],
    "policy_item.html": lambda: [
        (state, {"item": made.policy(state)}) for state in ("in_force", "amended", "repealed")
    ],
    "results.html": lambda: [
        ("", {"panel": made.panel(), "total": 12}),
        (_("no filter set"), {"panel": made.panel(chips=False), "total": 240}),
    ],
    "school_item.html": lambda: [
        (
            "",
            {
                "item": made.placed(
                    SchoolPage(
                        title=made.school().name,
                        owning_school=made.school(boarding=True),
                        intro=_("Visit the homes."),
                    )
                )
            },
        ),
        (
            "status=closed",
            {
                "item": made.placed(
                    SchoolPage(
                        title=made.school().name, owning_school=made.school(status=SchoolStatus.CLOSED)
                    )
                )
            },
        ),
    ],
    "search_box.html": lambda: [
        ("", {"id": "design-search", "label": _("Search the site"), "value": ""}),
        (
            "large=True",
            {"id": "design-search-large", "label": _("Search the site (large)"), "value": "", "large": True},
        ),
    ],
    "tag.html": lambda: [
        (state, {"state": state, "label": label})
        for state, label in (
            ("in_force", _("In force")),
            ("amended", _("Amended")),
            ("repealed", _("Repealed")),
            ("plain", _("required")),
        )
    ],
    "task.html": lambda: [
        (
            "",
            {
                "icon": "policy",
                "title": _("Find a policy"),
                "text": _("Documents of the bureau: what holds, what has ended"),
                "url": "/policies/",
            },
        )
    ],
    "template_item.html": lambda: [
        ("", {"item": made.placed(PlanTemplatePage(title=_("Care plan of the school"), date=made.DAY))})
    ],
    "toc_column.html": lambda: [
        ("", {"toc": [TocEntry("calendar", _("Calendar")), TocEntry("people", _("Members"), sub=True)]})
    ],
    "updated.html": lambda: [("", made.page_with_date())],
    "words.html": lambda: [("", {"words": made.links()})],
}
