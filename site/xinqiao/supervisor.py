"""Runs the web server and the worker side by side, and ends both when either ends."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from itertools import chain
from pathlib import Path
from types import FrameType
from urllib.error import URLError
from urllib.request import urlopen

from xinqiao.settings.env import ROOT

GRACE = 10  # seconds to stop in before being killed
READY_TIMEOUT = 120  # seconds


class Supervisor:
    """The two processes of a small site. Whatever ends one ends the other."""

    def __init__(self, host: str, port: int, workers: int) -> None:
        self.host, self.port, self.workers = host, port, workers
        shown = "localhost" if host in {"127.0.0.1", "0.0.0.0"} else host  # noqa: S104
        self.url = f"http://{shown}:{port}"
        self.children: list[subprocess.Popen[bytes]] = []
        self.stopping = False

    def port_is_free(self) -> bool:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self.host, self.port))
            except OSError:
                return False
        return True

    def start(self) -> None:
        """Start both processes, in the same environment with our packages on the path."""
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(ROOT / "site"), str(ROOT)]),
            "SITE_URL": os.environ.get("SITE_URL", self.url),
        }
        granian = str(Path(sys.executable).with_name("granian"))
        options = {
            "--interface": "wsgi",
            "--host": self.host,
            "--port": str(self.port),
            "--workers": str(self.workers),
            "--blocking-threads": os.environ.get("WEB_THREADS", "4"),
            "--log-level": "warning",
            "--workers-kill-timeout": str(GRACE),
        }
        web = [granian, *chain.from_iterable(options.items()), "xinqiao.wsgi:application"]
        worker = [sys.executable, str(ROOT / "manage.py"), "worker"]
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._on_signal)
        for command in (web, worker):
            self.children.append(subprocess.Popen(command, cwd=ROOT, env=environment))  # noqa: S603

    def wait_until_ready(self) -> bool:
        """Ask /healthz until it answers 200; give up when a process ended or time is over."""
        probe = f"http://{'127.0.0.1' if self.host == '0.0.0.0' else self.host}:{self.port}/healthz"  # noqa: S104
        end = time.monotonic() + READY_TIMEOUT
        while time.monotonic() < end and not self.stopping and all(c.poll() is None for c in self.children):
            try:
                with urlopen(probe, timeout=2):
                    return True
            except (URLError, OSError):
                time.sleep(0.2)
        return self.stopping

    def wait(self) -> int:
        """Block until one process ends, stop the other, and return the code to exit with."""
        while not self.stopping and all(child.poll() is None for child in self.children):
            time.sleep(0.5)
        codes = [child.poll() for child in self.children]
        self.stop()
        return 0 if self.stopping else next((code for code in codes if code), 0)

    def stop(self) -> None:
        """Ask both to end, and kill what is left after GRACE seconds."""
        for child in self.children:
            if child.poll() is None:
                child.terminate()
        end = time.monotonic() + GRACE
        for child in self.children:
            try:
                child.wait(max(0.1, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True
