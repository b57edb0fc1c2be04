"""The probes' addresses. `HealthMiddleware` answers them first; here they have their names."""

from django.urls import path

from cms.outbox.health import live, ready

urlpatterns = [path("healthz", ready, name="healthz"), path("livez", live, name="livez")]
