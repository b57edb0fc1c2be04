"""Makes the demo's pages from the records of the data files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Site

from cms.demo import markup
from cms.demo.plans import calendar_of, leading_group_of, sections_of, template_sections
from cms.demo.records import Record, read
from cms.demo.shelf import Shelves
from cms.pages.models import (
    ActivityKind,
    ActivityNewsPage,
    BasePage,
    BureauSettings,
    HomePage,
    NewsIndexPage,
    PlanIndexPage,
    PlanPage,
    PlanTemplatePage,
    PolicyIndexPage,
    PolicyPage,
    PolicyReplacement,
    SchoolPage,
    StandardPage,
    TemplateIndexPage,
    Topic,
)
from cms.people.models import User
from cms.schools.models import School

WORKING_HOUR = time(16, 30)


class Makers:
    """One method for each kind of content; each returns how many it made."""

    def __init__(self, schools: dict[str, School], people: dict[str, User]) -> None:
        self.schools = schools
        self.people = people
        self.shelves = Shelves()
        self.bureau = people["bureau"]
        self.topics: dict[str, Topic] = {}
        self.kinds: dict[str, ActivityKind] = {}
        self.policies: dict[str, PolicyPage] = {}
        self.templates: dict[str, PlanTemplatePage] = {}
        self.plans: dict[tuple[str, str], PlanPage] = {}

    def steps(self) -> Iterator[tuple[str, Callable[[], int]]]:
        """Yield what is made, in an order in which everything referred to is there already."""
        yield "主题与活动类型", self.make_words
        yield "站点信息与普通页面", self.make_site
        yield "政策文件", self.make_policies
        yield "计划模板", self.make_templates
        yield "学校主页", self.make_school_pages
        yield "工作计划", self.make_plans
        yield "活动新闻", self.make_news

    def make_words(self) -> int:
        for order, record in enumerate(read("topics"), 1):
            self.topics[record.title] = Topic.objects.get_or_create(
                name=record.title, defaults={"slug": record.get("slug"), "order": order}
            )[0]
        for order, record in enumerate(read("kinds"), 1):
            self.kinds[record.title] = ActivityKind.objects.get_or_create(
                name=record.title, defaults={"slug": record.get("slug"), "order": order}
            )[0]
        return len(self.topics) + len(self.kinds)

    def make_site(self) -> int:
        shelf = self.shelves.of(None)
        home = HomePage.objects.get()
        settings_record, home_record, *pages = read("site")
        settings = BureauSettings.for_site(Site.objects.get(is_default_site=True))
        for name, value in settings_record.fields.items():
            if name in _SETTINGS:
                setattr(settings, name, value)
        settings.save()
        home.intro = home_record.get("intro")
        home.notice = markup.body(home_record.body, shelf)
        self._publish(home, date(2026, 8, 31))
        for record in pages:
            page = StandardPage(
                title=record.title, slug=record.get("slug"), intro=record.get("intro"), date=record.day()
            )
            page.body = markup.body(record.body, shelf)  # type: ignore[assignment]
            self._add(home, page, record)
        return len(pages) + 1

    def make_policies(self) -> int:
        parent, shelf = PolicyIndexPage.objects.get(), self.shelves.of(None)
        records = read("policies")
        for record in records:
            page = PolicyPage(
                title=record.title,
                date=record.day(),
                intro=record.get("intro"),
                document_number=record.get("number"),
                issuing_body=record.get("body", "心桥县教育局"),
                effective_on=record.day("effective"),
                repealed_on=record.day("repealed"),
                addressee=record.get("to", "各乡镇中心学校、县直各学校"),
                body=markup.body(record.body, shelf),
                attachments=[
                    ("attachment", {"document": shelf.document(key), "title": ""})
                    for key in record.words("files")
                ],
            )
            page.topics.set([self.topics[name] for name in record.words("topics")])
            page.replacements.set(
                [
                    PolicyReplacement(earlier=self.policies[number], kind=kind)
                    for kind, field in (("whole", "replaces"), ("part", "amends"))
                    for number in record.words(field)
                ]
            )
            self.policies[page.document_number] = self._add(parent, page, record)
        return len(records)

    def make_templates(self) -> int:
        parent, shelf = TemplateIndexPage.objects.get(), self.shelves.of(None)
        records = read("templates")
        for record in records:
            page = PlanTemplatePage(
                title=record.title,
                date=record.day(),
                intro=record.get("intro"),
                level=record.get("level", "school"),
                sections=template_sections(record.body),
                calendar=calendar_of(record.body),
                attachments=[
                    ("attachment", {"document": shelf.document(key), "title": ""})
                    for key in record.words("files")
                ],
            )
            page.topics.set([self.topics[name] for name in record.words("topics")])
            self.templates[record.get("key")] = self._add(parent, page, record)
        return len(records)

    def make_school_pages(self) -> int:
        for record in read("schools"):
            school = self.schools[record.get("code")]
            page = SchoolPage.objects.get(owning_school=school)
            shelf = self.shelves.of(school)
            page.motto, page.intro = record.get("motto"), record.get("intro")
            page.picture = shelf.picture(record.get("picture"))
            page.body = markup.body(record.body, shelf)
            self._publish(page, date(2026, 8, 25))
        return len(self.schools)

    def make_plans(self) -> int:
        records = read("plans")
        for record in records:
            school = self.schools.get(record.get("school"))
            template = self.templates.get(record.get("template"))
            page = PlanPage(
                title=record.title,
                date=record.day(),
                intro=record.get("intro"),
                level=record.get("level", "school"),
                school_year=int(record.get("year")),
                term=record.get("term", "year"),
                template_page=template,
                template_revision=template.live_revision if template else None,
                sections=sections_of(record.body, template),
                calendar=calendar_of(record.body, template),
                leading_group=leading_group_of(record.body),
                basis=[("basis", self._basis(number)) for number in record.words("basis")],
            )
            page.topics.set([self.topics[name] for name in record.words("topics")])
            parent = PlanIndexPage.objects.filter(school=school).order_by("depth")[0]
            page = self._add(parent, page, record, school)
            self.plans[(record.get("school"), record.get("year"))] = page
        return len(records)

    def make_news(self) -> int:
        records = read("news")
        for record in records:
            school = self.schools[record.get("school")]
            shelf = self.shelves.of(school)
            day = record.day()
            plan = self._plan_of(record, day) if day else None
            page = ActivityNewsPage(
                title=record.title,
                date=day,
                intro=record.get("intro"),
                kind=self.kinds[record.get("kind")],
                place=record.get("place"),
                picture=shelf.picture(record.get("picture")) if record.get("picture") else None,
                body=markup.body(record.body, shelf),
                related_plan=plan,
                related_row=_row_of(plan, day) if plan and day else "",
            )
            self._add(NewsIndexPage.objects.get(school=school), page, record, school)
        return len(records)

    def _basis(self, number: str) -> dict[str, Any]:
        policy = self.policies.get(number)
        return {"policy": policy, "title": "" if policy else number}

    def _plan_of(self, record: Record, day: date) -> PlanPage | None:
        year = day.year if day.month >= 9 else day.year - 1
        plan = self.plans.get((record.get("school"), str(year)))
        return plan if plan is not None and plan.live else None

    def _add(self, parent: BasePage, page: Any, record: Record, school: School | None = None) -> Any:
        """Add the page in the state that the record asks for: published, draft, submitted or returned."""
        state = record.get("state", "published")
        page.owner = self.people[f"{school.code}-editor"] if school else self.bureau
        page.live = False
        day = record.day() or date(2026, 9, 1)
        page.first_published_at = _moment(day) if state == "published" else None
        BasePage.objects.get(pk=parent.pk).specific.add_child(instance=page)
        if state == "published":
            return self._publish(page, day)
        page.save_revision(user=page.owner)
        if state in {"submitted", "returned"}:
            page.get_workflow().start(page, page.owner)
        if state == "returned":
            page.current_workflow_task_state.reject(user=self.bureau, comment=record.get("comment"))
        return page

    def _publish(self, page: Any, day: date) -> Any:
        page.save_revision(user=page.owner).publish(user=self.bureau)
        moment = _moment(day)
        BasePage.objects.filter(pk=page.pk).update(
            first_published_at=moment, last_published_at=moment, latest_revision_created_at=moment
        )
        return type(page).objects.get(pk=page.pk)


_SETTINGS = frozenset(field.name for field in BureauSettings._meta.fields) - {"id", "site"}


def _moment(day: date) -> datetime:
    """Return when a page of this day was published: at the end of the next working day."""
    published = day + timedelta(days=1)
    while published.weekday() > 4:
        published += timedelta(days=1)
    return timezone.make_aware(datetime.combine(published, WORKING_HOUR))


def _row_of(plan: PlanPage, day: date) -> str:
    """Return the key of the plan's calendar row for the month of the day."""
    rows = (row for row in plan.calendar if row.value["first_month"] == str(day.month))
    return next((row.id for row in rows if row.id), "")
