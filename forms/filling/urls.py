"""The addresses of the area, mounted at the site's root."""

from django.urls import URLPattern, URLResolver, path

from forms.filling.views.divisions import divisions

urlpatterns: list[URLPattern | URLResolver] = [
    path("codes/divisions/<str:within>/", divisions, name="forms_divisions"),
]
