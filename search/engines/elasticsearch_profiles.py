"""Analysis profiles: word analysers of Elasticsearch's plugins, which may help to order hits.

Pairs of characters find, with every profile; words only add to the score, so that a profile changes no recall.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from elasticsearch import ApiError, Elasticsearch
from elasticsearch_dsl import Text, analyzer

_BAD_REQUEST = 400


class ProfileError(Exception):
    """The profile cannot be used; the message says what to do."""


@dataclass(frozen=True)
class Profile:
    """A word analyser: the plugin that brings it, where that comes from, and what Elasticsearch calls its parts."""

    name: str
    plugin: str
    install: str
    analysis: str = ""
    tokenizer: str = ""
    filters: tuple[str, ...] = ()

    @property
    def analyzer(self) -> Any:
        """The analyser as a mapping names it."""
        if self.analysis:
            return analyzer(self.analysis)
        return analyzer("zh_word", tokenizer=self.tokenizer, filter=list(self.filters))

    @property
    def fields(self) -> dict[str, Text]:
        return {"word": Text(analyzer=self.analyzer, norms=False)}


_OFFICIAL = "bin/elasticsearch-plugin install {}"
_IK = "https://get.infini.cloud/elasticsearch/analysis-ik/VERSION"
PROFILES = {
    "smartcn": Profile("smartcn", "analysis-smartcn", _OFFICIAL.format("analysis-smartcn"), "smartcn"),
    "icu": Profile(
        "icu",
        "analysis-icu",
        _OFFICIAL.format("analysis-icu"),
        tokenizer="icu_tokenizer",
        filters=("icu_folding",),
    ),
    "ik": Profile("ik", "analysis-ik", _OFFICIAL.format(_IK), "ik_max_word"),
}


def profile_named(name: str) -> Profile | None:
    """Return the profile of a setting, None for an empty one. Raises ProfileError for a name that is none."""
    if name and name not in PROFILES:
        raise ProfileError(
            _("ELASTICSEARCH_ANALYSIS is “%(name)s”; it may be empty or one of: %(names)s.")
            % {"name": name, "names": ", ".join(PROFILES)}
        )
    return PROFILES.get(name)


def probe(client: Elasticsearch, profile: Profile) -> None:
    """Have Elasticsearch analyse a word. Raises ProfileError when the plugin is not there."""
    asked = (
        {"analyzer": profile.analysis}
        if profile.analysis
        else {"tokenizer": profile.tokenizer, "filter": list(profile.filters)}
    )
    try:
        client.indices.analyze(text="留守儿童", **asked)
    except ApiError as error:
        if error.status_code != _BAD_REQUEST:
            raise
        raise ProfileError(
            _(
                "Elasticsearch lacks the plugin %(plugin)s that ELASTICSEARCH_ANALYSIS=%(name)s needs."
                " Run “%(install)s” on every node and restart it, or leave the setting empty."
                " Elasticsearch says: %(error)s"
            )
            % {
                "plugin": profile.plugin,
                "name": profile.name,
                "install": profile.install,
                "error": error.message,
            }
        ) from error
