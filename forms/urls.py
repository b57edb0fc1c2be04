"""The addresses of the app, for the site to mount at its root."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("forms.filling.urls")),
    path("", include("forms.files.urls")),
    path("", include("forms.submissions.urls")),
    path("", include("forms.registers.urls")),
    path("", include("forms.sealing.urls")),
    path("", include("forms.public.urls")),
    path("", include("forms.desk.urls")),
    path("", include("forms.findable.urls")),
]
