"""The rules of the type check: what is told about a comparison, a sum, a function."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field

from .answers import Outline
from .errors import ExpressionError, gettext_noop
from .nodes import Call, Here, Node, Number, Reference, Text
from .writer import unparse

DATES = {"date", "datetime"}
NUMBERS = {"integer", "decimal", "number"}


@dataclass(frozen=True)
class Problem:
    """Something to tell the editor: an error stops the publication, a warning does not."""

    message: ExpressionError
    is_error: bool

    def in_words(self, translate: Callable[[str], str]) -> str:
        """Return the message with its position, in the language of `translate`."""
        return self.message.in_words(translate)

    def __str__(self) -> str:
        return str(self.message)


@dataclass
class Rules:
    """Collects problems of an expression of the question `place`."""

    outline: Outline
    place: str
    lists: Mapping[str, Collection[str]]
    found: list[Problem] = field(default_factory=list)
    inside: int = 0  # how many conditions [...] we are in

    def warn(self, node: Node, template: str, **params: object) -> None:
        self.found.append(Problem(ExpressionError(template, node.at, 1, **params), is_error=False))

    def fail(self, node: Node, template: str, **params: object) -> None:
        self.found.append(Problem(ExpressionError(template, node.at, 1, **params), is_error=True))

    def equality(self, left: Node, kind: str, right: Node, other: str) -> None:
        if kind == "choices" and isinstance(right, Text) and right.value:
            self.warn(
                left,
                gettext_noop("%(name)s may have several choices. Write selected(%(name)s, '%(value)s')."),
                name=written(left),
                value=right.value,
            )
        elif kind == "choice" and isinstance(right, Text):
            self.choice(left, right)
        elif kind in NUMBERS and isinstance(right, Text) and right.value and not _is_number(right.value):
            self.warn(
                right,
                gettext_noop("“%(value)s” is no number, but %(name)s is."),
                value=right.value,
                name=written(left),
            )
        elif kind in DATES and other in NUMBERS:
            self.warn(left, gettext_noop("A date is compared with a number. Write date('2026-09-01')."))

    def order(self, left: Node, kind: str, right: Node) -> None:
        if not isinstance(right, Text) or _is_number(right.value):
            return
        if kind in DATES:
            self.warn(
                right,
                gettext_noop(
                    "A date is not compared with a text; this is never true. Write date('%(value)s')."
                ),
                value=right.value,
            )
        else:
            self.warn(
                right,
                gettext_noop("Only numbers and dates can be larger or smaller; “%(value)s” is neither."),
                value=right.value,
            )

    def sums(self, operator: str, node: Node, kind: str) -> None:
        if isinstance(node, Text) and not _is_number(node.value):
            template = gettext_noop("“%(operator)s” works on numbers. Write concat(...) to join texts.")
            self.warn(node, template, operator=operator)
        elif kind in {"choices", "boolean", "geo"}:
            self.warn(
                node,
                gettext_noop("“%(operator)s” works on numbers and dates, and %(name)s is neither."),
                operator=operator,
                name=written(node),
            )

    def useful(self, call: Call, argument: Reference, kind: str) -> None:
        """Warn where a function over all items looks at one answer only."""
        if call.name not in {"sum", "count", "count-non-empty"} or kind == "nodes":
            return
        if not self.outline.rosters(argument.name):
            template = gettext_noop("%(name)s is in no roster, so that %(function)s() has one answer only.")
        else:
            template = gettext_noop(
                "Inside its roster %(name)s is one item's. Put %(function)s() into a calculation outside the roster."
            )
        self.warn(call, template, name=written(argument), function=call.name)

    def special(self, node: Call) -> None:
        match node:
            case Call("selected" | "is-selected", (asked, Text() as value)):
                self.choice(asked, value)
            case Call("selected" | "is-selected", (_, Number() as value)):
                self.fail(
                    value, gettext_noop("The second argument of selected() is a text in quotes, like '1'.")
                )
            case Call("jr:choice-name", (_, Reference(name))):
                if name in self.outline and self.outline.kind(name) not in {"choice", "choices"}:
                    self.fail(node, gettext_noop("jr:choice-name() needs a question with choices."))
            case Call("position", ()) if not self.inside:
                self.warn(
                    node,
                    gettext_noop("position() is always 1 here. Write position(..) for the item's number."),
                )
            case Call("position", (Here(),)) if not (
                self.place in self.outline and self.outline.rosters(self.place)
            ):
                self.warn(
                    node, gettext_noop("position(..) counts the items of a roster, and this is in none.")
                )

    def choice(self, asked: Node, value: Text) -> None:
        """Warn when the list of the question has no such choice."""
        question = self.outline.questions.get(asked.name) if isinstance(asked, Reference) else None
        if question is None or question.choices not in self.lists or not value.value.strip():
            return
        choices = self.lists[question.choices]
        if value.value.strip() not in choices:
            self.warn(
                value,
                gettext_noop("%(name)s has no choice “%(value)s”. Its choices: %(choices)s."),
                name=written(asked),
                value=value.value,
                choices=", ".join(_few(choices)),
            )


def _few(names: Collection[str], most: int = 8) -> Iterator[str]:
    for index, name in enumerate(names):
        if index == most:
            yield "…"
            return
        yield name


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def written(node: Node) -> str:
    """Return the node as the editor wrote it, more or less."""
    return unparse(node)
