"""What the schools' area adds to Wagtail's admin."""

from wagtail import hooks

from cms.schools.log import register_school_actions

hooks.register("register_log_actions", register_school_actions)
