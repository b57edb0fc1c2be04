"""Where data is kept: database, cache, files, tasks, the search engine's address."""

from .env import DATA_DIR, env

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'xinqiao.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Opening the file and setting it up costs more than most queries: each thread keeps its connection.
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["OPTIONS"] = {
        # IMMEDIATE: a transaction that reads first and writes later would otherwise fail as "locked" at once.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

# Shared by the processes of one machine; several machines share redis:// or dbcache:// instead.
CACHES = {"default": env.cache_url("CACHE_URL", default=f"filecache://{DATA_DIR / 'cache'}")}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"
# A path of the web server in front (nginx `internal`) that it sends files from, see docs/features/media.md.
MEDIA_ACCEL_PREFIX: str = env.str("MEDIA_ACCEL_PREFIX", default="")
ELASTICSEARCH_URL: str = env.str("ELASTICSEARCH_URL", default="")
ELASTICSEARCH_USER: str = env.str("ELASTICSEARCH_USER", default="")
ELASTICSEARCH_PASSWORD: str = env.str("ELASTICSEARCH_PASSWORD", default="")
ELASTICSEARCH_CA: str = env.str("ELASTICSEARCH_CA", default="")
#: As many connections a process as it has threads, and some for the worker's bulks: with fewer, requests wait for one.
WEB_THREADS: int = env.int("WEB_THREADS", default=4)
ELASTICSEARCH_CONNECTIONS: int = env.int("ELASTICSEARCH_CONNECTIONS", default=WEB_THREADS + 6)
ELASTICSEARCH_ANALYSIS: str = env.str("ELASTICSEARCH_ANALYSIS", default="")
SEARCH_INDEX: str = env.str("SEARCH_INDEX", default="xinqiao")
#: After so long without a sign of life another worker takes over the index; a living one renews its lease.
SEARCH_LEASE_SECONDS: int = env.int("SEARCH_LEASE_SECONDS", default=20)
SEARCH_FOLDER = DATA_DIR / "search"

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
