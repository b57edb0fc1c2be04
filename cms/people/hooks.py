"""What the people's area adds to Wagtail's admin."""

from wagtail import hooks

from cms.people.log import register_people_actions

hooks.register("register_log_actions", register_people_actions)
