"""The private store of answers' files. Only the checked view opens it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage


def file_store() -> FileSystemStorage:
    """Return the store. Its files are readable for the site alone, and none has an address."""
    return FileSystemStorage(
        location=settings.FORMS_FILES,
        base_url=None,
        file_permissions_mode=0o600,
        directory_permissions_mode=0o700,
    )


def forget(stored_name: str, **_: Any) -> None:
    """Delete a file from the store; one that is gone already is no error."""
    file_store().delete(stored_name)
