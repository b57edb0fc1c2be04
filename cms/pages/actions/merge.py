"""Puts changes of a template into the streams of a plan."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wagtail.blocks import StreamValue

from cms.pages.models.plan import PlanPage, PlanTemplatePage
from cms.pages.plan_template import ROW_FIELDS, Change, ChangeKind


def apply_changes(plan: PlanPage, template: PlanTemplatePage, changes: Iterable[Change]) -> None:
    """Change the plan's sections and calendar in memory; new blocks stand where the template has them."""
    chosen = list(changes)
    sections = [(child.block_type, child.value, child.id) for child in plan.sections]
    rows = [(child.block_type, child.value, child.id) for child in plan.calendar]
    for change in chosen:
        if change.kind is ChangeKind.SECTION_RENAMED:
            _value_with(sections, change.key)["heading"] = change.after["heading"]
        elif change.kind is ChangeKind.STARTER_CHANGED:
            _value_with(sections, change.key)["body"] = change.after["starter"]
        elif change.kind is ChangeKind.ROW_CHANGED:
            _value_with(rows, change.key).update({name: change.after[name] for name in ROW_FIELDS})
        elif change.kind is ChangeKind.SECTION_ADDED:
            value = {"heading": change.after["heading"], "body": change.after["starter"], "key": change.key}
            _insert(sections, template.sections, ("section", value, None))
        elif change.kind is ChangeKind.ROW_ADDED:
            _insert(rows, template.calendar, ("row", {**change.after, "key": change.key}, None))
    gone = {change.key for change in chosen if change.kind is ChangeKind.SECTION_REMOVED}
    plan.sections = _stream(plan.sections, sections, gone)
    gone = {change.key for change in chosen if change.kind is ChangeKind.ROW_REMOVED}
    plan.calendar = _stream(plan.calendar, rows, gone)


def _value_with(blocks: list[Any], key: str) -> Any:
    """Return the value of the block that was copied from the template's block `key`."""
    return next(value for _type, value, _id in blocks if value["key"] == key)


def _insert(blocks: list[Any], order: Any, block: Any) -> None:
    """Insert the block after the nearest block before it in the template's order that the plan has."""
    keys = [child.id for child in order]
    before = set(keys[: keys.index(block[1]["key"])])
    places = [index for index, (_type, value, _id) in enumerate(blocks) if value["key"] in before]
    blocks.insert(max(places, default=-1) + 1, block)


def _stream(old: StreamValue, blocks: list[Any], gone: set[str]) -> StreamValue:
    """Return the blocks as a stream, without those whose key is in `gone`; ids stay."""
    block = old.stream_block
    kept = [(kind, block.child_blocks[kind].normalize(value), key) for kind, value, key in blocks]
    return StreamValue(block, [item for item in kept if item[1]["key"] not in gone])
