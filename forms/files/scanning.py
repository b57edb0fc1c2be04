"""Asking ClamAV whether a file carries a virus, where the site has it (`CLAMD_SOCKET`)."""

from __future__ import annotations

import logging
import socket
import struct
from typing import IO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)
TIMEOUT = 30  # seconds
BLOCK = 64 * 1024


def scan(file: IO[bytes]) -> None:
    """Raise ValidationError when the file carries a virus, or when it cannot be scanned though it should be.

    Speaks clamd's INSTREAM: blocks with their length before them, an empty one at the end.
    """
    address = getattr(settings, "CLAMD_SOCKET", "")
    if not address:
        return
    file.seek(0)
    try:
        answer = _ask(address, file)
    except OSError as problem:
        logger.exception("clamd at %s does not answer", address)
        raise ValidationError(
            _("The file could not be checked for viruses. Please try again later."), code="not_scanned"
        ) from problem
    finally:
        file.seek(0)
    if not answer.endswith("OK"):
        logger.warning("clamd found something in an upload: %s", answer)
        raise ValidationError(_("This file carries a virus and is not taken."), code="virus")


def _ask(address: str, file: IO[bytes]) -> str:
    with _connection(address) as clamd:
        clamd.sendall(b"zINSTREAM\0")
        while block := file.read(BLOCK):
            clamd.sendall(struct.pack(">I", len(block)) + block)
        clamd.sendall(struct.pack(">I", 0))
        answer = b""
        while not answer.endswith(b"\0") and (part := clamd.recv(4096)):
            answer += part
    return answer.rstrip(b"\0").decode(errors="replace").strip()


def _connection(address: str) -> socket.socket:
    """Return a connection to /path/of/socket or host:port."""
    if address.startswith("/"):
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(TIMEOUT)
        connection.connect(address)
        return connection
    host, _colon, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=TIMEOUT)
