"""What the components show on `/design/`: made up on the spot, nothing is stored."""

from __future__ import annotations

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
    PolicyPage,
)
from cms.pages.selectors import FacetValue, public_news
from cms.schools.models import School
from cms.web.calendar import Month
from cms.web.filters import Chip, FilterPanel, Group
from cms.web.frame import Entry
from cms.web.lists import PageLink, Pages

Context = dict[str, Any]
DAY = date(2026, 9, 10)


def sample_picture() -> SiteImage | None:
    """Return a picture that is public anyway, when there is one."""
    news = public_news().filter(picture__isnull=False).prefetch_related("picture__renditions").first()
    return news.picture if news else None


def school(**fields: Any) -> School:
    """A school; `fields` say otherwise."""
    values = {
        "name": _("Riverside Primary School"),
        "code": "design",
        "stage": "primary",
        "township": _("Riverside"),
    }
    return School(**{**values, **fields})


def placed(page: Any) -> Any:
    """Give the page an address below the home page, so that its link leads somewhere."""
    home = BasePage.objects.filter(depth=2).first()
    page.url_path = home.url_path if home else "/"
    page.path, page.depth = "00010001", 2
    return page


def news(**fields: Any) -> ActivityNewsPage:
    """A piece of news (活动新闻); `fields` say otherwise."""
    values = {
        "title": _("Letters home at Mid-Autumn: children write to their parents"),
        "intro": _("Every class wrote and posted its letters; the volunteers helped the youngest."),
        "date": DAY,
        "school": school(),
        "kind": ActivityKind(name=_("Festival")),
    }
    return placed(ActivityNewsPage(**{**values, **fields}))


def policy(status: str) -> PolicyPage:
    """A policy (政策文件) of this status."""
    return placed(
        PolicyPage(
            title=_("Notice on the care of children whose parents work away"),
            document_number="〔2026〕12",
            issuing_body=_("County education bureau"),
            date=DAY,
            status=status,
        )
    )


def plan() -> PlanPage:
    """A plan of a school (工作计划)."""
    return placed(PlanPage(title=_("Care plan of the school"), school=school(), school_year=2026, date=DAY))


def long() -> str:
    """A title that breaks over several lines."""
    return _("Letters home at Mid-Autumn: children write to their parents") * 3


def links() -> list[Entry]:
    """Two links."""
    return [Entry(_("Policies"), "/policies/"), Entry(_("Schools"), "/schools/")]


def option(value: str, label: str, count: int, selected: bool = False) -> FacetValue:
    """One line of a filter list."""
    return FacetValue(value, label, count, selected)


def panel(chips: bool = True) -> FilterPanel:
    """A filter panel, with a filter set or without."""
    topics = [option(str(n), _("Topic %(n)d") % {"n": n}, 20 - n, chips and n == 1) for n in range(1, 10)]
    return FilterPanel(
        action="/design/",
        words_label=_("Words in title and text"),
        q="",
        groups=[
            Group("topic", _("Topic"), topics[:6], topics[6:]),
            Group("month", _("Month"), [option("2026-09", "2026-09", 4)], single=True),
        ],
        chips=[Chip(_("Topic"), topics[0].label, "/design/")] if chips else [],
        state=[],
        hidden=[],
    )


def pages(number: int, count: int) -> Pages:
    """The pages of a list of `count` pages, seen from page `number`."""
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


def document() -> SiteDocument:
    """A document that has no file."""
    return SiteDocument(pk=0, title=_("Register form"), file="form.docx", file_size=28_400)


def files() -> StreamValue:
    """Two attachments (附件)."""
    return StreamValue(
        AttachmentListBlock(),
        [("attachment", {"document": document(), "title": ""}) for _number in range(2)],
    )


def people() -> StreamValue:
    """A leading group (领导小组)."""
    rows = [
        {"role": _("Leader"), "names": _("Head of the school"), "duty": _("Answers for the whole.")},
        {"role": _("Members"), "names": _("Class teachers"), "duty": ""},
    ]
    return StreamValue(LeadingGroupBlock(), [("person", row) for row in rows])


def body() -> StreamValue:
    """A body of a heading, text and more."""
    return StreamValue(
        BodyBlock(),
        [
            ("heading", {"text": _("What is to be done"), "level": "2"}),
            ("text", RichText("<p>" + _("Each school keeps a register and renews it every term.") + "</p>")),
        ],
    )


def months() -> list[Month]:
    """Two months of a calendar."""
    return [
        Month(_("Month %(month)d") % {"month": 9}, "9", [{"label": "", "work": _("Renew the register.")}]),
        Month(
            _("Month %(month)d") % {"month": 10},
            "10 11",
            [{"label": _("First week"), "work": _("Visit the homes.")}],
        ),
    ]


def notice(kind: str) -> Context:
    """A notice block of this kind."""
    text = _("Each school keeps a register and renews it every term.")
    return {
        "kind": kind,
        "title": _("Please note"),
        "text": text,
        "value": {"kind": kind, "title": _("Please note"), "text": RichText(f"<p>{text}</p>")},
    }


def facts() -> list[Context]:
    """The facts beside a policy."""
    return [
        {"label": _("Issuing body"), "value": _("County education bureau")},
        {"label": _("Status"), "value": _("In force"), "state": "in_force"},
        {"label": _("Topics"), "links": links()},
    ]


def picture(**fields: Any) -> Context:
    """A picture block; `fields` say otherwise."""
    return {
        "value": {
            "image": sample_picture(),
            "alt": _("Children writing letters"),
            "caption": _("Children writing letters"),
            "credit": _("The school"),
            **fields,
        }
    }


def table() -> Context:
    """A table block."""
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


def timeline() -> Context:
    """A timeline block."""
    rows = [
        {"when": _("Month %(month)d") % {"month": n}, "title": _("Renew the register."), "text": ""}
        for n in (9, 10)
    ]
    return {"value": {"items": rows}}


def page_with_date() -> Context:
    """A page that says when it was updated."""
    return {"page": PlanPage(last_published_at=datetime(2026, 9, 10, tzinfo=UTC))}
