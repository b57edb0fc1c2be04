"""The only way out of the site: one POST to a checked address.

The host is resolved here and the connection goes to the very address that was checked, so that a second
answer of the name server cannot lead inside. No redirects, proxies or cookies; time and answer are bounded.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from cms.webhooks.addresses import Address, RefusedAddress, is_forbidden, resolve

__all__ = ["Answer", "RefusedAddress", "check_address", "post"]

CONNECT_SECONDS = 5.0
READ_SECONDS = 10.0
TOTAL_SECONDS = 15.0
MAX_ANSWER = 64 * 1024
_HTTP_PORTS = frozenset({80, 443})


@dataclass(frozen=True)
class Answer:
    """What came back: `status` is None when nothing did, and `error` says why. `retry_after` in seconds."""

    status: int | None = None
    error: str = ""
    duration_ms: int = 0
    retry_after: int | None = None

    @property
    def ok(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


def check_address(url: str) -> SplitResult:
    """Return the parts of a URL that may be sent to; raises RefusedAddress, also for inside addresses now.

    A host that cannot be found now is let pass: the delivery will tell.
    """
    parts = _split(url)
    try:
        socket.getaddrinfo(parts.hostname, _port(parts))
    except (OSError, UnicodeError):
        return parts
    resolve(parts.hostname or "", _port(parts))
    return parts


def post(url: str, body: bytes, headers: dict[str, str]) -> Answer:
    """Send the body; never raises for what the network or the receiver does."""
    started = time.monotonic()
    try:
        parts = _split(url)
        addresses = resolve(parts.hostname or "", _port(parts))
        status, retry_after = _send(parts, addresses, body, headers, started + TOTAL_SECONDS)
        return Answer(status, "", _since(started), retry_after)
    except RefusedAddress as refused:
        return Answer(error=str(refused), duration_ms=_since(started))
    except (HTTPError, OSError, ValueError) as error:
        return Answer(error=_explain(error), duration_ms=_since(started))


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError as error:
        raise RefusedAddress(_("This is not a web address.")) from error
    if parts.scheme not in ({"https", "http"} if settings.WEBHOOK_ALLOW_HTTP else {"https"}):
        raise RefusedAddress(_("The address must begin with https://."))
    if not parts.hostname or "%" in parts.hostname or not url.isprintable() or " " in url.strip():
        raise RefusedAddress(_("This is not a web address."))
    if parts.username or parts.password or parts.fragment:
        raise RefusedAddress(_("The address must hold no user name, password or #."))
    if port is not None and port < 1024 and port not in _HTTP_PORTS:
        raise RefusedAddress(_("This port is not used for web addresses."))
    return parts


def _port(parts: SplitResult) -> int:
    return parts.port or (443 if parts.scheme == "https" else 80)


def _send(
    parts: SplitResult, addresses: list[Address], body: bytes, headers: dict[str, str], deadline: float
) -> tuple[int, int | None]:
    """Try the addresses until one takes the connection; after that there is no second try."""
    for number, address in enumerate(addresses):
        connection = _connection(parts, address)
        try:
            connection.connect()
        except (HTTPError, OSError):
            connection.close()
            if number + 1 == len(addresses) or time.monotonic() > deadline:
                raise
            continue
        return _exchange(connection, parts, body, headers, deadline)
    raise RefusedAddress(_("The host cannot be found."))


def _connection(parts: SplitResult, address: Address) -> HTTPConnection:
    host = parts.hostname or ""
    if is_forbidden(address, host):  # checked before; said again where the socket is opened
        raise RefusedAddress(_("The host is an inside address, which messages may not go to."))
    if parts.scheme == "http":
        return HTTPConnection(str(address), _port(parts), timeout=CONNECT_SECONDS)
    name = host.encode("idna").decode()
    return HTTPSConnection(
        str(address),
        _port(parts),
        timeout=CONNECT_SECONDS,
        server_hostname=name,
        assert_hostname=name,
        ssl_context=ssl.create_default_context(),
    )


def _exchange(
    connection: HTTPConnection, parts: SplitResult, body: bytes, headers: dict[str, str], deadline: float
) -> tuple[int, int | None]:
    """Send and read the answer. A timer cuts the line at the deadline: a receiver may drip bytes for ever."""
    line, late = connection.sock, threading.Event()
    timer = threading.Timer(max(0.1, deadline - time.monotonic()), _cut, [line, late])
    timer.daemon = True
    timer.start()
    try:
        if line is not None:
            line.settimeout(READ_SECONDS)
        connection.request(
            "POST",
            _target(parts),
            body=body,
            headers={**headers, "Host": _host(parts)},
            preload_content=False,
        )
        response = connection.getresponse()
        response.read(MAX_ANSWER, decode_content=False)
    finally:
        timer.cancel()
        connection.close()
    if late.is_set():  # a cut line reads like an answer that ended early
        raise TimeoutError
    return response.status, _retry_after(response.headers.get("Retry-After", ""))


def _cut(line: socket.socket | None, late: threading.Event) -> None:
    late.set()
    try:
        if line is not None:
            line.shutdown(socket.SHUT_RDWR)
    except OSError:
        return


def _target(parts: SplitResult) -> str:
    path = parts.path or "/"
    return f"{path}?{parts.query}" if parts.query else path


def _host(parts: SplitResult) -> str:
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host.encode("idna").decode()
    return f"{host}:{parts.port}" if parts.port else host


def _retry_after(text: str) -> int | None:
    return min(int(text), 24 * 3600) if text.isascii() and text.isdigit() and len(text) < 9 else None


def _since(started: float) -> int:
    return int((time.monotonic() - started) * 1000)


def _explain(error: Exception) -> str:
    """Return what went wrong, in words for the delivery log."""
    text = f"{type(error).__name__} {error}".lower()
    if "certificate" in text or isinstance(error, ssl.SSLError):
        return _("The certificate of the host is not valid.")
    if "timeout" in text or "timed out" in text:
        return _("The host did not answer in time.")
    if "refused" in text:
        return _("The host refused the connection.")
    return _("The connection failed: %(reason)s.") % {"reason": type(error).__name__}
