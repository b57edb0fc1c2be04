"""A compiled form as JSON for the browser's twin of the run: templates/static/forms/run.js."""

from __future__ import annotations

from typing import Any

from forms.definitions.document import Score, Step
from forms.definitions.questions import Matrix, Question
from forms.expressions import Node, parse, to_json
from forms.run.compiled import STEP_MARK, CompiledForm, Part
from forms.xlsform.limits import limits_of


def tree_of(form: CompiledForm) -> dict[str, Any]:
    """Return what the browser needs to run the form: names, lists, parts in order, steps."""
    return {
        "questions": [
            {"name": one.name, "kind": one.kind, "inside": one.inside, "choices": one.choices}
            for one in form.outline.questions.values()
        ],
        "lists": {name: [dict(row) for row in form.lists[name]] for name in form.lists},
        "parts": [part_of(form.parts[name], form) for name in form.order],
        "steps": [
            {"name": step.name, "part": STEP_MARK + step.name, "seen": _seen(step)}
            for step in form.document.steps
        ],
    }


def part_of(part: Part, form: CompiledForm) -> dict[str, Any]:
    """Return one part with its expressions as trees."""
    item = part.item
    found: dict[str, Any] = {"name": part.name, "inside": part.inside, "type": part.role}
    for key in ("relevant", "calculation", "constraint", "required", "count"):
        tree: Node | None = getattr(part, key)
        if tree is not None:
            found[key] = to_json(tree)
    if isinstance(item, Question):
        found["asks"] = item.asks
        found["limits"] = [to_json(parse(limit)) for limit in limits_of(item)]
        found.setdefault("required", item.required is True)
        found["kept"] = part.name in form.kept
    if isinstance(item, Matrix):
        found["rows"] = [row.name for row in item.rows]
    if isinstance(item, Score):
        found["of"] = [_points(name, item, form) for name in item.of if name in form.parts]
    return found


def _points(name: str, score: Score, form: CompiledForm) -> dict[str, Any]:
    """Return a scored question with the points of its choices, times its weight."""
    question = form.parts[name].item
    chosen = form.document.lists.get(getattr(question, "list", ""))
    weight = score.weights.get(name, 1)
    points = {one.value: float((one.score or 0) * weight) for one in chosen.choices} if chosen else {}
    return {"name": name, "points": points}


def _seen(step: Step) -> list[str]:
    def is_seen(item: Any) -> bool:
        return not isinstance(item, Question) or item.asks or bool(getattr(item, "shown", False))

    return [item.name for item in step.items if is_seen(item)]
