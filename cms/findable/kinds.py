"""The kinds of things that are found, and the words for them: other apps add theirs with `register_kind`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from cms.pages.models import PolicyStatus


@dataclass(frozen=True)
class FoundKind:
    """A kind of things: its name in the index, its label, and the words for its values of the facet "status"."""

    name: str
    label: Any
    statuses: Mapping[str, Any] = field(default_factory=dict)


_kinds: dict[str, FoundKind] = {}


def register_kind(name: str, label: Any, statuses: Mapping[str, Any] | None = None) -> None:
    """Make a kind known; the last one registered for a name counts. Values of statuses are shared by all kinds."""
    _kinds[name] = FoundKind(name, label, statuses or {})


def found_kinds() -> list[FoundKind]:
    """Return every kind, in the order of registration."""
    return list(_kinds.values())


def kind_label(kind: str) -> str:
    """Return the name of a kind; an unknown one as it is."""
    known = _kinds.get(kind)
    return str(known.label) if known else kind


def status_label(status: str) -> str:
    """Return the words for a value of the facet "status"; an unknown one as it is."""
    for known in _kinds.values():
        if status in known.statuses:
            return str(known.statuses[status])
    return status


register_kind("policy", _("Policies"), dict(PolicyStatus.choices))
register_kind("news", _("Activity news"))
register_kind("plan", _("Plans"))
register_kind("template", _("Plan templates"))
register_kind("school", _("Schools"))
register_kind("page", _("Other pages"))
