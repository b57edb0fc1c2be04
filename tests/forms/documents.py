"""Random documents: every type of question, rosters of both levels, conditions and rules that refer to others."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs"], exclude_characters="${}\x00"), max_size=12
)
LABEL = st.one_of(st.sampled_from(["姓名", "几个人", 'A < B & "C"', " 空 白 ", "两\n行"]), TEXT)
NUMBERS = st.integers(-20, 20)
LIST = "colours"
COLOURS = [
    {"value": "red", "label": "红", "score": "2"},
    {"value": "blue", "label": "蓝", "extra": {"group": "cold"}},
    {"value": "green", "label": "绿", "score": "0.5", "extra": {"group": "cold"}},
]
LISTED = ("choice", "choices", "ranking", "matrix", "scored")
ASKED = (
    "text", "long_text", "integer", "decimal", "date", "time", "datetime", "month", "choice", "choices", "yes_no",
    "ranking", "matrix", "name", "gender", "id_number", "phone", "address", "location", "file", "photo", "signature",
    "consent", "scored", "calculation", "hidden", "record",
)  # fmt: skip
#: What makes a question of a type whole, and the settings that only this type has.
SETTINGS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "text": {
        "max_length": st.integers(1, 5000), "pattern": st.sampled_from(["", "[A-Z]+", "it's"]),
        "keyboard": st.sampled_from(["text", "digits", "email", "url", "barcode"]),
    },
    "long_text": {"max_length": st.integers(1, 50_000), "rows": st.integers(2, 30)},
    "integer": {
        "minimum": st.none() | NUMBERS, "maximum": st.none() | NUMBERS, "step": st.none() | st.integers(1, 5),
        "appearance": st.sampled_from(["field", "slider"]), "unit": st.sampled_from(["", "岁"]),
    },
    "decimal": {
        "minimum": st.none() | st.sampled_from(["0.5", "-3"]), "maximum": st.none() | st.sampled_from(["9.75", "100"]),
        "step": st.none() | st.sampled_from(["0.25", "1"]), "places": st.integers(0, 10),
        "appearance": st.sampled_from(["field", "slider"]),
    },
    "date": {"minimum": st.sampled_from(["", "2020-01-01"]), "maximum": st.sampled_from(["", "today"])},
    "choice": {"appearance": st.sampled_from(["radio", "select", "search"])},
    "choices": {"minimum": st.integers(0, 2), "maximum": st.none() | st.integers(1, 3)},
    "phone": {"accepts": st.sampled_from(["any", "mobile", "landline"])},
    "address": {"within": st.sampled_from(["", "43"]), "detail_required": st.booleans()},
    "file": {"maximum": st.integers(1, 3), "extensions": st.sampled_from([["pdf"], ["mp3"], ["mp4", "mov"]])},
    "consent": {"text": LABEL, "agreed": st.sampled_from(["yes", "OK", "同意"])},
    "calculation": {
        "calculation": st.sampled_from(["1 + 1", "concat('a', 'b')", "age(today())", "id-sex('x')"]),
        "result": st.sampled_from(["text", "number", "date"]), "shown": st.booleans(),
    },
    "hidden": {"parameter": st.sampled_from(["", "源"]), "default": st.sampled_from(["", "=now()", "=today()", "x"])},
    "record": {"register": st.just("children")},
}  # fmt: skip


@st.composite
def questions(draw: st.DrawFn, name: str, known: list[str]) -> dict[str, Any]:
    """One question of any type; its rules speak of questions before it."""
    kind = draw(st.sampled_from(ASKED))
    item: dict[str, Any] = {"type": kind, "name": name, "label": draw(LABEL)}
    for key, values in SETTINGS.get(kind, {}).items():
        item[key] = draw(values)
    if kind in LISTED:
        item["list"] = LIST
    if kind == "matrix":
        count = draw(st.integers(1, 3))
        item["rows"] = [{"name": f"{name}_r{number}", "label": draw(LABEL)} for number in range(count)]
    common = {
        "hint": LABEL, "guidance": LABEL, "required": st.booleans() | st.just("1 = 1"), "required_message": LABEL,
        "constraint": st.sampled_from(["", "string-length(.) > 1", "age(.) < 3"]), "constraint_message": LABEL,
        "default": st.sampled_from(["", "a", "=today()", "= 5", "a-b", "1+1"]), "read_only": st.booleans(),
        "sensitive": st.booleans(), "purpose": LABEL, "keep_months": st.integers(0, 12),
    }  # fmt: skip
    for key in draw(st.sets(st.sampled_from(sorted(common)), max_size=4)):
        item.setdefault(key, draw(common[key]))
    if known and draw(st.booleans()):
        other = draw(st.sampled_from(known))
        item["relevant"] = draw(
            st.sampled_from([f"${{{other}}} != ''", f"string-length(${{{other}}}) > 1 or 1 = 2"])
        )
    return item


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """A document as JSON."""
    known: list[str] = []
    names = (f"{draw(st.sampled_from(['q', '题', 'data', '名.字']))}{number}" for number in range(100))

    def items(depth: int) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        for _ in range(draw(st.integers(1, 4))):
            name = next(names)
            kind = draw(st.integers(0, 9))
            if kind == 0:
                look = draw(st.sampled_from(["text", "heading", "notice"]))
                found.append({"type": "note", "name": name, "label": draw(LABEL), "appearance": look})
            elif kind == 1 and depth < 2:
                inner = {"type": "roster", "name": name, "label": draw(LABEL), "items": items(depth + 1)}
                more = {
                    "item_name": draw(LABEL),
                    "minimum": draw(st.integers(0, 2)),
                    "count": draw(st.sampled_from(["", "2"])),
                }
                found.append(inner | more)
            else:
                found.append(draw(questions(name, known)))
                if depth == 0:
                    known.append(name)
        return found

    steps = [
        {"name": f"s{number}", "title": draw(LABEL), "intro": draw(LABEL), "items": items(0)}
        for number in range(draw(st.integers(1, 3)))
    ]
    document: dict[str, Any] = {
        "title": draw(st.sampled_from(["家访", "A & B"])),
        "steps": steps,
        "thanks": draw(LABEL),
    }
    document["lists"] = {LIST: {"choices": COLOURS}}
    if known and draw(st.booleans()):
        document["summary"] = f"{draw(st.sampled_from(['', '家访：']))}${{{known[0]}}}"
    return document
