"""What the people's area adds to Wagtail's admin."""

from wagtail import hooks

from cms.people.admin import people_css, people_menu_item, people_urls
from cms.people.log import register_people_actions

hooks.register("register_log_actions", register_people_actions)
hooks.register("register_admin_urls", people_urls)
hooks.register("register_admin_menu_item", people_menu_item)
hooks.register("insert_global_admin_css", people_css)
