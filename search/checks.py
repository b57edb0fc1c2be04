"""Checks of the settings at the start: can Elasticsearch do what they ask of it?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error


def check_analysis(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    """Demand that the analysis profile is one, and that Elasticsearch has its plugin. One that is down is not asked."""
    from elastic_transport import TransportError
    from elasticsearch import ApiError

    from search.engines.elasticsearch_client import connect
    from search.engines.elasticsearch_profiles import ProfileError, probe, profile_named

    try:
        profile = profile_named(settings.ELASTICSEARCH_ANALYSIS)
        if profile and settings.ELASTICSEARCH_URL:
            probe(connect().options(request_timeout=5, max_retries=0), profile)
    except ProfileError as error:
        return [Error(str(error), id="search.E001")]
    except (ApiError, TransportError):
        return []
    return []
