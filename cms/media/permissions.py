"""Who may do what with pictures and documents, for the admin and the API alike."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permissions import register_permission_policy

from cms.media.models import SiteDocument, SiteImage
from cms.media.visibility import document_is_public, image_is_public
from cms.people.permissions import user_can_edit_bureau_content


def is_public(item: SiteImage | SiteDocument) -> bool:
    """Say whether an open live page shows the file."""
    if item.pk is None:
        return False
    return image_is_public(item) if isinstance(item, SiteImage) else document_is_public(item)


def user_can_change_what_is_shown(user: Any, item: SiteImage | SiteDocument) -> bool:
    """What readers see of a public file is changed by those alone who may publish.

    Otherwise a school editor could put any picture on a published page by replacing the file of one there.
    """
    return user_can_edit_bureau_content(user) or not is_public(item)


class MediaPolicy(CollectionOwnershipPermissionPolicy):
    """Rights come from the collection; what the public sees is deleted by those alone who may publish."""

    def user_has_any_permission_for_instance(self, user: Any, actions: Iterable[str], instance: Any) -> bool:
        wanted = set(actions)
        if "delete" in wanted and not user_can_change_what_is_shown(user, instance):
            wanted.discard("delete")
            if not wanted:
                return False
        return bool(super().user_has_any_permission_for_instance(user, wanted, instance))


def register() -> None:
    """Put our policies in the place of Wagtail's, which ask for rights on Wagtail's own two models."""
    for model in (SiteImage, SiteDocument):
        policy = MediaPolicy(model, owner_field_name="uploaded_by_user")
        register_permission_policy(model, policy, exact_class=True)
