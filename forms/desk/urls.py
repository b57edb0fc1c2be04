"""The addresses of the area, mounted at the site's root."""

from django.urls import URLPattern, URLResolver, path

from forms.desk.views import child

urlpatterns: list[URLPattern | URLResolver] = [
    path("desk/children/<uuid:uuid>/", child, name="forms_desk_child"),
]
