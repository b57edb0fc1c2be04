"""Pages of every type, published unless told otherwise."""

from datetime import date
from itertools import count

from cms.pages.models import (
    ActivityKind,
    ActivityNewsPage,
    BasePage,
    NewsIndexPage,
    PlanIndexPage,
    PlanPage,
    PlanTemplatePage,
    PolicyIndexPage,
    PolicyPage,
    TemplateIndexPage,
    Topic,
)

_numbers = count(1)


def make_topic(name: str = "家校共育") -> Topic:
    return Topic.objects.get_or_create(name=name, defaults={"slug": f"topic-{next(_numbers)}"})[0]


def make_kind(name: str = "主题班会") -> ActivityKind:
    return ActivityKind.objects.get_or_create(name=name, defaults={"slug": f"kind-{next(_numbers)}"})[0]


def _index(model: type[BasePage], school=None) -> BasePage:
    """The list page of the school, or the bureau's."""
    return model.objects.filter(school=school).order_by("depth").first()


def _add(parent: BasePage, page: BasePage, live: bool) -> BasePage:
    page.live = live
    parent.add_child(instance=page)
    revision = page.save_revision()
    if live:
        revision.publish()
    return type(page).objects.get(pk=page.pk)


def make_news(school, title: str = "", live: bool = True, **fields) -> ActivityNewsPage:
    """News of an activity of the school."""
    number = next(_numbers)
    values = {
        "title": title or f"第{number}次活动",
        "slug": f"news-{number}",
        "date": date(2026, 9, 10),
        "intro": "全体师生参加。",
        "kind": make_kind(),
        "body": [("text", "<p>活动顺利举行。</p>")],
    }
    return _add(_index(NewsIndexPage, school), ActivityNewsPage(**{**values, **fields}), live)


def make_policy(title: str = "", live: bool = True, **fields) -> PolicyPage:
    """A policy of the bureau."""
    number = next(_numbers)
    values = {
        "title": title or f"关于第{number}项工作的通知",
        "slug": f"policy-{number}",
        "date": date(2026, 3, 1),
        "document_number": f"心教发〔2026〕{number}号",
        "issuing_body": "心桥县教育局",
        "body": [("text", "<p>各学校：</p>")],
    }
    return _add(_index(PolicyIndexPage), PolicyPage(**{**values, **fields}), live)


def make_template(title: str = "", live: bool = True, **fields) -> PlanTemplatePage:
    """A plan template with two sections and two calendar rows."""
    number = next(_numbers)
    values = {
        "title": title or f"第{number}号计划模板",
        "slug": f"template-{number}",
        "date": date(2026, 8, 20),
        "sections": [
            (
                "section",
                {"heading": "指导思想", "guidance": "<p>写清依据。</p>", "required": True, "starter": ""},
            ),
            ("section", {"heading": "主要措施", "guidance": "", "required": True, "starter": "<p>一、</p>"}),
        ],
        "calendar": [
            ("row", {"first_month": "9", "last_month": "", "label": "", "work": "摸清底数", "key": ""}),
            ("row", {"first_month": "10", "last_month": "", "label": "", "work": "家访", "key": ""}),
        ],
    }
    return _add(_index(TemplateIndexPage), PlanTemplatePage(**{**values, **fields}), live)


def make_plan(school=None, title: str = "", live: bool = True, **fields) -> PlanPage:
    """A plan of the school, or of the bureau."""
    number = next(_numbers)
    values = {
        "title": title or f"第{number}份工作计划",
        "slug": f"plan-{number}",
        "date": date(2026, 9, 1),
        "school_year": 2026,
        "sections": [("section", {"heading": "主要措施", "body": "<p>定期家访。</p>", "key": ""})],
    }
    return _add(_index(PlanIndexPage, school), PlanPage(**{**values, **fields}), live)
