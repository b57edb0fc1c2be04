"""A browser for the journeys: the system's Chromium.

What people do is played on the product as `make run` starts it, with web server, worker and demo content (`running`,
`visit`); pages that need content of their own are looked at on pytest's live server. `JOURNEY_URL` names a site that
runs already, with its demo accounts in `JOURNEY_ACCOUNTS` (JSON).
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from tempfile import TemporaryDirectory
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect

from xinqiao.settings.env import ROOT

# The sync Playwright runs a loop in the test's thread; Django would refuse every query beside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
HOST = urlsplit(os.environ.get("JOURNEY_URL", "")).hostname or "localhost"
FLAGS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # No other host is found. (A route that refuses them would be asked for each file and switch the cache off.)
    f"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1, EXCLUDE {HOST}",
]
PATIENCE = 30_000  # milliseconds: how long a slow machine may take for one step
START_TIMEOUT = 300  # seconds: the first start loads the demo content
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
expect.set_options(timeout=PATIENCE)


@pytest.hookimpl(tryfirst=True)  # before `-m` chooses
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all, and put those that need the running site last: it starts while the others run."""
    for item in items:
        item.add_marker(pytest.mark.journey)
        if _needs_site(item):
            item.add_marker(pytest.mark.running)
    items.sort(key=_needs_site)


def _needs_site(item: pytest.Item) -> bool:
    return "running" in getattr(item, "fixturenames", ())


def pytest_collection_finish(session: pytest.Session) -> None:
    config = session.config
    if (
        "JOURNEY_URL" not in os.environ
        and not config.option.collectonly
        and any(map(_needs_site, session.items))
    ):
        config.stash[SITE] = StartedSite()


def pytest_unconfigure(config: pytest.Config) -> None:
    if SITE in config.stash:
        config.stash[SITE].stop()


@pytest.fixture(scope="session", autouse=True)
def kept_static_files() -> Iterator[None]:
    """Let browsers keep the static files of the live server, as they keep those of the site."""
    plain = StaticFilesHandler.serve

    def serve(self: StaticFilesHandler, request: HttpRequest) -> HttpResponseBase:
        response = plain(self, request)
        response["Cache-Control"] = "max-age=3600"
        return response

    StaticFilesHandler.serve = serve
    yield
    StaticFilesHandler.serve = plain


@pytest.fixture(scope="session")
def django_db_setup(playwright: Playwright, django_db_setup: None) -> None:
    """Prepare the database under Playwright's loop.

    Django keeps its connections per thread outside of a loop and per context within one: content remembered by a
    connection from before the loop would not be put back by the one that the tests use.
    """


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": FLAGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    """A visitor in China."""
    return {**browser_context_args, "locale": "zh-CN", "timezone_id": "Asia/Shanghai"}


class Running:
    """A running site: its address and its demo accounts."""

    def __init__(self, url: str, accounts: list[dict]) -> None:
        self.url, self.accounts = url, accounts

    def account(self, role: str, school: str | None = None) -> dict:
        """Return the demo account of the role, in the school with this code when one is given."""
        return next(
            a for a in self.accounts if a["role"] == role and (school is None or a["school"] == school)
        )


class StartedSite:
    """The site as `make run` starts it, in a folder of its own."""

    def __init__(self) -> None:
        port = _free_port()
        self.url = f"http://localhost:{port}"
        self.folder = TemporaryDirectory(prefix="xinqiao-journeys-", ignore_cleanup_errors=True)
        clean = {key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"}
        self.environment = {**clean, "DATA_DIR": self.folder.name, "SITE_URL": self.url}
        command = [sys.executable, "manage.py", "serve", "--port", str(port), "--demo"]
        self.process = subprocess.Popen(command, cwd=ROOT, env=self.environment)

    def wait(self) -> Running:
        """Wait until it answers; return it with its demo accounts."""
        _wait_until_ready(self.url, self.process)
        done = subprocess.run(
            [sys.executable, "manage.py", "demo_accounts", "--json"],
            cwd=ROOT, env=self.environment, capture_output=True, text=True, check=True,
        )  # fmt: skip
        return Running(self.url, json.loads(done.stdout))

    def stop(self) -> None:
        """End it and throw its folder away."""
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.folder.cleanup()


SITE = pytest.StashKey[StartedSite]()


@pytest.fixture(scope="session")
def running(pytestconfig: pytest.Config) -> Running:
    """The site, started once for all journeys."""
    if "JOURNEY_URL" in os.environ:
        return Running(os.environ["JOURNEY_URL"].rstrip("/"), json.loads(os.environ["JOURNEY_ACCOUNTS"]))
    return pytestconfig.stash[SITE].wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_until_ready(url: str, process: subprocess.Popen) -> None:
    end = time.monotonic() + START_TIMEOUT
    while time.monotonic() < end:
        assert process.poll() is None, "the site ended before it was ready"
        try:
            with urlopen(f"{url}/healthz", timeout=2):  # noqa: S310
                return
        except (URLError, OSError):
            time.sleep(0.5)
    pytest.fail("the site was not ready in time")


@pytest.fixture
def visit(browser: Browser, running: Running) -> Iterator[Callable[..., Page]]:
    """Open a browser window of its own on the site: `visit("/", PHONE)`; `as_user` logs in first.

    The window refuses to talk to any other host, and the test fails when it tried or when a script failed.
    """
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_window(path: str = "/", size: dict = DESK, as_user: dict | None = None, **options) -> Page:
        context = browser.new_context(
            base_url=running.url, viewport=size, locale="zh-CN", timezone_id="Asia/Shanghai", **options
        )
        contexts.append(context)
        context.on("request", lambda request: _note_other_host(request.url, running.url, faults))
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: faults.append(f"script: {error}"))
        if as_user:
            log_in(page, as_user)
        page.goto(path)
        return page

    yield open_window
    for context in contexts:
        context.close()
    assert faults == []


def _note_other_host(asked: str, url: str, faults: list[str]) -> None:
    if not asked.startswith((url, "data:", "blob:")):
        faults.append(f"asked another host: {asked}")


def log_in(page: Page, account: dict) -> None:
    """Log in at the admin's door."""
    page.goto("/admin/login/")
    page.fill("input[name=username]", account["username"])
    page.fill("input[name=password]", account["password"])
    page.click("button[type=submit]")
    page.wait_for_url(lambda url: "/login" not in url)
