"""Faults of a form, put at the blocks that they belong to."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from forms.definitions.fault import Fault, Path

#: Settings that stand in another block than the document says.
_MOVED = {"list": "choices", "rows": "rows"}
#: Settings that stand in the form's own fields, not in blocks.
FRONT = frozenset({"title", "intro", "thanks", "summary", "register", "mode", "on", "when"})


class _Node:
    """Messages of one part and of what stands in it."""

    def __init__(self) -> None:
        self.own: list[str] = []
        self.settings: dict[str, list[str]] = {}
        self.streams: dict[str, dict[int, _Node]] = {}

    def at(self, path: Path) -> _Node:
        node = self
        for stream, number in zip(path[::2], path[1::2], strict=False):
            if not isinstance(number, int) or stream not in ("steps", "items", "scores", "lists"):
                break
            node = node.streams.setdefault(str(stream), {}).setdefault(number, _Node())
        return node

    def error(self) -> StructBlockValidationError:
        settings: dict[str, Any] = {name: ValidationError(said) for name, said in self.settings.items()}
        return StructBlockValidationError(settings | self.stream_errors(), self.own)

    def stream_errors(self) -> dict[str, StreamBlockValidationError]:
        return {
            name: StreamBlockValidationError({number: node.error() for number, node in nodes.items()})
            for name, nodes in self.streams.items()
        }


def block_errors(faults: list[Fault], shared_lists: list[str]) -> dict[str, StreamBlockValidationError]:
    """Return the errors of the builder's streams by field.

    `shared_lists` are the names in the order of their blocks.
    """
    root = _Node()
    for fault in faults:
        path, setting = fault.path, fault.setting
        if path[:1] == ("lists",):
            if len(path) < 2 or path[1] not in shared_lists:
                continue
            path = ("lists", shared_lists.index(str(path[1])))
        elif "rows" in path:
            path, setting = path[: path.index("rows")], "rows"
        node = root.at(path)
        if node is root:
            continue
        if setting and setting != "items":
            node.settings.setdefault(_MOVED.get(setting, setting), []).append(fault.text)
        else:
            node.own.append(fault.text)
    return root.stream_errors()
