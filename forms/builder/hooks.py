"""What the builder adds to Wagtail's admin."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks

from forms.builder.admin import FormAdmin, LibraryAdmin, builder_urls
from forms.builder.menu import FORM_MENU

FORM_MENU += [FormAdmin, LibraryAdmin]
hooks.register("register_admin_urls", builder_urls)


@hooks.register("insert_global_admin_css")
def builder_css() -> SafeString:
    """Styles of the builder."""
    return format_html('<link rel="stylesheet" href="{}">', static("forms/builder.css"))
