"""Secrets of receivers: made here, sealed at rest with a key derived from SECRET_KEY, opened only to sign."""

from __future__ import annotations

import base64
import secrets

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

PREFIX = "whsec_"
_INFO = b"xinqiao.webhooks.secret.v1"


class SealBrokenError(Exception):
    """The secret cannot be opened: SECRET_KEY changed without SECRET_KEY_FALLBACKS. Rotate the secret."""


def new_secret() -> str:
    """Return a fresh secret as Standard Webhooks writes it: whsec_ and 32 random bytes in Base64."""
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def seal(secret: str) -> str:
    """Return the sealed secret."""
    return _box().encrypt(secret.encode()).decode()


def unseal(sealed: str) -> str:
    """Return the secret; raises SealBrokenError."""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise SealBrokenError from error


def _box() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derive(key)) for key in keys])


def _derive(key: str | bytes) -> bytes:
    raw = HKDF(algorithm=SHA256(), length=32, salt=None, info=_INFO).derive(
        key.encode() if isinstance(key, str) else key
    )
    return base64.urlsafe_b64encode(raw)
