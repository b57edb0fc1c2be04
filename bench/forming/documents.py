"""Forms of any size, and answers to them: as editors write them, not the easiest ones."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

KINDS = ("text", "integer", "date", "yes_no", "decimal")


def content(questions: int, steps: int = 1) -> dict[str, Any]:
    """Return a form's document: a tenth of it depends on another answer, some have a constraint, five are searched."""
    numbers = range(questions)
    size = -(-questions // steps)
    return {
        "title": f"{questions}题",
        "steps": [
            {
                "name": f"s{step}",
                "title": f"第{step + 1}步",
                "items": [_question(n, questions) for n in numbers[step * size : (step + 1) * size]],
            }
            for step in range(steps)
        ],
        "summary": "${q0}",
    }


def _question(number: int, questions: int) -> dict[str, Any]:
    kind = KINDS[number % len(KINDS)]
    found = {"type": kind, "name": f"q{number}", "label": f"第{number}题", "required": number % 3 == 0}
    if number % 10 == 7:
        found |= {"relevant": f"${{q{number - 4}}} = 'yes'"}
    if number % max(1, questions // 5) == 1:
        found |= {"searchable": True}
    if number % 25 == 11:
        found |= {"constraint": ". > 0 and . < 100"}
    return found


def typed(number: int, turn: int) -> str:
    """Return what a person types for a question; another turn types something else."""
    match KINDS[number % len(KINDS)]:
        case "text":
            return f"今天去学生家里走访，第{turn}次"
        case "integer":
            return str(turn % 90 + 1)
        case "date":
            return (date(2026, 9, 1) + timedelta(days=turn % 300)).isoformat()
        case "yes_no":
            return "yes"
    return f"{turn % 90 + 1}.5"


def answers(questions: int, turn: int = 0) -> dict[str, Any]:
    """Return plain answers to the whole form, as they are kept."""
    return {f"q{n}": int(typed(n, turn)) if n % len(KINDS) == 1 else typed(n, turn) for n in range(questions)}
