"""Conditions that do not depend on any answer."""

from __future__ import annotations

from forms.expressions import Answers, ExpressionError, Node, Outline, evaluate, truth
from forms.run.moment import at


def never_true(tree: Node) -> bool:
    """Say whether a condition without references is false, or fails, always."""
    try:
        return not truth(evaluate(tree, Answers(Outline([]), {}, at())))
    except ExpressionError:
        return True
