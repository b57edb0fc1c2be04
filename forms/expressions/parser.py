"""From tokens to the tree: one parser for server, browser, checks and XLSForm."""

from __future__ import annotations

import re
from functools import lru_cache

from .errors import ExpressionSyntaxError, gettext_noop
from .limits import MAX_DEPTH, MAX_NODES
from .nodes import (
    Call,
    Choices,
    Column,
    Current,
    Here,
    Negative,
    Node,
    Number,
    Operation,
    Path,
    Reference,
    Step,
    Text,
)
from .signatures import check_call
from .tokens import NAME, Token, tokens_of

RANKS = {
    "or": 0, "and": 1, "=": 2, "!=": 2, "<": 3, "<=": 3, ">": 3, ">=": 3, "+": 4, "-": 4, "*": 5, "div": 5, "mod": 5,
}  # fmt: skip
_QUOTED_REFERENCE = re.compile(rf"\s*\$\{{({NAME})\}}\s*")


@lru_cache(maxsize=4096)
def parse(text: str, *, columns: bool = False) -> Node:
    """Return the tree of an expression.

    `columns` allows bare names: the columns of the choice, in a choice filter. Raises ExpressionSyntaxError, which
    names the position and what to write instead.
    """
    return _Parser(tokens_of(text), columns).whole()


class _Parser:
    """Precedence climbing over a list of tokens."""

    def __init__(self, tokens: list[Token], columns: bool) -> None:
        self.tokens, self.columns = tokens, columns
        self.i = self.nodes = self.depth = 0

    @property
    def token(self) -> Token:
        return self.tokens[self.i]

    def whole(self) -> Node:
        if self.token.kind == "end":
            raise ExpressionSyntaxError(gettext_noop("The expression is empty."), 0)
        tree = self.expression()
        if self.token.kind != "end":
            raise self.unexpected()
        return tree

    def expression(self) -> Node:
        return self.continued(self.signed(), 0)

    def continued(self, left: Node, least: int) -> Node:
        """Read on behind `left` while operators of rank `least` or higher follow."""
        while (rank := self.rank()) >= least:
            rest: list[tuple[str, Node]] = []
            while self.rank() == rank:
                operator = self.take().value
                right = self.signed()
                if self.rank() > rank:
                    right = self.continued(right, rank + 1)
                rest.append((operator, right))
                self.count()
            left = Operation(left, tuple(rest), at=left.at)
        return left

    def rank(self) -> int:
        """Return how tightly the operator at hand binds, -1 where none stands."""
        if self.token.kind != "operator":
            return -1
        return RANKS.get(self.token.value, -1)

    def signed(self) -> Node:
        minuses: list[int] = []
        while self.token.kind == "operator" and self.token.value == "-":
            minuses.append(self.take().at)
        if len(minuses) > MAX_DEPTH:
            raise self.too_deep()
        node = self.path()
        for at in reversed(minuses):
            node = Negative(node, at=at)
        return node

    def path(self) -> Node:
        start = self.primary()
        self.count()
        if not isinstance(start, (Reference, Here, Current, Column, Choices)):
            if self.is_("/") or self.is_("["):
                raise self.unexpected()
            return start
        where = self.conditions()
        steps: list[Step] = []
        while self.is_("/"):
            steps.append(self.step(self.take()))
        return Path(start, where, tuple(steps), at=start.at) if where or steps else start

    def step(self, slash: Token) -> Step:
        name = self.take()
        if name.kind != "name" or ":" in name.value:
            raise self.no_division(slash)
        self.count()
        return Step(name.value, self.conditions(), at=name.at)

    def conditions(self) -> tuple[Node, ...]:
        found: list[Node] = []
        while self.is_("["):
            found.append(self.condition())
        return tuple(found)

    def condition(self) -> Node:
        opening = self.take()
        if self.token.kind == "number" and self.tokens[self.i + 1].value == "]":
            raise ExpressionSyntaxError(
                gettext_noop("Write [position() = %(number)s] instead of [%(number)s]."),
                opening.at,
                self.token.length + 2,
                number=self.token.value,
            )
        before, self.columns = self.columns, True
        inner = self.nested(opening)
        self.columns = before
        self.expect("]", opening)
        return inner

    def nested(self, opening: Token) -> Node:
        """Read an expression inside brackets, counting how deep they are."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.too_deep(opening.at)
        inner = self.expression()
        self.depth -= 1
        return inner

    def primary(self) -> Node:
        token = self.take()
        match token.kind:
            case "number":
                return Number(float(token.value), at=token.at)
            case "text":
                return Text(token.value, at=token.at)
            case "reference":
                return Reference(token.value, at=token.at)
            case "name":
                return self.named(token)
        match token.value:
            case "(":
                inner = self.nested(token)
                self.expect(")", token)
                return inner
            case "." | "..":
                return Here(self.parents(token), at=token.at)
            case "/":
                raise ExpressionSyntaxError(
                    gettext_noop("Paths from the root are not supported. Write ${name} of the question."),
                    token.at,
                )
        if token.kind != "end":
            self.i -= 1
        raise self.unexpected()

    def parents(self, first: Token) -> int:
        """Count the `..` of `..`, `../..` and so on; the first is taken."""
        up = int(first.value == "..")
        while up and self.is_("/") and self.tokens[self.i + 1].value == "..":
            self.i += 2
            up += 1
        return up

    def named(self, token: Token) -> Node:
        if self.is_("("):
            return self.call(token)
        if self.columns and ":" not in token.value:
            return Column(token.value, at=token.at)
        if token.value in {"true", "false"}:
            raise ExpressionSyntaxError(
                gettext_noop("Write %(name)s() with brackets."), token.at, token.length, name=token.value
            )
        raise ExpressionSyntaxError(
            gettext_noop(
                "“%(name)s” is neither a text in quotes nor a question. Write '%(name)s' or ${%(name)s}."
            ),
            token.at,
            token.length,
            name=token.value,
        )

    def call(self, name: Token) -> Node:
        opening = self.take()
        arguments: list[Node] = []
        if not self.is_(")"):
            arguments.append(self.nested(opening))
            while self.is_(","):
                self.take()
                arguments.append(self.nested(opening))
        self.expect(")", opening)
        if name.value == "current":
            return self.current(name, arguments)
        if name.value == "instance":
            return self.instance(name, arguments)
        if name.value == "jr:choice-name" and len(arguments) == 2:
            arguments[1] = _quoted_question(arguments[1])
        check_call(name, arguments)
        return Call(name.value, tuple(arguments), at=name.at)

    def current(self, name: Token, arguments: list[Node]) -> Node:
        if arguments or not self.is_("/") or self.tokens[self.i + 1].value not in {".", ".."}:
            raise ExpressionSyntaxError(
                gettext_noop("current() is written current()/. or current()/../name."), name.at, name.length
            )
        self.take()
        return Current(self.parents(self.take()), at=name.at)

    def instance(self, name: Token, arguments: list[Node]) -> Node:
        tail = [token.value for token in self.tokens[self.i : self.i + 4]]
        if len(arguments) != 1 or not isinstance(arguments[0], Text) or tail != ["/", "root", "/", "item"]:
            raise ExpressionSyntaxError(
                gettext_noop("A list of choices is read as instance('list')/root/item[condition]/column."),
                name.at,
                name.length,
            )
        self.i += 4
        return Choices(arguments[0].value, at=name.at)

    def take(self) -> Token:
        token = self.token
        self.i = min(self.i + 1, len(self.tokens) - 1)
        return token

    def is_(self, sign: str) -> bool:
        return self.token.kind == "punctuation" and self.token.value == sign

    def expect(self, sign: str, opening: Token) -> None:
        if self.is_(sign):
            self.take()
            return
        if self.token.kind == "end":
            raise ExpressionSyntaxError(
                gettext_noop("The bracket “%(sign)s” that opens here is not closed."),
                opening.at,
                sign=opening.value,
            )
        raise self.unexpected()

    def count(self) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise ExpressionSyntaxError(
                gettext_noop("The expression has more than %(limit)s parts. Split it into calculations."),
                self.token.at,
                limit=MAX_NODES,
            )

    def too_deep(self, at: int | None = None) -> ExpressionSyntaxError:
        return ExpressionSyntaxError(
            gettext_noop(
                "Brackets are nested more than %(limit)s deep. Split the expression into calculations."
            ),
            self.token.at if at is None else at,
            limit=MAX_DEPTH,
        )

    def no_division(self, slash: Token) -> ExpressionSyntaxError:
        return ExpressionSyntaxError(gettext_noop("Write div for a division instead of “/”."), slash.at)

    def unexpected(self) -> ExpressionSyntaxError:
        token = self.token
        if token.kind == "end":
            return ExpressionSyntaxError(
                gettext_noop("The expression ends too early; something is missing."), token.at
            )
        if token.value == "/":
            return self.no_division(token)
        return ExpressionSyntaxError(
            gettext_noop("“%(sign)s” cannot stand here."), token.at, token.length, sign=token.value
        )


def _quoted_question(node: Node) -> Node:
    """The second argument of jr:choice-name is the reference in quotes: '${question}'."""
    match = _QUOTED_REFERENCE.fullmatch(node.value) if isinstance(node, Text) else None
    if not match:
        raise ExpressionSyntaxError(
            gettext_noop("The second argument of jr:choice-name is the question in quotes: '${question}'."),
            node.at,
        )
    return Reference(match[1], at=node.at)
