"""Random forms with logic, and random answers to them: well-typed, absent, refused and unreadable ones."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

KINDS = (
    "integer", "decimal", "text", "date", "choice", "choices", "yes_no", "matrix", "calculation", "note", "gender",
    "phone", "consent", "time", "datetime", "id_number", "name", "scored",
)  # fmt: skip
VALUES: dict[str, list[Any]] = {
    "integer": [0, 1, 3, 7, 12, -2, 30, "x1"],
    "decimal": ["0.5", "2.25", "10", "-1.5", "abc"],
    "text": ["", "是", "both away", "aaa", "0731", "it's"],
    "date": ["2012-02-29", "2020-09-01", "2031-01-01", "2020-13-01"],
    "choice": ["red", "blue", "green"],
    "scored": ["red", "blue", "green"],
    "choices": [["red"], ["red", "green"], ["blue", "red", "green"]],
    "yes_no": ["yes", "no"],
    "gender": ["male", "female"],
    "phone": ["13812345678", "0731-88887777", "12"],
    "consent": ["yes"],
    "time": ["08:30", "23:05"],
    "datetime": ["2024-05-06T08:30"],
    "id_number": ["11010519491231002X", "110105194912310021", "440304201203070012"],
    "name": ["王小明", "买买提·艾力", "A1"],
}
#: An answer of each kind that every rule of these forms lets through.
RIGHT: dict[str, Any] = {
    "integer": 3, "decimal": "2.25", "text": "是", "date": "2012-02-29", "choice": "red", "scored": "red",
    "choices": ["red"], "yes_no": "yes", "gender": "male", "phone": "13812345678", "consent": "yes", "time": "08:30",
    "datetime": "2024-05-06T08:30", "id_number": "11010519491231002X", "name": "王小明",
}  # fmt: skip
COLOURS = [{"value": "red", "label": "红", "score": "2"}, {"value": "blue", "label": "蓝"}]
COLOURS += [{"value": "green", "label": "绿", "score": "0.5"}]


@dataclass
class Known:
    """The names that an expression may speak of: those at the top, and those in the same roster."""

    top: list[tuple[str, str]] = field(default_factory=list)
    here: list[tuple[str, str]] = field(default_factory=list)
    rosters: dict[str, list[tuple[str, str]]] = field(default_factory=dict)


@st.composite
def conditions(draw: st.DrawFn, known: Known) -> str:
    """A condition about what stands before."""
    said = [
        draw(_about(name, kind))
        for name, kind in draw(st.lists(st.sampled_from(known.top + known.here), min_size=1, max_size=2))
    ]
    if known.rosters and draw(st.booleans()):
        roster = draw(st.sampled_from(sorted(known.rosters)))
        said.append(f"count(${{{roster}}}) {draw(st.sampled_from(['> 1', '= 0', '< 3']))}")
    joined = f" {draw(st.sampled_from(['and', 'or']))} ".join(said)
    return f"not({joined})" if draw(st.integers(0, 4)) == 0 else joined


def _about(name: str, kind: str) -> st.SearchStrategy[str]:
    reference = f"${{{name}}}"
    of_kind = {
        "integer": [f"{reference} > 2", f"{reference} + 1 <= 4", f"{reference} mod 2 = 1"],
        "decimal": [f"{reference} >= 2.25", f"round({reference}, 1) = 0.5"],
        "text": [f"string-length({reference}) > 2", f"contains({reference}, 'a')", f"{reference} = '是'"],
        "date": [
            f"{reference} < date('2020-01-01')",
            f"age({reference}) >= 6",
            f"school-year({reference}) = 2020",
        ],
        "choice": [f"selected({reference}, 'red')", f"{reference} != 'blue'"],
        "choices": [f"selected({reference}, 'red')", f"count-selected({reference}) > 1"],
        "yes_no": [f"{reference} = 'yes'"],
        "id_number": [
            f"id-valid({reference})",
            f"id-sex({reference}) = 'male'",
            f"age(id-birth-date({reference})) > 20",
        ],
    }
    return st.sampled_from([*of_kind.get(kind, []), f"{reference} = ''", f"string({reference}) != ''"])


@st.composite
def calculations(draw: st.DrawFn, known: Known) -> tuple[str, str]:
    """A calculation and the kind of its result."""
    every = known.top + known.here
    numbers = [name for name, kind in every if kind in {"integer", "decimal"}]
    sums = [
        (roster, name)
        for roster, inner in known.rosters.items()
        for name, kind in inner
        if kind in {"integer", "decimal"}
    ]
    ways = ["if", "concat", *(["number"] if numbers else []), *(["sum"] if sums else [])]
    way = draw(st.sampled_from(ways))
    if way == "number":
        name = draw(st.sampled_from(numbers))
        return draw(
            st.sampled_from([f"${{{name}}} * 2 + 1", f"coalesce(${{{name}}}, 0) - 1", f"${{{name}}} div 4"])
        ), "number"
    if way == "sum":
        _, name = draw(st.sampled_from(sums))
        return f"sum(${{{name}}})", "number"
    if way == "concat":
        name = draw(st.sampled_from(every))[0]
        return f"concat('[', ${{{name}}}, ']')", "text"
    return f"if({draw(conditions(known))}, 'a', 'b')", "text"


@st.composite
def items(draw: st.DrawFn, names: Any, known: Known, depth: int) -> list[dict[str, Any]]:
    """Questions, notes and rosters in a row."""
    found: list[dict[str, Any]] = []
    place = known.here if depth else known.top
    for _ in range(draw(st.integers(2, 5))):
        name = next(names)
        before, rosters = known.top + known.here, dict(known.rosters)
        if depth < 2 and draw(st.integers(0, 7)) == 0:
            inner = Known(known.top, list(known.here), dict(known.rosters) if depth == 0 else {})
            count = [name for name, kind in before if kind == "integer"]
            item: dict[str, Any] = {"type": "roster", "name": name, "label": "名册", "maximum": 200}
            if count and draw(st.booleans()):
                item["count"] = f"${{{draw(st.sampled_from(count))}}}"
            start = len(inner.here)
            item["items"] = draw(items(names, inner, depth + 1))
            if depth == 0:
                known.rosters[name] = inner.here[start:]
        else:
            item = draw(_question(name, known))
            if item["type"] not in {"note", "matrix"}:
                kind = {"calculation": "text"}.get(item["type"], item["type"])
                place.append((name, kind))
        if before and item["type"] != "calculation" and draw(st.booleans()):
            item["relevant"] = draw(conditions(Known(before, [], {} if depth else rosters)))
        found.append(item)
    return found


@st.composite
def _question(draw: st.DrawFn, name: str, known: Known) -> dict[str, Any]:
    some = bool(known.top + known.here)
    kind = draw(st.sampled_from([one for one in KINDS if some or one != "calculation"]))
    item: dict[str, Any] = {"type": kind, "name": name, "label": "题目"}
    if kind == "calculation":
        item["calculation"], item["result"] = draw(calculations(known))
        return item
    if kind in {"choice", "choices", "matrix", "scored"}:
        item["list"] = "colours"
    if kind == "matrix":
        item["rows"] = [{"name": f"{name}_r{number}", "label": "行"} for number in range(2)]
    if kind == "consent":
        item["text"] = "同意书"
    if kind == "note":
        return item
    item["required"] = draw(st.sampled_from([False, True, "1 = 1" if kind != "matrix" else False]))
    rules = {
        "integer": ". < 20",
        "decimal": ". >= 0",
        "text": "string-length(.) < 5",
        "choices": "count-selected(.) < 3",
    }
    if kind in rules and draw(st.booleans()):
        item["constraint"] = rules[kind]
    if kind == "integer" and draw(st.booleans()):
        item |= {"minimum": 0, "maximum": 15}
    return item


@st.composite
def forms(draw: st.DrawFn) -> dict[str, Any]:
    """A form as JSON."""
    names = (f"q{number}" for number in range(1000))
    known = Known()
    steps = []
    for number in range(draw(st.integers(1, 3))):
        step: dict[str, Any] = {"name": f"s{number}", "title": "步骤"}
        if known.top and draw(st.booleans()):
            step["relevant"] = draw(conditions(Known(list(known.top), [])))
        steps.append({**step, "items": draw(items(names, known, 0))})
    return {"title": "走一遍", "lists": {"colours": {"choices": COLOURS}}, "steps": steps}


@st.composite
def answers(draw: st.DrawFn, content: dict[str, Any]) -> dict[str, Any]:
    """Answers to a form."""
    return draw(_answers([item for step in content["steps"] for item in step["items"]]))


@st.composite
def _answers(draw: st.DrawFn, items: list[dict[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for item in items:
        kind, name = item["type"], item["name"]
        if kind == "roster":
            found[name] = [draw(_answers(item["items"])) for _ in range(draw(st.integers(0, 3)))]
        elif kind == "matrix":
            rows = draw(st.sets(st.sampled_from([row["name"] for row in item["rows"]])))
            found |= (
                {name: {row: draw(st.sampled_from(VALUES["choice"])) for row in sorted(rows)}} if rows else {}
            )
        elif kind in VALUES and draw(st.integers(0, 3)):
            found[name] = draw(st.sampled_from(VALUES[kind]))
    return found


@st.composite
def walks(draw: st.DrawFn, sets: int = 4) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A form and several sets of answers to it."""
    content = draw(forms().filter(lambda form: any(_asks(step["items"]) for step in form["steps"])))
    return content, [draw(answers(content)) for _ in range(sets)]


def _asks(items: list[dict[str, Any]]) -> bool:
    """Say whether anything is asked: a form that asks nothing is not published."""
    return any(
        _asks(item["items"]) if item["type"] == "roster" else item["type"] not in {"note", "calculation"}
        for item in items
    )
