"""What the area adds to Wagtail's admin."""

from wagtail import hooks

from forms.builder.menu import FORM_MENU
from forms.registers.admin import ADMINS, register_urls

FORM_MENU.extend(ADMINS)
hooks.register("register_admin_urls", register_urls)
