"""A real node of a test's own, which can be killed and come back, and a wire to it that stalls."""

from __future__ import annotations

import os
import selectors
import signal
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

RUN = Path(__file__).parents[1] / "elasticsearch" / "run.sh"


class Node:
    """Elasticsearch on a port of its own. `kill` is SIGKILL; `start` brings it back with what it had."""

    def __init__(self, home: Path) -> None:
        self.home, self.port = home, _free_port()
        self.process: subprocess.Popen[str] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        options = {
            "ES_PORT": str(self.port),
            "ES_HOME": str(self.home),
            "ES_HEAP": "512m",
            "JAVA_TOOL_OPTIONS": "-XX:TieredStopAtLevel=1",
        }
        self.process = subprocess.Popen(
            [str(RUN)],
            env={**os.environ, **options},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self.process.stdout is not None
        assert self.process.stdout.readline().startswith("READY"), "the node did not start"

    def kill(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            self.process = None


class Wire:
    """Passes everything on to a port, and nothing at all while it is `stalled`."""

    def __init__(self, port: int) -> None:
        self._to, self.stalled = port, threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _address = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._pass_on, args=[near], daemon=True).start()

    def _pass_on(self, near: socket.socket) -> None:
        with (
            near,
            socket.create_connection(("127.0.0.1", self._to)) as far,
            selectors.DefaultSelector() as ready,
        ):
            ready.register(near, selectors.EVENT_READ, far)
            ready.register(far, selectors.EVENT_READ, near)
            while True:
                for key, _events in ready.select(1.0):
                    if self.stalled.is_set():
                        threading.Event().wait(0.05)
                        continue
                    if not isinstance(key.fileobj, socket.socket):
                        return
                    try:
                        data = key.fileobj.recv(65_536)
                        if not data:
                            return
                        key.data.sendall(data)
                    except OSError:
                        return


@contextmanager
def own_node(home: Path) -> Iterator[Node]:
    """Yield a node that runs; it is gone afterwards."""
    node = Node(home)
    try:
        node.start()
        yield node
    finally:
        node.kill()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return found.getsockname()[1]
