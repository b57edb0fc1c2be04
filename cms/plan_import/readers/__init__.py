"""Reading files: every kind gives the same list of paragraphs, or the reason why it cannot be read."""

from cms.plan_import.readers.errors import ReadError
from cms.plan_import.readers.files import SourceFile, expand, find_files
from cms.plan_import.readers.kinds import ACCEPTED, read_document

__all__ = ["ACCEPTED", "ReadError", "SourceFile", "expand", "find_files", "read_document"]
