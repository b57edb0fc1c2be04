"""What the area adds to Wagtail's admin."""

from wagtail import hooks

from cms.service import register_panels
from forms.builder.menu import FORM_MENU
from forms.registers.admin import ADMINS, register_urls
from forms.registers.panels import transfer_panels
from forms.registers.permissions import user_decides_transfers

FORM_MENU.extend(ADMINS)
hooks.register("register_admin_urls", register_urls)
register_panels(user_decides_transfers, transfer_panels)
