"""The authoring API (/api/v3/): Wagtail's own, behind our fence."""

from django.urls import path
from wagtail.api.v3.urls import api

from cms.moderation.fence.media import fence_media_lists

fence_media_lists()
urlpatterns = [path("", api.urls)]
