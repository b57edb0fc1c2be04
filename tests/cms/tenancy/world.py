"""Two schools, A and B. Whatever school B has not published carries the canary word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.test import Client
from wagtail.models import APIToken, TaskState

from cms.media.models import SiteDocument, SiteImage
from cms.pages.models import ActivityNewsPage, NewsIndexPage, PlanPage
from cms.people.models import Role, User
from cms.schools.models import School
from tests.factories import (
    make_bureau_user,
    make_document,
    make_image,
    make_news,
    make_plan,
    make_policy,
    make_school,
    make_school_user,
    make_user,
)

CANARY = "金丝雀"
_PICTURE = {"alt": f"{CANARY}说明", "caption": f"{CANARY}图注", "credit": f"{CANARY}署名"}


@dataclass
class Things:
    """What one school (or the bureau) has: a draft, a submission, a public page with a newer draft, media."""

    school: School
    draft: ActivityNewsPage
    submitted: ActivityNewsPage
    live: ActivityNewsPage
    plan: PlanPage
    image: SiteImage
    document: SiteDocument
    news_index: NewsIndexPage
    writer: User

    @property
    def task_state(self) -> TaskState:
        return self.submitted.current_workflow_task_state


@dataclass
class World:
    """Both schools and the people."""

    a: Things
    b: Things
    people: dict[str, User]

    @classmethod
    def build(cls) -> World:
        a, b = make_things("甲校"), make_things(CANARY, canary=True)
        make_policy(f"{CANARY}未发布政策", live=False)
        people = {
            "anonymous": None,
            "class_teacher": make_school_user(a.school, Role.CLASS_TEACHER),
            "school_editor": a.writer,
            "school_head": make_school_user(a.school, Role.SCHOOL_HEAD),
            "inspector": make_bureau_user(Role.INSPECTOR),
            "bureau_editor": make_bureau_user(Role.BUREAU_EDITOR),
            "bureau_admin": make_bureau_user(Role.BUREAU_ADMIN),
            "superuser": make_user(is_superuser=True),
        }
        return cls(a, b, people)

    def client(self, role: str) -> Client:
        client = Client(raise_request_exception=False)
        if user := self.people[role]:
            client.force_login(user)
        return client

    def token(self, role: str) -> str:
        return APIToken.create_token(user=self.people[role], name="test")[1]


def make_things(word: str, canary: bool = False) -> Things:
    """Everything of one school, with `word` in each text."""
    school = make_school(name="乙校" if canary else "甲校")
    writer = make_school_user(school, name=f"{word}老师", email=f"w{school.pk}@school.test")
    image = make_image(f"{word}照片", school, credit=f"{word}摄影", uploaded_by_user=writer)
    image.tags.add(f"{word}标签")
    document = make_document(f"{word}文件", school, uploaded_by_user=writer)
    document.tags.add(f"{word}档案")
    body = [("text", f"<p>{word}正文</p>"), ("picture", {"image": image, **_PICTURE})]
    fields: dict[str, Any] = {"intro": f"{word}导语", "place": f"{word}地点", "body": body, "owner": writer}
    draft = make_news(school, f"{word}草稿", live=False, **fields)
    submitted = make_news(school, f"{word}送审稿", live=False, **fields)
    submitted.get_workflow().start(submitted, writer)
    plan = make_plan(school, f"{word}计划", live=False, owner=writer, date=date(2026, 9, 2))
    APIToken.create_token(user=writer, name=f"{word}令牌")
    live = make_news(school, "公开新闻", owner=writer)
    live.title, live.intro = f"{word}新标题", f"{word}新导语"
    live.save_revision(user=writer, log_action=True)
    for name, value in ({"first_name": word} if canary else {}).items():
        setattr(writer, name, value)
        writer.save()
    return Things(
        school=school,
        draft=draft,
        submitted=ActivityNewsPage.objects.get(pk=submitted.pk),
        live=ActivityNewsPage.objects.get(pk=live.pk),
        plan=plan,
        image=image,
        document=document,
        news_index=NewsIndexPage.objects.get(school=school),
        writer=writer,
    )
