"""The language of forms: XLSForm's expressions, read once, evaluated on the server and in the browser.

    tree = parse("${age} >= 6 and selected(${home}, 'both_away')")
    names(tree)                                  # {"age", "home"}
    truth(evaluate(tree, answers, Place("age")))

No Django in here: every message is an English template that a caller translates (`ExpressionError.in_words`).
See docs/features/expressions.md for the language and docs/adr/0101 to 0103 for its choices.
"""

from .answers import Answers, Context, Outline, Place, Question
from .errors import EvaluationError, ExpressionError, ExpressionSyntaxError
from .evaluator import evaluate
from .graph import CycleError, in_order, names
from .nodes import Node
from .parser import parse
from .rules import Problem
from .tree import to_json
from .typecheck import check
from .values import Moment, Value, settle, stored, truth, typed
from .writer import unparse

__all__ = [
    "Answers",
    "Context",
    "CycleError",
    "EvaluationError",
    "ExpressionError",
    "ExpressionSyntaxError",
    "Moment",
    "Node",
    "Outline",
    "Place",
    "Problem",
    "Question",
    "Value",
    "check",
    "evaluate",
    "in_order",
    "names",
    "parse",
    "settle",
    "stored",
    "to_json",
    "truth",
    "typed",
    "unparse",
]
