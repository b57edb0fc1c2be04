"""Settings of the measurement: the site's own; static files are not collected first."""

from xinqiao.settings import *

STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
