"""What moderation adds to the base page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from wagtail.log_actions import get_active_log_context

from cms.moderation.forms import ModeratedPageForm

if TYPE_CHECKING:
    from wagtail.models import AbstractPage as _Page
else:
    _Page = object


class ModeratedPageMixin(_Page):
    """Puts the bureau's rules where the admin, the authoring API and our own code all pass."""

    base_form_class: ClassVar[type[ModeratedPageForm]] = ModeratedPageForm

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Pin the form to each page type: Wagtail's admin puts its own on the base page when it starts."""
        super().__init_subclass__(**kwargs)
        cls.base_form_class = cls.base_form_class

    def permissions_for_user(self, user: Any) -> Any:
        """Return the `PageRules` of the user for this page."""
        from cms.moderation.permissions import PageRules

        return PageRules(user, self)

    def publish(self, revision: Any, user: Any = None, **options: Any) -> Any:
        """Publish the revision through `PublishPage`."""
        from cms.moderation.actions import PublishPage

        skip = options.pop("skip_permission_checks", False)
        return PublishPage(revision, user=user, **options).execute(skip_permission_checks=skip)

    def get_admin_display_title(self) -> str:
        """Return the draft's title to those who may see drafts, to others the public one.

        A page that is not public has no public title: it is called by its type.
        """
        from cms.moderation.permissions import user_can_see_draft

        user = get_active_log_context().user
        if user is None or user_can_see_draft(user, self):
            return super().get_admin_display_title()
        return self.title if self.live else str(self.page_type_display_name)
