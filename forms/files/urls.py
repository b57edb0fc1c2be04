"""The addresses of the area, mounted at the site's root."""

from django.urls import URLPattern, URLResolver, path

from forms.files.views import serve_answer_file

urlpatterns: list[URLPattern | URLResolver] = [
    path("answer-files/<uuid:uuid>/", serve_answer_file, name="forms_answer_file"),
]
