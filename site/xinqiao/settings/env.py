"""Where settings come from: environment variables, read once and typed here."""

import base64
import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import environ
from django.core.management.utils import get_random_secret_key

ROOT = Path(__file__).resolve().parents[3]
env = environ.Env()

PRODUCTION: bool = env.bool("PRODUCTION", default=False)
DATA_DIR: Path = Path(env.str("DATA_DIR", default=str(ROOT / "var"))).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)


def secret_key() -> str:
    """Return SECRET_KEY, or outside production a random one kept in DATA_DIR.

    Raises ImproperlyConfigured in production when the variable is missing.
    """
    return kept_secret("SECRET_KEY", get_random_secret_key)


def kept_secret(name: str, make: Callable[[], str]) -> str:
    """Return the variable, or outside production a value made once and kept in DATA_DIR.

    Raises ImproperlyConfigured in production when the variable is missing.
    """
    if PRODUCTION or name in env.ENVIRON:
        return env.str(name)
    path = DATA_DIR / name.lower()
    if not path.exists():
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.write_text(make())
        fresh.chmod(0o600)
        with suppress(FileExistsError):  # another process was quicker: its value stands
            os.link(fresh, path)
        fresh.unlink()
    return path.read_text()


def new_sealing_key() -> str:
    """Return a key for FORMS_KEYS: "k1:" and 32 random bytes as base64."""
    return f"k1:{base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()}"
