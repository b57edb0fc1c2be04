"""A real receiver on this machine, and webhooks that may reach it."""

import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from cms.outbox.models import EventKind
from cms.webhooks.actions import create_webhook
from cms.webhooks.models import Webhook


@dataclass
class Receiver:
    """Keeps what arrives, and answers as told."""

    url: str = ""
    status: int = 204
    headers: dict = field(default_factory=dict)
    requests: list = field(default_factory=list)


@pytest.fixture
def receiver(settings):
    settings.WEBHOOK_ALLOW_HTTP = True
    settings.WEBHOOK_ALLOWED_PRIVATE_HOSTS = ["127.0.0.1"]
    state = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            state.requests.append((self.path, dict(self.headers), body))
            self.send_response(state.status)
            for name, value in state.headers.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    state.url = f"http://127.0.0.1:{server.server_address[1]}/hook?a=1"
    yield state
    server.shutdown()
    server.server_close()


def make_webhook(url: str, name: str = "门户", kinds=None, **fields) -> Webhook:
    """A receiver of all page events unless told otherwise; its secret stands in `.secret`."""
    webhook = Webhook(name=name, url=url, kinds=kinds or list(EventKind.values), **fields)
    secret = create_webhook(webhook)
    webhook.secret = secret
    return webhook
