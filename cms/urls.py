"""The addresses of the app, for the site to mount at its root."""

from cms.web.urls import urlpatterns

__all__ = ["urlpatterns"]
