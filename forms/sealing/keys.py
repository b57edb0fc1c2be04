"""The keys that answers are sealed under. The newest seals; the older ones open what they sealed."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True)
class SealingKey:
    """A key of 32 bytes and its id."""

    id: str
    secret: bytes


@lru_cache(maxsize=8)
def read_keys(text: str) -> tuple[SealingKey, ...]:
    """Read "id:base64,id:base64", newest first. Raises ImproperlyConfigured when a key is unfit."""
    keys = tuple(_read_key(part.strip()) for part in text.split(",") if part.strip())
    if not keys or len({key.id for key in keys}) < len(keys):
        raise ImproperlyConfigured("FORMS_KEYS needs at least one key, each id once.")
    return keys


def _read_key(part: str) -> SealingKey:
    name, _, encoded = part.partition(":")
    try:
        secret = base64.urlsafe_b64decode(encoded)
    except (binascii.Error, ValueError):
        secret = b""
    if not name.isalnum() or len(secret) != 32:
        raise ImproperlyConfigured(f"FORMS_KEYS: {name or '?'} is not id:base64 of 32 bytes.")
    return SealingKey(name, secret)


def all_keys() -> tuple[SealingKey, ...]:
    """Return the keys, newest first."""
    return read_keys(settings.FORMS_KEYS)


def newest_key() -> SealingKey:
    """Return the key that seals now."""
    return all_keys()[0]


def key_with_id(key_id: str) -> SealingKey | None:
    """Return the key that sealed, None when it is gone."""
    return next((key for key in all_keys() if key.id == key_id), None)
