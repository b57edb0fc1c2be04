"""Where settings come from: environment variables, read once and typed here."""

from pathlib import Path

import environ

ROOT = Path(__file__).resolve().parents[3]
env = environ.Env()

PRODUCTION: bool = env.bool("PRODUCTION", default=False)
DATA_DIR: Path = Path(env.str("DATA_DIR", default=str(ROOT / "var"))).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)


def secret_key() -> str:
    """Return SECRET_KEY, or outside production a random one kept in DATA_DIR.

    Raises ImproperlyConfigured in production when the variable is missing.
    """
    if PRODUCTION or "SECRET_KEY" in env.ENVIRON:
        return env.str("SECRET_KEY")
    path = DATA_DIR / "secret_key"
    if not path.exists():
        from django.core.management.utils import get_random_secret_key

        path.write_text(get_random_secret_key())
        path.chmod(0o600)
    return path.read_text()
