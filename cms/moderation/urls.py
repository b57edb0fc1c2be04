"""The authoring API (/api/v3/): Wagtail's own, behind our fence."""

from django.urls import path
from wagtail.api.v3.urls import api

from cms.moderation.fence.media import fence_media_lists
from cms.pages.refusals import tell_refusals

fence_media_lists()
tell_refusals(api)
urlpatterns = [path("", api.urls)]
