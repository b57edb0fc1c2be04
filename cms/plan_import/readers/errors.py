"""Why a file was refused, and the limits that refuse it."""

from __future__ import annotations

MEGABYTE = 1024 * 1024
MAX_FILE_BYTES = 30 * MEGABYTE
MAX_CHARACTERS = 2_000_000  # a thousand plans
MAX_FILES = 500  # in one batch
MAX_ARCHIVE_ENTRIES = 2_000
MAX_UNPACKED_BYTES = 120 * MEGABYTE
MAX_ENTRY_BYTES = 40 * MEGABYTE
MAX_RATIO = 150  # real Office files stay under 40
PDF_SECONDS = 30
PDF_MEMORY_BYTES = 1024 * MEGABYTE
MAX_PDF_PAGES = 1_000


class ReadError(Exception):
    """A file cannot be read. The message says why, in the reader's language, and what to do."""
