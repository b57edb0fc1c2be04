"""The auth groups behind the roles: which Wagtail rights a role carries, and who is in which group."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from cms.people.models import BUREAU_ROLES, WRITING_ROLES, Membership, Role, User
from cms.people.permissions import forget_memberships

if TYPE_CHECKING:
    from cms.pages.models import BasePage

ADMIN_ACCESS = "wagtailadmin.access_admin"
WORD_LISTS = [
    f"cms.{verb}_{model}" for verb in ("add", "change", "delete") for model in ("topic", "activitykind")
]
REDIRECTS = [f"wagtailredirects.{verb}_redirect" for verb in ("add", "change", "delete")]

#: Rights that hold everywhere. Nobody below the superuser holds a right over users, groups, sites, workflows
#: or API tokens: in Wagtail each of those is a way to become superuser, or to act as somebody else.
MODEL_RIGHTS: dict[str, list[str]] = {
    Role.BUREAU_ADMIN: [ADMIN_ACCESS, *WORD_LISTS, *REDIRECTS, "cms.change_bureausettings"],
    Role.BUREAU_EDITOR: [ADMIN_ACCESS, *WORD_LISTS],
    Role.INSPECTOR: [ADMIN_ACCESS],
    Role.SCHOOL_HEAD: [ADMIN_ACCESS],
    Role.SCHOOL_EDITOR: [ADMIN_ACCESS],
}
BUREAU_PAGE_RIGHTS = ["add", "change", "publish", "bulk_delete", "lock", "unlock"]
#: No `publish`: that is what makes the bureau's approval the only way to the public.
SCHOOL_PAGE_RIGHTS = ["add", "change"]
MEDIA_RIGHTS = [
    f"{verb}_{model}" for verb in ("add", "change", "choose") for model in ("siteimage", "sitedocument")
]


def bureau_group(role: str) -> Group:
    """Return the group of a bureau role, made when missing."""
    return Group.objects.get_or_create(name=f"bureau:{role}")[0]


def grant_models(group: Group, role: str) -> None:
    """Give the group exactly the model rights of the role."""
    group.permissions.set(_permissions(MODEL_RIGHTS.get(role, [])))


def grant_pages(group: Group, page: BasePage, rights: list[str]) -> None:
    """Give the group these rights on the page and all below it."""
    GroupPagePermission.objects.bulk_create(
        [
            GroupPagePermission(group=group, page=page, permission=permission)
            for permission in _permissions(f"cms.{right}_basepage" for right in rights)
        ],
        ignore_conflicts=True,
    )


def grant_media(group: Group, collection: Collection) -> None:
    """Give the group the right to add, change and choose pictures and documents of the collection."""
    GroupCollectionPermission.objects.bulk_create(
        [
            GroupCollectionPermission(group=group, collection=collection, permission=permission)
            for permission in _permissions(f"cms.{code}" for code in MEDIA_RIGHTS)
        ],
        ignore_conflicts=True,
    )


def _permissions(names: Iterable[str]) -> list[Permission]:
    """Return the permissions of these names (`app.codename`), each of which must be there."""
    wanted = set(names)
    found = Permission.objects.select_related("content_type").filter(
        codename__in={name.partition(".")[2] for name in wanted}
    )
    held = {f"{right.content_type.app_label}.{right.codename}": right for right in found}
    return [held[name] for name in sorted(wanted)]


def ensure_bureau_groups(root: BasePage) -> None:
    """Make the bureau's groups and give them their rights from the root down."""
    for role in BUREAU_ROLES:
        group = bureau_group(role)
        grant_models(group, role)
        if role != Role.INSPECTOR:
            grant_pages(group, root, BUREAU_PAGE_RIGHTS)
            grant_media(group, Collection.get_first_root_node())


def sync_groups(user: User) -> None:
    """Put the user into the groups of her memberships in force and out of all other groups of roles."""
    from cms.schools.models import SchoolGroup

    held = Membership.objects.filter(user=user).in_force()
    wanted = {bureau_group(m.role).pk for m in held if m.role in BUREAU_ROLES}
    for member in held.filter(role__in=WRITING_ROLES):
        wanted |= set(
            SchoolGroup.objects.filter(school=member.school, role=member.role).values_list(
                "group_id", flat=True
            )
        )
    ours = Group.objects.filter(name__startswith="bureau:") | Group.objects.filter(school_group__isnull=False)
    user.groups.remove(*ours.exclude(pk__in=wanted))
    user.groups.add(*wanted)
    forget_memberships(user)
