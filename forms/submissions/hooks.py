"""What the area adds to Wagtail's admin."""

from wagtail import hooks

from cms.service import register_panels
from forms.builder.menu import FORM_MENU
from forms.submissions.admin import SubmissionAdmin, submission_urls
from forms.submissions.log import register_submission_actions
from forms.submissions.panels import review_panels
from forms.submissions.permissions import user_reviews_anything

FORM_MENU.append(SubmissionAdmin)
hooks.register("register_admin_urls", submission_urls)
hooks.register("register_log_actions", register_submission_actions)
register_panels(user_reviews_anything, review_panels)
