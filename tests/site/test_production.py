"""Production settings are safe, and refuse to start when they are not."""

import os
import subprocess
import sys

from xinqiao.settings.env import ROOT

PRODUCTION = {
    "PRODUCTION": "1",
    "SECRET_KEY": "x9" * 40 + "abcdefghij",
    "FORMS_KEYS": "k1:" + "A" * 43 + "=",
    "FORMS_BLIND_KEY": "a key of fingerprints",
    "SITE_URL": "https://xinqiao.example.gov.cn",
    "ALLOWED_HOSTS": "xinqiao.example.gov.cn",
}


def manage(tmp_path, *args: str, **extra: str) -> subprocess.CompletedProcess[str]:
    clean = {
        key: value for key, value in os.environ.items() if key not in {"DJANGO_SETTINGS_MODULE", "SECRET_KEY"}
    }
    environment = {**clean, "DATA_DIR": str(tmp_path), **extra}
    return subprocess.run(
        [sys.executable, "manage.py", *args],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_settings_pass_the_deployment_check(tmp_path):
    done = manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert done.returncode == 0, done.stderr


def test_production_without_a_secret_key_does_not_start(tmp_path):
    values = {key: value for key, value in PRODUCTION.items() if key != "SECRET_KEY"}
    done = manage(tmp_path, "check", **values)
    assert done.returncode != 0
    assert "SECRET_KEY" in done.stderr


def test_debug_cannot_be_switched_on_in_production(tmp_path):
    code = "from django.conf import settings; print(settings.DEBUG)"
    done = manage(tmp_path, "shell", "-c", code, DEBUG="1", **PRODUCTION)
    assert done.stdout.strip().endswith("False"), done.stderr


def test_a_database_url_moves_the_site_to_postgresql(tmp_path):
    code = "from django.conf import settings; print(settings.DATABASES['default']['ENGINE'])"
    done = manage(tmp_path, "shell", "-c", code, DATABASE_URL="postgres://u:p@db/x")
    assert done.stdout.strip().endswith("django.db.backends.postgresql"), done.stderr
