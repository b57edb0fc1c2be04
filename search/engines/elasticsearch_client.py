"""The connection to Elasticsearch, from the settings."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from elasticsearch import Elasticsearch


def connect() -> Elasticsearch:
    """Return a client for the nodes of ELASTICSEARCH_URL (several are separated by commas)."""
    options: dict[str, Any] = {"connections_per_node": settings.ELASTICSEARCH_CONNECTIONS}
    if settings.ELASTICSEARCH_USER:
        options["basic_auth"] = (settings.ELASTICSEARCH_USER, settings.ELASTICSEARCH_PASSWORD)
    if settings.ELASTICSEARCH_CA:
        options["ca_certs"] = settings.ELASTICSEARCH_CA
    return Elasticsearch([url.strip() for url in settings.ELASTICSEARCH_URL.split(",")], **options)
