"""What the dashboard hangs into Wagtail. Registrations only."""

from wagtail import hooks
from wagtail.admin import telepath
from wagtail.admin.ui.sidebar import MainMenuModule

from cms.dashboard.menu import MenuAdapter, drop_summary, put_our_panels, trim_menu

hooks.register("construct_main_menu", trim_menu, order=100)
hooks.register("construct_homepage_panels", put_our_panels, order=100)
hooks.register("construct_homepage_summary_items", drop_summary, order=100)
telepath.register(MenuAdapter(), MainMenuModule)
