"""A school is made whole: record, pages, collection, groups, permissions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.log_actions import log
from wagtail.models import Collection

from cms.pages.models import NewsIndexPage, PlanIndexPage, SchoolIndexPage, SchoolPage
from cms.people.groups import SCHOOL_PAGE_RIGHTS, grant_media, grant_models, grant_pages
from cms.people.models import WRITING_ROLES
from cms.people.permissions import user_can_manage_schools
from cms.schools.models import School, SchoolCollection, SchoolGroup


@dataclass
class CreateSchool:
    """Make a school with its page, news and plan lists, collection, groups and permissions (新建学校).

    `fields` are the School model's; raises ValidationError on bad ones, PermissionDenied without the right.
    `user=None` is the operator at the shell.
    """

    fields: dict[str, Any]
    user: Any = None
    school: School = field(init=False)

    def check(self) -> None:
        if self.user is not None and not user_can_manage_schools(self.user):
            raise PermissionDenied
        self.school = School(**self.fields)
        self.school.full_clean()

    @transaction.atomic
    def execute(self) -> School:
        self.check()
        self.school.save()
        with override("zh-hans"):
            page = self._make_pages()
        collection = self._make_collection()
        for role in WRITING_ROLES:
            group = Group.objects.create(name=f"school:{self.school.code}:{role}")
            SchoolGroup.objects.create(school=self.school, role=role, group=group)
            grant_models(group, role)
            grant_pages(group, page, SCHOOL_PAGE_RIGHTS)
            grant_media(group, collection)
        log(instance=self.school, action="wagtail.create", user=self.user)
        return self.school

    def _make_pages(self) -> SchoolPage:
        directory = SchoolIndexPage.objects.get()
        page = directory.add_child(
            instance=SchoolPage(title=self.school.name, slug=self.school.code, owning_school=self.school)
        )
        page.add_child(instance=NewsIndexPage(title=_("Activity news"), slug="news"))
        page.refresh_from_db()
        page.add_child(instance=PlanIndexPage(title=_("Plans"), slug="plans"))
        return page

    def _make_collection(self) -> Collection:
        root = Collection.get_first_root_node()
        collection = root.add_child(instance=Collection(name=self.school.name))
        SchoolCollection.objects.create(school=self.school, collection=collection)
        return collection
