"""Who may do what with a page: the tree's rights, and above them locks, submissions and schools.

`PageRules` is asked by the admin, by the authoring API and by our own API alike, because each of them goes
through `BasePage.permissions_for_user`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Model
from wagtail.models.pages import PagePermissionTester
from wagtail.permissions import policy_registry

from cms.people.models import WRITING_ROLES
from cms.people.permissions import school_ids_of, user_is_bureau

if TYPE_CHECKING:
    from cms.moderation.references import Reference
    from cms.pages.models import BasePage


class PageRules(PagePermissionTester):
    """What one user may do with one page.

    Beyond Wagtail's own rules: a lock binds everybody but its holder, also against publishing, deleting and
    moving; a page that waits for the bureau's word is published by that word alone; a public alias belongs to
    those who publish.
    """

    def locked_by_another(self) -> bool:
        """Say whether somebody else keeps the page locked."""
        return bool(self.page.locked and self.page.locked_by_id != self.user.pk)

    def subtree_locked(self) -> bool:
        """Say whether a lock, a submission or a schedule holds the page, or a lock a page below it."""
        if self.locked_by_another() or self.page_locked():
            return True
        below = self.page.get_descendants().filter(locked=True)
        return below.exclude(locked_by=self.user.pk).exists()

    def can_edit(self) -> bool:
        public_alias = self.page.alias_of_id and self.page.live
        return super().can_edit() and (not public_alias or self.may_publish_here())

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return super().can_delete(ignore_bulk) and not self.subtree_locked()

    def can_move_to(self, destination: BasePage) -> bool:
        return not self.subtree_locked() and super().can_move_to(destination)

    def can_publish(self) -> bool:
        return super().can_publish() and not self.locked_by_another() and not self.page.workflow_in_progress

    def can_set_view_restrictions(self) -> bool:
        return super().can_publish() and not self.locked_by_another()

    def can_unschedule(self) -> bool:
        return super().can_publish() and not self.locked_by_another()

    def may_publish_here(self) -> bool:
        """Say whether the user holds the publish right at this place, whatever the page's state."""
        return bool(self.user.is_active and (self.user.is_superuser or "publish" in self.permissions))


def user_can_see_draft(user: Any, page: BasePage) -> bool:
    """Drafts are seen by the bureau, and by those who write for the page's school."""
    return user_is_bureau(user) or page.school_id in school_ids_of(user, *WRITING_ROLES)


def user_can_refer_to(user: Any, reference: Reference) -> bool:
    """A page may point to what its writer could choose: her school's, and the bureau's public pages."""
    from cms.pages.models import BasePage

    if user_is_bureau(user):
        return True
    thing = reference.model._default_manager.filter(pk=reference.pk).first()
    if thing is None:
        return True  # the form says itself that there is no such thing
    if isinstance(thing, BasePage):
        return user_can_choose_page(user, thing)
    return user_can_see_media(user, thing)


def user_can_choose_page(user: Any, page: BasePage) -> bool:
    """A writer links to pages of her schools, and to the bureau's public pages."""
    return user_can_see_draft(user, page) or (page.school_id is None and page.live)


def user_can_see_media(user: Any, thing: Model) -> bool:
    """A picture or document is seen in the admin by those who hold a right on its collection."""
    policy = policy_registry.get(thing)
    return user_is_bureau(user) or policy.user_has_any_permission_for_instance(
        user, {"add", "change", "delete", "choose"}, thing
    )
