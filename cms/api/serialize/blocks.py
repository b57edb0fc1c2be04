"""StreamField blocks as JSON, straight from what is stored, and the typed schema of each block.

Both come from the block definitions, so that a new block is in the API the day it is in the admin. A kind of
block that nobody taught this file raises TypeError at start-up, not a wrong answer later.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field, create_model
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from cms.api.schemas.common import Document, PageLink, Picture, Table
from cms.api.serialize.references import References
from cms.api.serialize.rich_text import collect_rich_text, render_rich_text


class BlockJson:
    """How one block definition is read: `collect` what it points to, then `render` it as `schema`."""

    schema: Any

    def collect(self, value: Any, references: References) -> None:
        """Note what the value points to."""

    def render(self, value: Any, references: References) -> Any:
        """Return the value as JSON."""
        raise NotImplementedError


class PlainJson(BlockJson):
    """Text, choices, numbers, yes and no."""

    def __init__(self, block: blocks.FieldBlock) -> None:
        self.empty: Any = ""
        self.schema = str
        if isinstance(block, blocks.BooleanBlock):
            self.schema, self.empty = bool, False
        elif isinstance(block, blocks.IntegerBlock):
            self.schema, self.empty = int | None, None
        elif isinstance(block, blocks.ChoiceBlock):
            self.schema = _choices(block)

    def render(self, value: Any, references: References) -> Any:
        return self.empty if value is None else value


class RichTextJson(BlockJson):
    """Rich text: clean HTML."""

    schema = Annotated[str, Field(json_schema_extra={"contentMediaType": "text/html"})]

    def collect(self, value: Any, references: References) -> None:
        collect_rich_text(value or "", references)

    def render(self, value: Any, references: References) -> str:
        return render_rich_text(value or "", references)


class ReferenceJson(BlockJson):
    """A picture, a document or a page that was chosen; null when it is gone."""

    def __init__(self, kind: str, schema: type[Schema]) -> None:
        self.kind = kind
        self.schema = schema | None

    def collect(self, value: Any, references: References) -> None:
        references.want(self.kind, value)

    def render(self, value: Any, references: References) -> Any:
        return {"image": references.picture, "document": references.document, "page": references.page}[
            self.kind
        ](value)


class TableJson(BlockJson):
    """A table: rows of cells, and which row and column are headings."""

    schema = Table

    def render(self, value: Any, references: References) -> dict[str, Any]:
        value = value or {}
        return {
            "rows": [["" if cell is None else str(cell) for cell in row] for row in value.get("data") or []],
            "first_row_is_header": bool(value.get("first_row_is_table_header")),
            "first_column_is_header": bool(value.get("first_col_is_header")),
        }


class StructJson(BlockJson):
    """A group of named values."""

    def __init__(self, block: blocks.StructBlock) -> None:
        self.children = {name: block_json(child) for name, child in block.child_blocks.items()}
        fields: dict[str, Any] = {name: (child.schema, ...) for name, child in self.children.items()}
        self.schema = create_model(f"{type(block).__name__}Value", __base__=Schema, **fields)

    def collect(self, value: Any, references: References) -> None:
        for name, child in self.children.items():
            child.collect((value or {}).get(name), references)

    def render(self, value: Any, references: References) -> dict[str, Any]:
        value = value or {}
        return {name: child.render(value.get(name), references) for name, child in self.children.items()}


class ListJson(BlockJson):
    """A list of values of one kind. Stored with ids around each value, or without in old rows."""

    def __init__(self, block: blocks.ListBlock) -> None:
        self.child = block_json(block.child_block)
        self.schema = list[self.child.schema]  # type: ignore[name-defined]

    def collect(self, value: Any, references: References) -> None:
        for item in value or []:
            self.child.collect(_inner(item), references)

    def render(self, value: Any, references: References) -> list[Any]:
        return [self.child.render(_inner(item), references) for item in value or []]


class StreamJson(BlockJson):
    """A stream: items `{"type", "id", "value"}`. An item of a type that was taken away is left out."""

    def __init__(self, block: blocks.StreamBlock) -> None:
        self.children = {name: block_json(child) for name, child in block.child_blocks.items()}
        prefix = type(block).__name__.removesuffix("Block")
        items = [_item(prefix, name, child) for name, child in self.children.items()]
        union: Any = items[0]
        for item in items[1:]:
            union |= item
        tagged: Any = Annotated[union, Field(discriminator="type")] if len(items) > 1 else union
        self.schema = list[tagged]

    def collect(self, value: Any, references: References) -> None:
        for item in value or []:
            if item["type"] in self.children:
                self.children[item["type"]].collect(item["value"], references)

    def render(self, value: Any, references: References) -> list[dict[str, Any]]:
        return [
            {
                "type": item["type"],
                "id": item.get("id") or "",
                "value": self.children[item["type"]].render(item["value"], references),
            }
            for item in value or []
            if item["type"] in self.children
        ]


def _item(prefix: str, name: str, child: BlockJson) -> Any:
    """Return the schema of one kind of item, for example BodyPicture."""
    title = prefix + "".join(part.title() for part in name.split("_"))
    fields: dict[str, Any] = {"type": (Literal[name], ...), "id": (str, ...), "value": (child.schema, ...)}
    return create_model(title, __base__=Schema, **fields)


def _inner(item: Any) -> Any:
    return item["value"] if isinstance(item, dict) and item.keys() >= {"type", "value"} else item


def _choices(block: blocks.ChoiceBlock) -> Any:
    values = [str(value) for value, _label in block.field.choices if value != ""]
    return Literal[tuple(dict.fromkeys(values if block.required else [*values, ""]))]


_known: dict[type[blocks.Block], BlockJson] = {}


def block_json(block: blocks.Block) -> BlockJson:
    """Return how the block is read, one object for each declared stream or struct class.

    Raises TypeError for a kind of block unknown here.
    """
    declared = type(block)
    if declared in (blocks.StreamBlock, blocks.StructBlock) or not hasattr(block, "child_blocks"):
        return _make(block)
    if declared not in _known:
        _known[declared] = _make(block)
    return _known[declared]


def _make(block: blocks.Block) -> BlockJson:
    match block:
        case TableBlock():
            return TableJson()
        case blocks.RichTextBlock():
            return RichTextJson()
        case ImageChooserBlock():
            return ReferenceJson("image", Picture)
        case DocumentChooserBlock():
            return ReferenceJson("document", Document)
        case blocks.PageChooserBlock():
            return ReferenceJson("page", PageLink)
        case blocks.StreamBlock():
            return StreamJson(block)
        case blocks.ListBlock():
            return ListJson(block)
        case blocks.StructBlock():
            return StructJson(block)
        case (
            blocks.CharBlock()
            | blocks.TextBlock()
            | blocks.ChoiceBlock()
            | blocks.BooleanBlock()
            | blocks.IntegerBlock()
            | blocks.EmailBlock()
            | blocks.URLBlock()
            | blocks.DateBlock()
        ):
            return PlainJson(block)
    message = f"The API does not know how to show {type(block).__name__}; teach it in {__name__}."
    raise TypeError(message)
