"""Names of files: random in the store, readable for whoever downloads."""

from __future__ import annotations

import re
import secrets
from pathlib import PurePosixPath
from typing import Any

_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|\u200e\u200f\u202a-\u202e\u2066-\u2069]+')


def extension_of(name: str | None) -> str:
    """Return the extension with its dot, in small letters and digits alone; empty when it is none."""
    suffix = PurePosixPath(name or "").suffix.lower()
    return suffix if re.fullmatch(r"\.[a-z0-9]{1,8}", suffix) else ""


def random_path(folder: str, name: str) -> str:
    """Return a path that nobody can guess, in one of 256 folders.

    Of the given name only the extension is kept.
    """
    token = secrets.token_hex(16)
    return f"{folder}/{token[:2]}/{token}{extension_of(name)}"


def document_path(instance: Any, name: str) -> str:
    """Return where an uploaded document is kept."""
    return random_path("documents", name)


def download_name(title: str, extension: str) -> str:
    """Return a file name made from a title: nothing that a file system or a reader could trip over.

    Direction marks go too: with them `通知\\u202efdp.exe` looks like a PDF.
    """
    stem = _UNSAFE.sub(" ", title).strip(" .")
    if extension and stem.lower().endswith(extension):
        stem = stem[: -len(extension)].rstrip(" .")
    return f"{' '.join(stem.split())[:80].strip() or 'file'}{extension}"
