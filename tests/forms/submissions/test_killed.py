"""kill -9 between any two statements of handing in: the file of the database holds nothing of it, or all."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from xinqiao.settings.env import ROOT

SETUP = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0, interactive=False)
from tests.factories.forms import make_draft, make_version
from tests.factories.people import make_user
from tests.forms.submissions.conftest import ANSWERS, visit_form
user = make_user("赵老师")
version = make_version(visit_form())
for _ in range(60):
    make_draft(version, user, ANSWERS)
"""
#: Hands in the draft of the given number and dies after as many statements as the number says.
DIE = """
import os, signal, sys
import django; django.setup()
from django.db import connection
from forms.filling.models import Draft
from forms.submissions.actions import SubmitDraft
for number, draft in enumerate(Draft.objects.order_by("created_at"), 1):
    pid = os.fork()
    if pid == 0:
        seen = 0
        def count(execute, sql, params, many, context):
            global seen
            result = execute(sql, params, many, context)
            seen += 1
            if seen == number:
                os.kill(os.getpid(), signal.SIGKILL)
            return result
        connection.connect()
        with connection.execute_wrapper(count):
            SubmitDraft(draft, draft.owner).execute()
        os._exit(7)
    if os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 7:
        print(number)
        break
"""


@pytest.mark.once  # a file of its own is the database here
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_killed_submit_leaves_nothing_or_the_whole(tmp_path: Path):
    environment = {
        **os.environ,
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'x.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "xinqiao.settings",
        "PYTHONPATH": f"{ROOT / 'site'}:{ROOT}",
    }

    def run(code: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    run(SETUP)
    finished = int(run(DIE).split()[-1])
    assert finished > 8, "so many statements at least"
    with sqlite3.connect(tmp_path / "x.sqlite3") as database:
        for table in ("forms_submission", "forms_submissionrevision", "forms_submissionevent"):
            assert database.execute(f"SELECT count(*) FROM {table}").fetchone() == (1,), table  # noqa: S608
        states = database.execute("SELECT state, count(*) FROM forms_draft GROUP BY state").fetchall()
        assert dict(states) == {"open": 59, "submitted": 1}
        assert database.execute("SELECT count(*) FROM forms_indexedanswer").fetchone() == (2,)
