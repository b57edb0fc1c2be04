"""Sealing values at rest: AES-256-GCM under a key id, tied to the thing and the place they belong to."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from forms.sealing.keys import SealingKey, key_with_id, newest_key

NONCE = 12
SEALED = "sealed"


class BrokenSealError(Exception):
    """A sealed value cannot be opened: its key is gone, or it was changed or moved."""


def seal(value: Any, place: str, key: SealingKey | None = None) -> dict[str, str]:
    """Return the JSON value sealed: {"sealed": "key id.base64"}. `place` must be the same when it is opened."""
    key = key or newest_key()
    nonce = os.urandom(NONCE)
    plain = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    cipher = AESGCM(key.secret).encrypt(nonce, plain, place.encode())
    return {SEALED: f"{key.id}.{base64.urlsafe_b64encode(nonce + cipher).decode()}"}


def is_sealed(value: Any) -> bool:
    """Say whether the JSON value is a sealed one."""
    return isinstance(value, dict) and set(value) == {SEALED}


def key_id_of(value: dict[str, str]) -> str:
    """Return the id of the key that sealed the value."""
    return value[SEALED].partition(".")[0]


def unseal(value: dict[str, str], place: str) -> Any:
    """Return what was sealed. Raises BrokenSealError."""
    key_id, _, encoded = value[SEALED].partition(".")
    key = key_with_id(key_id)
    if key is None:
        raise BrokenSealError(f"The key {key_id} is not among FORMS_KEYS.")
    data = base64.urlsafe_b64decode(encoded)
    try:
        plain = AESGCM(key.secret).decrypt(data[:NONCE], data[NONCE:], place.encode())
    except InvalidTag as error:
        raise BrokenSealError(f"The value of {place} was changed or moved.") from error
    return json.loads(plain)


def blind(text: str, purpose: str) -> str:
    """Return a keyed fingerprint (64 hex digits) of a text: equal for equal texts, and telling nothing else.

    The key does not rotate with the sealing keys, or old fingerprints would find nothing.
    """
    return hmac.digest(_blind_secret(purpose, settings.FORMS_BLIND_KEY), text.encode(), "sha256").hex()


@lru_cache(maxsize=16)
def _blind_secret(purpose: str, key: str) -> bytes:
    return hashlib.sha256(f"blind:{purpose}:{key}".encode()).digest()
