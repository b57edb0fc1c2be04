"""Addresses of the area."""

from django.urls import URLPattern, path

from forms.sealing.views import reveal

urlpatterns: list[URLPattern] = [path("reveal/", reveal, name="forms_reveal")]
