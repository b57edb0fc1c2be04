"""Things to be found, kept in a dictionary, for tests that need no pages."""

from collections.abc import Iterator

from search.engine import Document
from search.sources import register_source


class Shelf:
    """A source whose things are `object_id -> text`; a text of None cannot be read."""

    kind = "thing"

    def __init__(self) -> None:
        self.things: dict[str, str | None] = {}
        register_source(self)

    def document(self, object_id: str, version: int) -> Document | None:
        if object_id not in self.things:
            return None
        text = self.things[object_id]
        if text is None:
            raise ValueError("cannot be read")
        return Document(self.kind, object_id, version, text)

    def documents(self, version: int) -> Iterator[Document]:
        for object_id in sorted(self.things):
            if document := self.document(object_id, version):
                yield document

    def count(self) -> int:
        return len(self.things)
