"""Settings of the test run: the same site, with quick passwords and mail kept in memory."""

from xinqiao import catalog

from . import *
from .env import DATA_DIR

catalog.compile_catalog()  # before anything asks for a text: translations are read once
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_ROOT = DATA_DIR / "test-media"
AXES_ENABLED = False
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, so that `pytest --reuse-db` can skip the migrations.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;"
    )
# Tests of public forms switch the guards on again; the others hand in at once.
FORMS_CHALLENGE_BITS = 0
FORMS_PUBLIC_MIN_SECONDS = 0
