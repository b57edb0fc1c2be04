"""What moderation hangs into Wagtail. Registrations only."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from cms.moderation import notices
from cms.moderation.actions import HELD_BACK, register_actions
from cms.moderation.editor import refuse_unfit_page, refuse_unfit_pages, say_why_it_came_back
from cms.moderation.fence.choosers import choosable_pages
from cms.moderation.fence.filters import fence_filters
from cms.moderation.fence.word_lists import hide_word_lists

fence_filters()
notices.connect()
hooks.register("construct_main_menu", hide_word_lists)
hooks.register("register_actions", register_actions, order=10)
hooks.register("before_edit_page", say_why_it_came_back)
hooks.register("before_publish_page", refuse_unfit_page)
hooks.register("before_bulk_action", refuse_unfit_pages)
hooks.register("construct_page_chooser_queryset", choosable_pages)


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    """Name what our actions write into the history."""
    actions.register_action(HELD_BACK, _("Held back"), _("Not published on schedule: a check failed"))
