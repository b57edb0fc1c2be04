"""What the area adds to Wagtail's admin."""

from django.urls import URLPattern, path
from wagtail import hooks

from forms.public.views import RulesView, qr_file


@hooks.register("register_admin_urls")
def public_urls() -> list[URLPattern]:
    """Return the addresses of the screens."""
    return [
        path("forms/<int:pk>/rules/", RulesView.as_view(), name="forms_public_rules"),
        path("form-pages/<int:pk>/qr.svg", qr_file, {"kind": "svg"}, name="forms_page_qr_svg"),
        path("form-pages/<int:pk>/qr.png", qr_file, {"kind": "png"}, name="forms_page_qr_png"),
    ]
