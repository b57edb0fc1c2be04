"""A document's JSON, valid or not, as the blocks of the builder."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator
from typing import Any

from forms.builder.convert.from_blocks import ABOUT, FRONT, Raw
from forms.builder.convert.lines import joined, write_choices, write_rows

#: Ids of blocks follow from names, so that a link to a question stays good from one page to the next.
_SPACE = uuid.UUID("6f6d3f0e-7c52-4f0a-9d6a-5d1f0a9f7b11")


def block_id(name: str) -> str:
    """Return the id of the block of the part with this name."""
    return str(uuid.uuid5(_SPACE, name))


def front_of(content: dict[str, Any]) -> dict[str, Any]:
    """Return the settings of the form itself."""
    about = content.get("about") or {}
    return {key: content.get(key, "") for key in FRONT} | {key: about.get(key, "") for key in ABOUT}


def steps_of(content: dict[str, Any]) -> list[Raw]:
    """Return the blocks of the steps."""
    lists = content.get("lists") or {}
    own = own_lists(content)
    return [
        _block("step", {**step, "items": [_item(item, lists, own) for item in step.get("items", ())]})
        for step in content.get("steps", ())
    ]


def lists_of(content: dict[str, Any]) -> list[Raw]:
    """Return the blocks of the lists that do not stand in their question."""
    own = own_lists(content)
    blocks = []
    for name, chosen in (content.get("lists") or {}).items():
        if name in own:
            continue
        if chosen.get("codes"):
            blocks.append(_block("codes", {"name": name, "codes": chosen["codes"]}))
        else:
            blocks.append(
                _block("choices", {"name": name, "choices": write_choices(chosen.get("choices", []))})
            )
    return blocks


def scores_of(content: dict[str, Any]) -> list[Raw]:
    """Return the blocks of the scores."""
    return [
        _block(
            "score",
            {
                **{key: score.get(key, "") for key in ("name", "label", "expression")},
                "of": "\n".join(
                    joined([name, str(score.get("weights", {}).get(name, ""))])
                    for name in score.get("of", ())
                ),
                "bands": "\n".join(
                    joined([str(band["at_least"]), band["label"]]) for band in score.get("bands", ())
                ),
            },
        )
        for score in content.get("scores", ())
    ]


def own_lists(content: dict[str, Any]) -> dict[str, str]:
    """Return the lists that stand in their question, list -> question: called as it is, and used by no other."""
    lists = content.get("lists") or {}
    users = [(str(item["list"]), str(item.get("name", ""))) for item in _items(content) if item.get("list")]
    used = Counter(name for name, _question in users)
    return {
        name: question
        for name, question in users
        if used[name] == 1
        and not (lists.get(name) or {}).get("codes")
        and (name == question or (name == f"{question}_choices" and question in lists))
    }


def _items(content: dict[str, Any]) -> Iterator[dict[str, Any]]:
    todo = [item for step in content.get("steps", ()) for item in step.get("items", ())]
    while todo:
        item = todo.pop(0)
        yield item
        todo += item.get("items", ())


def _item(item: dict[str, Any], lists: dict[str, Any], own: dict[str, str]) -> Raw:
    value = {key: part for key, part in item.items() if key != "type"}
    if item["type"] == "roster":
        value["items"] = [_item(inner, lists, own) for inner in item.get("items", ())]
        return _block("roster", value)
    if isinstance(item.get("required"), str):
        value |= {"required": False, "required_when": item["required"]}
    if "list" in item:
        in_question = item["list"] in own
        chosen = lists.get(item["list"]) or {}
        value["choices"] = write_choices(chosen.get("choices", [])) if in_question else ""
        value["list"] = "" if in_question else item["list"]
    if item["type"] == "matrix":
        value["rows"] = write_rows(item.get("rows", []))
    if item["type"] == "file" and "extensions" in item:
        value["extensions"] = " ".join(item["extensions"])
    if item["type"] in ("integer", "decimal"):
        value |= {key: str(item[key]) for key in ("minimum", "maximum", "step") if item.get(key) is not None}
    return _block(item["type"], value)


def _block(kind: str, value: dict[str, Any]) -> Raw:
    return {"type": kind, "value": value, "id": block_id(f"{kind}/{value.get('name', '')}")}
