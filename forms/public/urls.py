"""The addresses of the area, mounted at the site's root."""

from django.urls import URLPattern, URLResolver, path

from forms.public.views import short, withdraw

urlpatterns: list[URLPattern | URLResolver] = [
    path("f/<slug:code>/", short, name="forms_short"),
    path("receipts/<uuid:uuid>/withdraw/", withdraw, name="forms_withdraw"),
]
