"""The references of a workbook's expressions, for a form without groups.

XLSForm knows a question by `${name}`, by a path from where the expression stands (`../name`) and by a path from the
root (`/data/group/name`). A form here has no groups within steps, so paths become `${name}`; and names and lists that
had to change are changed in the expressions as well.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from forms.xlsform.outline import Node

_NAME = r"[^\W\d][\w.\-]*"
_TOKENS = re.compile(
    rf"""(?P<text>"[^"]*"|'[^']*')
    |(?P<reference>\$\{{\s*(?P<name>[^}}]*?)\s*\}})
    |(?P<list>\binstance\(\s*(?P<quote>['"])(?P<listname>.*?)(?P=quote)\s*\))
    |(?P<path>(?:current\(\)/)?\.\.(?:/\.\.)*(?:/{_NAME})*)
    |(?P<root>(?<![\w\])}}.])/{_NAME}(?:/{_NAME})+)
    |(?P<bracket>[\[\]])""",
    re.VERBOSE,
)


@dataclass
class Rewriter:
    """Rewrites expressions of one workbook."""

    root: Node
    lists: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._by_name: dict[str, list[Node]] = {}
        for node in self.root.walk():
            self._by_name.setdefault(node.name, []).append(node)

    def expression(self, text: str, at: Node) -> str:
        """Return the expression for the form, standing at the node."""
        depth = 0

        def one(match: re.Match[str]) -> str:
            nonlocal depth
            if match["bracket"]:
                depth += 1 if match["bracket"] == "[" else -1
                return match[0]
            return self._token(match, at, inside=depth > 0)

        return _TOKENS.sub(one, text)

    def label(self, text: str) -> str:
        """Return a label with its `${name}` under the names of the form."""
        return re.sub(r"\$\{\s*([^}]*?)\s*\}", lambda match: f"${{{self.name(match[1])}}}", text)

    def name(self, name: str) -> str:
        """Return the form's name for `${name}`; names that stand for several questions are not referred to."""
        found = self._by_name.get(name, [])
        return found[0].unique if found else name

    def find(self, name: str) -> Node | None:
        """Return what `${name}` stands for."""
        return next(iter(self._by_name.get(name, [])), None)

    def _token(self, match: re.Match[str], at: Node, *, inside: bool) -> str:
        if match["text"]:
            return self.label(match[0]) if "${" in match[0] else match[0]
        if match["reference"]:
            return f"${{{self.name(match['name'])}}}"
        if match["list"]:
            name = self.lists.get(match["listname"], match["listname"])
            return f"instance('{name}')"
        if match["path"]:
            absolute = match["path"].startswith("current()")
            return self._relative(match["path"], at) if absolute or not inside else match[0]
        return self._from_root(match["root"])

    def _relative(self, path: str, at: Node) -> str:
        steps = path.removeprefix("current()/").split("/")
        node: Node | None = at
        while steps and steps[0] == ".." and node is not None:
            steps.pop(0)
            node = node.above
        if not steps:
            return self._holder(node, at, path)
        while steps and node is not None:
            node = node.child(steps.pop(0))
        if node is None:
            return path
        return f"${{{node.unique}}}"

    def _holder(self, node: Node | None, at: Node, path: str) -> str:
        """Return the path to a repeat around, now that the groups between are gone."""
        if node is None or node.kind not in {"repeat", "form"}:
            return path
        around = [*at.repeats[::-1], self.root]
        levels = around.index(node) + 1 if node in around else 0
        prefix = "current()/" if path.startswith("current()") else ""
        return prefix + "/".join([".."] * levels) if levels else path

    def _from_root(self, path: str) -> str:
        node: Node | None = self.root
        for step in path.strip("/").split("/")[1:]:
            node = node.child(step) if node else None
        return f"${{{node.unique}}}" if node else path


def both(*conditions: str) -> str:
    """Return the conditions joined by `and`; empty ones hold always."""
    given = list(dict.fromkeys(condition for condition in conditions if condition))
    if len(given) < 2:
        return "".join(given)
    return " and ".join(f"({condition})" for condition in given)
