"""What the filters beside Wagtail's lists offer: the names of colleagues, and the tags of one's own media."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django_filters.filters import QuerySetRequestMixin
from taggit.models import Tag
from wagtail.log_actions import get_active_log_context
from wagtail.permissions import policy_registry

from cms.people.models import BUREAU_ROLES, User
from cms.people.permissions import school_ids_of, user_is_bureau

RIGHTS = {"add", "change", "delete", "choose"}


def people_known_to(user: Any) -> QuerySet[User]:
    """Return whose names the user may read: everybody's for the bureau, else her schools' and the bureau's."""
    if user_is_bureau(user):
        return User.objects.all()
    near = Q(memberships__school__in=school_ids_of(user)) | Q(memberships__role__in=BUREAU_ROLES)
    return User.objects.filter(pk__in=User.objects.filter(near).values("pk"))


def tags_of_own_media(model: Any, count: int = 10) -> QuerySet[Tag]:
    """Return the tags most used on those pictures or documents that the person at work holds a right on."""
    tags = Tag.objects.filter(taggit_taggeditem_items__content_type__model=model._meta.model_name)
    user = get_active_log_context().user
    if user is None or not user_is_bureau(user):
        policy = policy_registry.get_by_type(model)
        own = policy.instances_user_has_any_permission_for(user, RIGHTS) if user else model.objects.none()
        tags = tags.filter(taggit_taggeditem_items__object_id__in=own.values("pk"))
    return tags.annotate(item_count=Count("taggit_taggeditem_items")).order_by("-item_count")[:count]


def fence_filters() -> None:
    """Put these in the place of Wagtail's, which offer the names and tags of all schools.

    Wagtail 8.0 has no hook there: one class and one function serve all its lists.
    """
    from wagtail.admin import filters
    from wagtail.images.views import chooser

    def known_people(self: Any, request: HttpRequest) -> QuerySet[User]:
        found = QuerySetRequestMixin.get_queryset(self, request)
        found = User.objects.all() if found is None else found
        return found.filter(pk__in=people_known_to(request.user).values("pk"))

    filters.MultipleUserFilter.get_queryset = known_people
    filters.popular_tags_for_model = tags_of_own_media
    chooser.popular_tags_for_model = tags_of_own_media
