"""What the schools' area adds to Wagtail's admin."""

from wagtail import hooks
from wagtail_modeladmin.options import modeladmin_register

from cms.schools.admin import SchoolAdmin, school_urls
from cms.schools.log import register_school_actions

modeladmin_register(SchoolAdmin)
hooks.register("register_admin_urls", school_urls)
hooks.register("register_log_actions", register_school_actions)
