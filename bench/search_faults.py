"""Does the index agree with the database after the worker was killed again and again? `python -m bench.search_faults`.

    python -m bench.search_faults [--kills 20] [--engine embedded] [--engine elasticsearch] [--seed 1]

The worker is the real one, the engine too (Elasticsearch where ELASTICSEARCH_URL names one). Pages and records are
made, changed, published, taken back, moved and deleted at random while the worker dies at random moments, also amid a
rebuild.
Exits 1 when `search_check` finds anything different in the end.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

ROOT = Path(__file__).resolve().parents[1]
START = 90  # seconds until a worker gives its first sign of life
PATIENCE = 240  # seconds for the last worker to catch up
EDITS_BEFORE = 15
LIFE = 2.5  # seconds that a worker lives at most after its first sign of life
WORDS = ("家访", "谈心", "联系卡", "亲情电话", "结对帮扶", "留守儿童", "安全教育", "心理健康", "档案")


def main() -> None:
    """Measure each engine in a process of its own: the settings name the engine."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--engine", choices=["embedded", "elasticsearch"], action="append")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.here:
        sys.exit(0 if measure(options.kills, options.seed) else 1)
    url = os.environ.get("ELASTICSEARCH_URL", "")
    bad = False
    for engine in options.engine or ["embedded", *(["elasticsearch"] if url else [])]:
        with tempfile.TemporaryDirectory() as folder:
            env = {
                **os.environ,
                "DATA_DIR": folder,
                "DATABASE_URL": f"sqlite:///{folder}/x.sqlite3",
                "DJANGO_SETTINGS_MODULE": "xinqiao.settings",
                "ELASTICSEARCH_URL": url if engine == "elasticsearch" else "",
                "PYTHONPATH": f"{ROOT / 'site'}:{ROOT}",
                "SEARCH_INDEX": f"faults-{uuid4().hex[:10]}",
            }
            asked = ["--here", "--kills", str(options.kills), "--seed", str(options.seed)]
            command = [sys.executable, "-m", "bench.search_faults", *asked]
            bad |= bool(subprocess.call(command, env=env, cwd=ROOT))
    sys.exit(bad)


def measure(kills: int, seed: int) -> bool:
    """Torment the worker of an empty site, print what came of it, and say whether all is well."""
    import django

    django.setup()
    from django.core.management import call_command

    from search.service import current_engine

    call_command("migrate", verbosity=0)
    editor = Editor(random.Random(seed))
    editor.settle_in()
    try:
        found = torment(editor, start_worker, kills)
        engine = current_engine()
        print(json.dumps({"engine": engine.name, **found}, ensure_ascii=False), flush=True)
    finally:
        current_engine().destroy()
    return bool(found["agrees"])


class Process(Protocol):
    """A worker: what `subprocess.Popen` can do of it."""

    pid: int

    def kill(self) -> None: ...
    def terminate(self) -> None: ...
    def wait(self) -> Any: ...


def start_worker() -> subprocess.Popen[bytes]:
    """Start `manage.py worker`. What it says of tasks for pages that are gone is left out."""
    command = [sys.executable, str(ROOT / "manage.py"), "worker"]
    return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)


def torment(editor: Editor, start: Callable[[], Process], kills: int, life: float = LIFE) -> dict[str, Any]:
    """Edit while workers are killed, let the last one catch up, and compare; return the figures."""
    amid = 0
    for _kill in range(kills):
        worker = start()
        try:
            for _edit in range(EDITS_BEFORE):
                editor.edit()  # work waits when the worker comes
            _wait(partial(_is_alive, worker.pid), START)
            end = time.monotonic() + editor.chance.uniform(0, life)
            while time.monotonic() < end:
                editor.edit()
                time.sleep(editor.chance.uniform(0, 0.1))  # others may write too
        finally:
            worker.kill()
            worker.wait()
        amid += _was_writing()
    began = time.monotonic()
    worker = start()
    try:
        caught_up = _wait(_is_quiet, PATIENCE)
        seconds = time.monotonic() - began
        _wait(partial(_is_alive, worker.pid), START)
    finally:
        worker.terminate()
        worker.wait()
    said, agrees = _checked()
    return {
        "kills": kills,
        "killed_while_writing": amid,
        "edits": editor.done.total(),
        "kinds_of_edits": dict(editor.done),
        "catching_up_s": round(seconds, 1),
        "agrees": agrees and caught_up,
        "search_check": said[-5:],
    }


def _wait(check: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if check():
            return True
        time.sleep(0.05)
    return False


def _is_alive(pid: int) -> bool:
    from cms.outbox.models import WorkerBeat

    return WorkerBeat.objects.filter(pid=pid).exists()


def _was_writing() -> bool:
    """Say whether the worker that was killed held the lease: it died between taking changes and ticking them off."""
    from search.models import IndexLease

    return IndexLease.objects.exclude(holder="").exists()


def _is_quiet() -> bool:
    from search.models import IndexChange
    from search.service import current_engine

    return not IndexChange.objects.open().exists() and current_engine().health().state == "ok"


def _checked() -> tuple[list[str], bool]:
    """Return what `search_check` says, and whether it is content."""
    from io import StringIO

    from django.core.management import call_command

    out = StringIO()
    try:
        call_command("search_check", stdout=out)
    except SystemExit:
        return out.getvalue().splitlines(), False
    return out.getvalue().splitlines(), True


@dataclass
class Editor:
    """Somebody who does one thing after the other with pages and records, at random."""

    chance: random.Random
    done: Counter[str] = field(default_factory=Counter)
    schools: list[Any] = field(default_factory=list)
    register: Any = None

    def settle_in(self, pages: int = 60) -> None:
        """Make two schools, a register, and something to begin with."""
        from tests.factories.people import make_school
        from tests.factories.registers import make_register

        self.schools = [make_school("石桥小学"), make_school("柳林小学")]
        self.register = make_register()
        for _page in range(pages):
            self.make()
        self.enter()

    def edit(self) -> None:
        """Do one thing, or nothing where somebody else holds the database for too long."""
        from django.db import OperationalError

        ways = (
            (self.make, 5), (self.rewrite, 6), (self.sketch, 3), (self.take_back, 3), (self.delete, 2), (self.move, 2),
            (self.fence, 1), (self.rename_school, 1), (self.enter, 3), (self.correct, 4), (self.strike, 1),
            (self.rebuild, 1),
        )  # fmt: skip
        way = self.chance.choices([way for way, _ in ways], [weight for _, weight in ways])[0]
        try:
            way()
        except OperationalError:
            return
        self.done[way.__name__] += 1

    def text(self) -> str:
        return "".join(self.chance.choices(WORDS, k=self.chance.randint(2, 30)))

    def make(self) -> None:
        from tests.factories.pages import make_news, make_plan

        make_one = self.chance.choice([make_news, make_plan])
        make_one(self.chance.choice(self.schools), self.text()[:40], live=self.chance.random() < 0.7)

    def page(self) -> Any:
        from cms.pages.models import ActivityNewsPage, PlanPage

        model = self.chance.choice([ActivityNewsPage, PlanPage])
        return model.objects.order_by("?").first()

    def rewrite(self) -> None:
        if page := self.page():
            page.title, page.intro = self.text()[:40], self.text()
            page.save_revision().publish()

    def sketch(self) -> None:
        if page := self.page():
            page.title = self.text()[:40]
            page.save_revision()

    def take_back(self) -> None:
        if page := self.page():
            page.unpublish()

    def delete(self) -> None:
        if page := self.page():
            page.delete()

    def move(self) -> None:
        page = self.page()
        if page is None:
            return
        other = next(school for school in self.schools if school.pk != page.school_id)
        index = type(page.get_parent().specific).objects.filter(school=other).first()
        if index is not None:
            page.move(index, pos="last-child")

    def fence(self) -> None:
        from wagtail.models import PageViewRestriction

        if (fence := PageViewRestriction.objects.first()) is not None:
            fence.delete()
        elif page := self.page():
            PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)

    def rename_school(self) -> None:
        school = self.chance.choice(self.schools)
        school.name = f"{school.name[:4]}{self.chance.choice('甲乙丙丁')}"
        school.save()

    def enter(self) -> None:
        from tests.factories.registers import make_record

        make_record(self.register, self.chance.choice(self.schools), **{"class": self.text()[:20]})

    def record(self) -> Any:
        from forms.registers.models import Record

        return Record.objects.order_by("?").first()

    def correct(self) -> None:
        from forms.registers.actions.edits import EditRecord

        if record := self.record():
            EditRecord(record, {"class": self.text()[:20]}, record.version).execute()

    def strike(self) -> None:
        if record := self.record():
            record.delete()

    def rebuild(self) -> None:
        """Ask for a rebuild; what dead workers left behind is taken for failed."""
        from cms.search_office.actions import start_index_work
        from search.models import IndexRun

        IndexRun.objects.filter(finished_at=None).update(state=IndexRun.State.FAILED)
        start_index_work(IndexRun.Kind.REBUILD)


if __name__ == "__main__":
    main()
