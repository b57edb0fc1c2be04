"""Saved searches: what they ask, what is new since their owner last looked, and the daily mail about it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.http import QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from cms.findable.access import tokens_of_reader
from cms.people.models import User
from cms.web.search.panel import SearchState
from search.service import Query, SavedSearch, SearchUnavailable, current_engine

MOST = 30  # saved searches of one person
KEYS = 500  # of one search: beyond that, only the newest are watched
STALE = timedelta(minutes=10)


def query_of(state: SearchState, access: frozenset[str], **more: Any) -> Query:
    """Return the question of a state for a reader."""
    return Query(
        state.text,
        filters=state.filters,
        date_from=state.period.first,
        date_to=state.period.last,
        access=access,
        **{"sort": state.sort, **more},
    )


def state_of(saved: SavedSearch) -> SearchState:
    """Return what a saved search asks."""
    return SearchState.of(QueryDict(saved.query.get("query", "")))


def address_of(saved: SavedSearch) -> str:
    """Return the address that shows it, and marks what is new."""
    pairs = [*state_of(saved).pairs, ("saved", str(saved.pk))]
    return f"{reverse('cms_search')}?{urlencode(pairs)}"


@transaction.atomic
def save_search(user: Any, name: str, state: SearchState, *, by_mail: bool = False) -> SavedSearch:
    """Keep a search under a name; what it finds now is not new. Raises ValidationError, SearchUnavailable."""
    name = " ".join(name.split())[:60] or state.text[:60]
    if not name or state.is_empty:
        raise ValidationError(_("Search for something first, and give it a name."))
    if SavedSearch.objects.filter(user=user).count() >= MOST:
        raise ValidationError(_("You keep %(n)d searches already; delete some first.") % {"n": MOST})
    if SavedSearch.objects.filter(user=user, name=name).exists():
        raise ValidationError(_("You keep a search with this name already."))
    keys = keys_of(state, user)
    query = {"query": urlencode(state.pairs)}
    return SavedSearch.objects.create(
        user=user, name=name, query=query, seen=keys, mailed=keys, by_mail=by_mail
    )


def keys_of(state: SearchState, user: Any) -> list[str]:
    """Return the keys of what the search finds for its owner, the newest first. Raises SearchUnavailable."""
    result = current_engine().search(query_of(state, tokens_of_reader(user), sort="newest", limit=KEYS))
    return [] if result.relaxed else [f"{hit.kind}:{hit.object_id}" for hit in result.hits]


def look_at(saved: SavedSearch, user: Any) -> frozenset[str]:
    """Return the keys of what is new, and remember that it was looked at. Raises SearchUnavailable."""
    keys = keys_of(state_of(saved), user)
    fresh = frozenset(keys).difference(saved.seen)
    now = timezone.now()
    SavedSearch.objects.filter(pk=saved.pk).update(
        seen=keys, mailed=keys, seen_at=now, fresh=0, counted_at=now
    )
    return fresh


def counted(user: Any) -> list[SavedSearch]:
    """Return the user's saved searches, `fresh` counted within the last minutes."""
    kept = list(SavedSearch.objects.filter(user=user).order_by("name"))
    for saved in kept:
        if timezone.now() - saved.counted_at > STALE:
            try:
                saved.fresh = len(set(keys_of(state_of(saved), user)).difference(saved.seen))
            except SearchUnavailable:
                break
            saved.counted_at = timezone.now()
            saved.save(update_fields=["fresh", "counted_at"])
    return kept


def mail_news() -> int:
    """Write to everybody who asked for it what her searches found since the last mail; return how many mails went."""
    sent = 0
    for user in (
        User.objects.filter(is_active=True, saved_searches__by_mail=True).exclude(email="").distinct()
    ):
        found = []
        for saved in SavedSearch.objects.filter(user=user, by_mail=True).order_by("name"):
            keys = keys_of(state_of(saved), user)
            if fresh := len(set(keys).difference(saved.seen, saved.mailed)):
                found.append((saved, fresh, settings.WAGTAILADMIN_BASE_URL + address_of(saved), keys))
        if found:
            with override(settings.LANGUAGE_CODE):
                _message(user, found).send()
            for saved, _fresh, _address, keys in found:
                SavedSearch.objects.filter(pk=saved.pk).update(mailed=keys)
            sent += 1
    return sent


def _message(user: User, found: list[tuple[SavedSearch, int, str, list[str]]]) -> EmailMessage:
    searches = [(saved.name, fresh, address) for saved, fresh, address, _keys in found]
    text = render_to_string("cms/mail/saved_searches.txt", {"reader": user, "searches": searches})
    return EmailMessage(_("New in your saved searches"), text, to=[user.email])
