"""Addresses of pictures and documents."""

from django.urls import path

from cms.media import views

urlpatterns = [
    path("media/images/<int:image_id>/<slug:version>/<str:name>", views.serve_picture, name="picture"),
    # Wagtail's own name: its admin links documents by it.
    path(
        "documents/<int:document_id>/<str:document_filename>", views.serve_document, name="wagtaildocs_serve"
    ),
]
