"""The addresses of the area, mounted at the site's root."""

from django.urls import URLPattern, URLResolver, path

from forms.findable.links import found_form, found_record, found_submission

urlpatterns: list[URLPattern | URLResolver] = [
    path("found/forms/<int:pk>/", found_form, name="forms_found_form"),
    path("found/submissions/<uuid:pk>/", found_submission, name="forms_found_submission"),
    path("found/records/<uuid:pk>/", found_record, name="forms_found_record"),
]
