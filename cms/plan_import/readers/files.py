"""Finding the files of an import: single files, folders with all below them, zip archives."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from cms.plan_import.readers.archive import unpack
from cms.plan_import.readers.errors import MAX_FILE_BYTES, MAX_FILES, MEGABYTE, ReadError

#: Left behind by Word, WPS and file managers; nobody means to import them.
_CLUTTER = ("~$", ".~", ".", "__MACOSX")
_CLUTTER_NAMES = {"thumbs.db", "desktop.ini"}


@dataclass(frozen=True)
class SourceFile:
    """A file to read: its name as shown, and its bytes or the reason why there are none."""

    name: str
    data: bytes = b""
    error: str = ""


def find_files(paths: list[str]) -> Iterator[SourceFile]:
    """Yield every file of the paths; one that cannot be opened carries its reason. Links are not followed."""
    number = 0
    for path in map(Path, paths):
        for found in _walk(path):
            number += 1
            if number > MAX_FILES:
                yield SourceFile(
                    str(found),
                    error=_("More than %(n)d files; import the rest separately.") % {"n": MAX_FILES},
                )
                return
            yield from expand(_load(found, path))


def expand(source: SourceFile) -> Iterator[SourceFile]:
    """Yield the file, or what is inside when it is a zip archive."""
    if source.error or not source.name.lower().endswith(".zip"):
        yield source
        return
    try:
        for name, data in unpack(source.data):
            if not is_clutter(name):
                yield SourceFile(f"{source.name}/{name}", data)
    except ReadError as error:
        yield SourceFile(source.name, error=str(error))


def is_clutter(name: str) -> bool:
    """Say whether a file is a lock file or the like."""
    parts = name.replace("\\", "/").split("/")
    return any(part.startswith(_CLUTTER) for part in parts) or parts[-1].lower() in _CLUTTER_NAMES


def _walk(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    for folder, folders, names in os.walk(path):
        folders.sort()
        folders[:] = [name for name in folders if not is_clutter(name)]
        for name in sorted(names):
            found = Path(folder, name)
            if not is_clutter(name) and not found.is_symlink():
                yield found


def _load(path: Path, root: Path) -> SourceFile:
    name = _printable(str(path.relative_to(root)) if path != root else path.name)
    if not path.is_file():
        return SourceFile(_printable(str(path)), error=_("There is no such file."))
    try:
        check_size(path.stat().st_size)
        return SourceFile(name, path.read_bytes())
    except ReadError as error:
        return SourceFile(name, error=str(error))
    except OSError as error:
        return SourceFile(name, error=_("The file cannot be opened: %(reason)s") % {"reason": error.strerror})


def _printable(name: str) -> str:
    """Return a name that every terminal and database takes: bytes that are no UTF-8 become question marks."""
    return name.encode("utf-8", "replace").decode("utf-8")


def check_size(size: int) -> None:
    """Raise ReadError when a file of so many bytes is too large or empty."""
    if size > MAX_FILE_BYTES:
        limits = {"size": size / MEGABYTE, "limit": MAX_FILE_BYTES // MEGABYTE}
        raise ReadError(_("The file is too large: %(size).1f MB, the limit is %(limit)d MB.") % limits)
    if size == 0:
        raise ReadError(_("The file is empty."))
