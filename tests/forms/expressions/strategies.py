"""Random expressions over the form of the table: mostly sensible, always inside the language."""

from hypothesis import strategies as st

from forms.expressions.nodes import Call, Here, Negative, Node, Number, Operation, Path, Reference, Step, Text
from forms.expressions.parser import RANKS
from forms.expressions.signatures import SIGNATURES

TEXTS = [
    "",
    "a",
    "ab c",
    "12",
    "-3.5",
    "王小明",
    "𠮷",
    "2026-11-24",
    "2026-01-05T07:08:09+08:00",
    "mother",
    "1 11",
    "x'y",
    "%Y-%m",
]
SINGLE = ["a", "n", "t", "who", "card", "d", "dt", "one", "many", "hid", "ga"]
IN_ROSTER = ["x", "y", "c", "b", "z", "zd", "v"]
ROSTERS = ["r", "s", "w"]
# Without those that give something else each time, and those whose arguments have a shape of their own.
_SPECIAL = {
    "random",
    "uuid",
    "now",
    "regex",
    "indexed-repeat",
    "jr:choice-name",
    "weighted-checklist",
    "pow",
    "exp",
}
# What differs in the last digit between two libraries of mathematics.
_INEXACT = {
    "exp", "exp10", "log", "log10", "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "pow", "distance", "area",
}  # fmt: skip
FUNCTIONS = sorted(set(SIGNATURES) - _SPECIAL - _INEXACT - {"enclosed-area"})

numbers = st.one_of(
    st.integers(0, 300).map(float), st.sampled_from([0.1, 0.5, 2.345, 1e-7, 123456789.0, 3e10, 20454.25])
).map(Number)
texts = st.sampled_from(TEXTS).map(Text)
references = st.sampled_from([*SINGLE, *SINGLE, *IN_ROSTER, *ROSTERS]).map(Reference)
nodesets = st.one_of(
    st.sampled_from([*IN_ROSTER, *ROSTERS]).map(Reference),
    st.sampled_from(["x", "y", "c"]).map(lambda name: Path(Reference("r"), (), (Step(name),))),
    st.sampled_from([1.0, 3.0, 5.0]).map(
        lambda least: Path(Reference("x"), (Operation(Here(), ((">", Number(least)),)),), ())
    ),
)


def _call(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    def of(name: str) -> st.SearchStrategy[Node]:
        signature = SIGNATURES[name]
        most = signature.least + 2 if signature.most is None else signature.most
        kinds = [*signature.parameters, *[signature.parameters[-1]] * most] if signature.parameters else []
        arguments = [nodesets if kind == "nodes" else inner for kind in kinds[:most]]
        return st.integers(signature.least, most).flatmap(
            lambda count: st.tuples(*arguments[:count]).map(lambda given: Call(name, given))
        )

    return st.sampled_from(FUNCTIONS).flatmap(of)


def _operation(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    def of(rank: int) -> st.SearchStrategy[Node]:
        operators = st.sampled_from(sorted(name for name, value in RANKS.items() if value == rank))
        operands = inner.filter(
            lambda node: not (isinstance(node, Operation) and RANKS[node.rest[0][0]] == rank)
        )
        return st.builds(
            Operation, operands, st.lists(st.tuples(operators, operands), min_size=1, max_size=3).map(tuple)
        )

    return st.integers(0, 5).flatmap(of)


trees: st.SearchStrategy[Node] = st.recursive(
    st.one_of(numbers, texts, references, st.just(Here())),
    lambda inner: st.one_of(_call(inner), _operation(inner), inner.map(Negative)),
    max_leaves=8,
)
noise = st.text(st.sampled_from("ax1.${}()[]'\"/,+-*=!<> \n中“and or div(roster)"), max_size=30)
