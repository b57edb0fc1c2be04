"""What the components show on `/design/`: made up on the spot, nothing is stored."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue
from wagtail.rich_text import RichText

from cms.media.models import SiteDocument, SiteImage
from cms.pages.blocks import AttachmentListBlock, BodyBlock, LeadingGroupBlock
from cms.pages.models import (
    ActivityKind,
    ActivityNewsPage,
    BasePage,
    PlanPage,
    PlanTemplatePage,
    PolicyPage,
    SchoolPage,
)
from cms.pages.selectors import FacetValue, public_news
from cms.schools.models import School, SchoolStatus
from cms.web.calendar import Month
from cms.web.filters import Chip, FilterPanel, Group
from cms.web.frame import Entry
from cms.web.lists import PageLink, Pages
from cms.web.outline import TocEntry

Context = dict[str, Any]
Examples = list[tuple[str, Context]]
_DAY = date(2026, 9, 10)


def sample_picture() -> SiteImage | None:
    """Return a picture that is public anyway, when there is one."""
    news = public_news().filter(picture__isnull=False).prefetch_related("picture__renditions").first()
    return news.picture if news else None


def _school(**fields: Any) -> School:
    values = {
        "name": _("Riverside Primary School"),
        "code": "design",
        "stage": "primary",
        "township": _("Riverside"),
    }
    return School(**{**values, **fields})


def _placed(page: Any) -> Any:
    """Give the page an address below the home page, so that its link leads somewhere."""
    home = BasePage.objects.filter(depth=2).first()
    page.url_path = home.url_path if home else "/"
    page.path, page.depth = "00010001", 2
    return page


def _news(**fields: Any) -> ActivityNewsPage:
    values = {
        "title": _("Letters home at Mid-Autumn: children write to their parents"),
        "intro": _("Every class wrote and posted its letters; the volunteers helped the youngest."),
        "date": _DAY,
        "school": _school(),
        "kind": ActivityKind(name=_("Festival")),
    }
    return _placed(ActivityNewsPage(**{**values, **fields}))


def _policy(status: str) -> PolicyPage:
    return _placed(
        PolicyPage(
            title=_("Notice on the care of children whose parents work away"),
            document_number="〔2026〕12",
            issuing_body=_("County education bureau"),
            date=_DAY,
            status=status,
        )
    )


def _plan() -> PlanPage:
    return _placed(
        PlanPage(title=_("Care plan of the school"), school=_school(), school_year=2026, date=_DAY)
    )


def _long() -> str:
    return _("Letters home at Mid-Autumn: children write to their parents") * 3


def _links() -> list[Entry]:
    return [Entry(_("Policies"), "/policies/"), Entry(_("Schools"), "/schools/")]


def _option(value: str, label: str, count: int, selected: bool = False) -> FacetValue:
    return FacetValue(value, label, count, selected)


def _panel(chips: bool = True) -> FilterPanel:
    topics = [_option(str(n), _("Topic %(n)d") % {"n": n}, 20 - n, chips and n == 1) for n in range(1, 10)]
    return FilterPanel(
        action="/design/",
        words_label=_("Words in title and introduction"),
        q="",
        groups=[
            Group("topic", _("Topic"), topics[:6], topics[6:]),
            Group("month", _("Month"), [_option("2026-09", "2026-09", 4)], single=True),
        ],
        chips=[Chip(_("Topic"), topics[0].label, "/design/")] if chips else [],
        state=[],
        hidden=[],
    )


def _pages(number: int, count: int) -> Pages:
    links = [
        PageLink(n, "/design/", n == number) for n in range(max(1, number - 1), min(count, number + 1) + 1)
    ]
    if links[-1].number < count:
        links += [PageLink(), PageLink(count, "/design/")]
    return Pages(
        [],
        count * 20,
        number,
        count,
        "/design/" if number > 1 else "",
        "/design/" if number < count else "",
        links,
    )


def _document() -> SiteDocument:
    return SiteDocument(pk=0, title=_("Register form"), file="form.docx", file_size=28_400)


def _files() -> StreamValue:
    return StreamValue(
        AttachmentListBlock(),
        [("attachment", {"document": _document(), "title": ""}) for _number in range(2)],
    )


def _people() -> StreamValue:
    rows = [
        {"role": _("Leader"), "names": _("Head of the school"), "duty": _("Answers for the whole.")},
        {"role": _("Members"), "names": _("Class teachers"), "duty": ""},
    ]
    return StreamValue(LeadingGroupBlock(), [("person", row) for row in rows])


def _body() -> StreamValue:
    return StreamValue(
        BodyBlock(),
        [
            ("heading", {"text": _("What is to be done"), "level": "2"}),
            ("text", RichText("<p>" + _("Each school keeps a register and renews it every term.") + "</p>")),
        ],
    )


def _months() -> list[Month]:
    return [
        Month(_("Month %(month)d") % {"month": 9}, "9", [{"label": "", "work": _("Renew the register.")}]),
        Month(
            _("Month %(month)d") % {"month": 10},
            "10 11",
            [{"label": _("First week"), "work": _("Visit the homes.")}],
        ),
    ]


def _notice(kind: str) -> Context:
    text = _("Each school keeps a register and renews it every term.")
    return {
        "kind": kind,
        "title": _("Please note"),
        "text": text,
        "value": {"kind": kind, "title": _("Please note"), "text": RichText(f"<p>{text}</p>")},
    }


def _facts() -> list[Context]:
    return [
        {"label": _("Issuing body"), "value": _("County education bureau")},
        {"label": _("Status"), "value": _("In force"), "state": "in_force"},
        {"label": _("Topics"), "links": _links()},
    ]


def _picture(**fields: Any) -> Context:
    return {
        "value": {
            "image": sample_picture(),
            "alt": _("Children writing letters"),
            "caption": _("Children writing letters"),
            "credit": _("The school"),
            **fields,
        }
    }


def _table() -> Context:
    data = [
        [_("Township"), _("Schools"), _("Children")],
        [_("Riverside"), "4", "312"],
        [_("Hillside"), "3", "1,045"],
    ]
    return {
        "value": {
            "caption": _("Schools and children"),
            "table": {"data": data, "first_row_is_table_header": True, "first_col_is_header": True},
        }
    }


def _timeline() -> Context:
    rows = [
        {"when": _("Month %(month)d") % {"month": n}, "title": _("Renew the register."), "text": ""}
        for n in (9, 10)
    ]
    return {"value": {"items": rows}}


def _page_with_date() -> Context:
    return {"page": PlanPage(last_published_at=datetime(2026, 9, 10, tzinfo=UTC))}


EXAMPLES: dict[str, Callable[[], Examples]] = {
    "blocks/attachment.html": lambda: [("", {"value": {"document": _document(), "title": ""}})],
    "blocks/gallery.html": lambda: [("", {"value": {"pictures": [_picture()["value"]] * 3, "caption": ""}})],
    "blocks/heading.html": lambda: [
        ("level=2", {"value": {"text": _("What is to be done"), "level": "2"}}),
        ("level=3", {"value": {"text": _("What is to be done"), "level": "3"}}),
    ],
    "blocks/notice.html": lambda: [
        (f"kind={kind}", _notice(kind)) for kind in ("info", "important", "warning")
    ],
    "blocks/picture.html": lambda: [("", _picture())],
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
    "blocks/table.html": lambda: [("", _table())],
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
    "blocks/timeline.html": lambda: [("", _timeline())],
    "body.html": lambda: [("", {"body": _body()})],
    "breadcrumbs.html": lambda: [("", {"crumbs": _links()})],
    "empty.html": lambda: [
        (
            "",
            {
                "title": _("Nothing fits these filters"),
                "text": _("Take one away, or look for other words."),
                "links": _links(),
            },
        )
    ],
    "facts.html": lambda: [("", {"facts": _facts()}), ("two=True", {"facts": _facts(), "two": True})],
    "feeds.html": lambda: [("", {"rss": "/news/feed.rss", "atom": "/news/feed.atom"})],
    "files.html": lambda: [("", {"files": _files()})],
    "filters.html": lambda: [("", {"panel": _panel()})],
    "frame.html": lambda: [
        (_("with a picture"), {"image": sample_picture()}),
        (_("without"), {"image": None}),
    ],
    "months.html": lambda: [("", {"months": _months()})],
    "neighbours.html": lambda: [("", {"earlier": _news(), "later": _news()})],
    "news_card.html": lambda: [
        ("", {"item": _news(), "show_school": True}),
        (_("long title"), {"item": _news(title=_long())}),
    ],
    "news_item.html": lambda: [
        ("", {"item": _news(), "show_school": True}),
        (_("long title"), {"item": _news(title=_long())}),
    ],
    "notice.html": lambda: [(f"kind={kind}", _notice(kind)) for kind in ("info", "important", "warning")],
    "page_head.html": lambda: [
        ("", {"title": _("Policies"), "intro": _("Documents of the bureau: what holds, what has ended")})
    ],
    "pagination.html": lambda: [
        ("", {"pages": _pages(1, 9)}),
        (_("in the middle"), {"pages": _pages(4, 9), "label": _("in the middle")}),
        (_("last"), {"pages": _pages(2, 2), "label": _("last")}),
    ],
    "people.html": lambda: [("", {"people": _people()})],
    "plan_item.html": lambda: [("", {"item": _plan(), "show_school": True})],
    "policy_item.html": lambda: [
        (state, {"item": _policy(state)}) for state in ("in_force", "amended", "repealed")
    ],
    "results.html": lambda: [
        ("", {"panel": _panel(), "total": 12}),
        (_("no filter set"), {"panel": _panel(chips=False), "total": 240}),
    ],
    "school_item.html": lambda: [
        (
            "",
            {
                "item": _placed(
                    SchoolPage(
                        title=_school().name,
                        owning_school=_school(boarding=True),
                        intro=_("Visit the homes."),
                    )
                )
            },
        ),
        (
            "status=closed",
            {
                "item": _placed(
                    SchoolPage(title=_school().name, owning_school=_school(status=SchoolStatus.CLOSED))
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
        ("", {"item": _placed(PlanTemplatePage(title=_("Care plan of the school"), date=_DAY))})
    ],
    "toc_column.html": lambda: [
        ("", {"toc": [TocEntry("calendar", _("Calendar")), TocEntry("people", _("Members"), sub=True)]})
    ],
    "updated.html": lambda: [("", _page_with_date())],
    "words.html": lambda: [("", {"words": _links()})],
}
