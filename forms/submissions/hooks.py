"""What the area adds to Wagtail's admin."""

from wagtail import hooks

from forms.submissions.log import register_submission_actions

hooks.register("register_log_actions", register_submission_actions)
