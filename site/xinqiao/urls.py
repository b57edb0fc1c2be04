"""Every address of the site, from the outside in."""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as admin_urls

handler500 = "cms.web.errors.server_error"

urlpatterns = [
    path("", include("cms.outbox.urls")),
    path("", include("cms.people.urls")),
    path("admin/", include(admin_urls)),
    path("api/v1/", include("cms.api.urls")),
    path("api/v3/", include("cms.moderation.urls")),
    path("", include("cms.media.urls")),
    path("", include("forms.urls")),
    path("", include("cms.urls")),
    path("", include(wagtail_urls)),
]
