"""How many lists a second: /api/v1/ against Wagtail's stock v3 API, same machine and rows, nothing cached.

    python -m bench.api [--rows 1000] [--rounds 3] [--seconds 3]

Makes a throwaway database, starts granian on both, and measures them in turns, so that a busy machine slows
both. Uses wrk when it is there, else threads. Prints requests a second and the ratio; exits 1 when ours is not
at least --demand times as fast.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from http.client import HTTPConnection
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[1]
OURS = "/api/v1/news?fields=title,intro,date"
OURS_WHOLE = "/api/v1/news"
OURS_BODY = "/api/v1/news?fields=*,body"
STOCK = "/api/v3/pages/?type=cms.ActivityNewsPage"
SEED = """
from datetime import date, timedelta
from cms.pages.models import ActivityKind, ActivityNewsPage, NewsIndexPage
from cms.schools.actions import CreateSchool
kind = ActivityKind.objects.create(name="主题班会", slug="class-meeting")
fields = {"code": "bench", "name": "测试小学", "stage": "primary", "township": "城关镇"}
school = CreateSchool(fields).execute()
index = NewsIndexPage.objects.get(school=school)
for number in range(ROWS):
    index.add_child(instance=ActivityNewsPage(
        title=f"第{number}次家访活动纪实", slug=f"news-{number}",
        date=date(2025, 9, 1) + timedelta(days=number % 365),
        intro="班主任走进学生家中，了解留守儿童的生活和学习情况，并与监护人交谈。", kind=kind, place="城关镇",
        body=[("text", "<p>" + "活动顺利举行，全体师生参加。" * 20 + "</p>")]))
    index.refresh_from_db()
"""


def environment(data: str) -> dict[str, str]:
    """Both servers get the same: an own database, and an allowance that is counted but never used up."""
    return {
        **os.environ,
        "DATA_DIR": data,
        "PYTHONPATH": f"{ROOT / 'site'}:{ROOT}",
        "API_RATE_ANONYMOUS": "1000000000",
        "LOG_LEVEL": "ERROR",
        "PYTHONWARNINGS": "ignore",
    }


def prepare(env: dict[str, str], rows: int) -> None:
    """Migrate and make the rows."""
    manage = [sys.executable, "manage.py"]
    subprocess.run([*manage, "migrate", "--verbosity=0"], check=True, cwd=ROOT, env=env)
    script = SEED.replace("ROWS", str(rows))
    subprocess.run([*manage, "shell", "-v", "0", "-c", script], check=True, cwd=ROOT, env=env)


class Server:
    """A granian with two workers, ready when it answers."""

    def __init__(self, application: str, settings: str, env: dict[str, str]) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        command = [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port",
            str(self.port), "--workers", "2", "--blocking-threads", "2", "--no-access-log", application,
        ]  # fmt: skip
        env = {**env, "DJANGO_SETTINGS_MODULE": settings}
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=env,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def get(self, path: str) -> dict:
        """Return the JSON of the answer; wait for the server to come up."""
        for _ in range(300):
            try:
                with urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
                    return json.load(answer)
            except OSError:
                time.sleep(0.2)
        raise SystemExit(f"No answer from {path}")

    def stop(self) -> None:
        """End the server and its workers, whatever they do."""
        self.process.terminate()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)


def rate(port: int, path: str, seconds: float) -> float:
    """Return good answers a second."""
    if shutil.which("wrk"):
        command = ["wrk", "-t1", "-c8", f"-d{max(1, round(seconds))}s", f"http://127.0.0.1:{port}{path}"]
        report = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        if "Non-2xx" in report:
            raise SystemExit(report)
        return float(re.search(r"Requests/sec:\s+([\d.]+)", report)[1])
    return rate_by_threads(port, path, seconds)


def rate_by_threads(port: int, path: str, seconds: float) -> float:
    """Do the same without wrk: eight threads that keep their connection."""
    counts: list[int] = []
    end = time.monotonic() + seconds

    def run() -> None:
        connection, done = HTTPConnection("127.0.0.1", port), 0
        while time.monotonic() < end:
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            done += answer.status == 200
        counts.append(done)

    threads = [threading.Thread(target=run) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / seconds


def measure(ours: Server, stock: Server, rounds: int, seconds: float) -> float:
    """Measure in turns, print, and return the ratio of the medians."""
    targets = {
        "stock v3 list": (stock, STOCK),
        "v1 title, intro, date": (ours, OURS),
        "v1 default fields": (ours, OURS_WHOLE),
        "v1 with bodies": (ours, OURS_BODY),
    }
    for server, path in targets.values():
        if len(server.get(path)["items"]) != 20:
            raise SystemExit(f"{path} does not list 20 items")
        rate(server.port, path, 1)
    results: dict[str, list[float]] = {name: [] for name in targets}
    for _ in range(rounds):
        for name, (server, path) in targets.items():
            results[name].append(rate(server.port, path, seconds))
    medians = {name: statistics.median(found) for name, found in results.items()}
    base = medians["stock v3 list"]
    for name, median in medians.items():
        rounds_text = " ".join(f"{found:.0f}" for found in results[name])
        print(f"{name:24} {median:9.0f} requests/s  {median / base:6.2f} times stock  ({rounds_text})")
    return medians["v1 title, intro, date"] / base


def main() -> None:
    """Prepare, start both, measure, and say whether the demand is met."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--demand", type=float, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as data:
        env = environment(data)
        prepare(env, options.rows)
        ours = Server("xinqiao.wsgi:application", "xinqiao.settings", env)
        stock = Server("bench.stock:application", "bench.stock_settings", env)
        try:
            ratio = measure(ours, stock, options.rounds, options.seconds)
        finally:
            ours.stop()
            stock.stop()
    sys.exit(0 if ratio >= options.demand else 1)


if __name__ == "__main__":
    main()
