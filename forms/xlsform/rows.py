"""The parts of a form as rows of the survey sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from pyxform.utils import default_is_dynamic

from forms.definitions import questions as q
from forms.definitions.document import AnyRoster, Document, Note, Score, Step
from forms.xlsform.limits import digits, limits_of
from forms.xlsform.naming import Names
from forms.xlsform.own import part_of
from forms.xlsform.paths import both
from forms.xlsform.plain_xpath import plain

YES_NO, GENDER, AGREED = "_xinqiao_yes_no", "_xinqiao_gender", "_xinqiao_agreed"
Cells = dict[str, str]


@dataclass
class Line:
    """A row to be written. `item` is the part of the form that it stands for, as JSON, none for a helping row."""

    cells: Cells
    item: dict[str, Any] | None = None


@dataclass
class Writer:
    """Writes the survey sheet of one document."""

    document: Document
    names: Names
    #: Whether the columns that write to a register are written.
    saves: bool = True
    #: Values of agreements whose list has to be written.
    agreed: set[str] = field(default_factory=set)

    def lines(self) -> Iterator[Line]:
        """Give the rows in order."""
        if self.document.intro:
            yield self.helping("", {"type": "note", "label": self._seen(self.document.intro, " - ")}, "intro")
        for step in self.document.steps:
            yield from self._step(step)
        for score in self.document.scores:
            yield self._score(score)

    def _step(self, step: Step) -> Iterator[Line]:
        name = self.names.steps[step.name]
        plain_page = not any(isinstance(item, AnyRoster) for item in step.items)
        cells = {
            "type": "begin_group",
            "name": name,
            "label": self.names.label(step.title),
            "relevant": self.expression(step.relevant),
            "appearance": "field-list" if plain_page else "",
            "xinqiao::type": "step",
        }
        yield Line(cells, _without(step, "items"))
        if step.intro:
            yield self.helping(name, {"type": "note", "label": self._seen(step.intro, " - ")}, "intro")
        if not step.items:
            yield self.helping(name, {"type": "note", "label": " - "}, "empty")
        for item in step.items:
            yield from self._item(item)
        yield Line({"type": "end_group"})

    def _item(self, item: Any) -> Iterator[Line]:
        if isinstance(item, Note):
            cells = {
                "type": "note",
                "name": self.names.of(item.name),
                "label": self._seen(item.label, item.name),
                "relevant": self.expression(item.relevant),
                "xinqiao::type": "note",
            }
            yield Line(cells, item.compact())
        elif isinstance(item, AnyRoster):
            yield from self._roster(item)
        elif isinstance(item, q.Matrix):
            yield from self._matrix(item)
        else:
            yield from self._question(item)

    def _roster(self, roster: Any) -> Iterator[Line]:
        cells = {
            "type": "begin_repeat",
            "name": self.names.of(roster.name),
            "label": self._seen(roster.label, roster.name),
            "hint": self.names.label(roster.hint),
            "relevant": self.expression(roster.relevant),
            "repeat_count": self.expression(roster.count),
            "xinqiao::type": "roster",
        }
        yield Line(cells, _without(roster, "items"))
        for item in roster.items:
            yield from self._item(item)
        yield Line({"type": "end_repeat"})

    def _seen(self, label: str, name: str) -> str:
        """Return the label, or the name for one that shows nothing: pyxform refuses what nobody would see."""
        text = self.names.label(label)
        return text if any(sign.isprintable() and not sign.isspace() for sign in text) else name

    def _matrix(self, matrix: q.Matrix) -> Iterator[Line]:
        name = self.names.of(matrix.name)
        cells = self.common(matrix)
        kept = {key: cells[key] for key in ("name", "label", "hint", "relevant", "xinqiao::type")}
        yield Line({"type": "begin_group", "appearance": "table-list", **kept}, matrix.compact())
        for row in matrix.rows:
            yield Line(
                {
                    "type": f"select_one {self.names.lists.get(matrix.list, matrix.list)}",
                    "name": self.names.of(row.name),
                    "label": self._seen(row.label, row.name),
                    "relevant": self.expression(row.relevant),
                    "required": "yes" if matrix.required is True else "",
                }
            )
        if not matrix.rows:
            yield self.helping(name, {"type": "note", "label": " - "}, "empty")
        yield Line({"type": "end_group"})

    def _question(self, question: q.Question) -> Iterator[Line]:
        own = _TYPES[type(question)](question, self)
        line = Line({**self.common(question), **own}, question.compact())
        if isinstance(question, q.Consent) and question.text and question.text != question.label:
            yield self.helping(
                line.cells["name"],
                {
                    "type": "note",
                    "label": self._seen(question.text, " - "),
                    "relevant": line.cells["relevant"],
                },
                "text",
            )
        yield line
        if isinstance(question, q.Address):
            yield self.helping(
                line.cells["name"],
                {
                    "type": "text",
                    "label": _("Detailed address"),
                    "relevant": line.cells["relevant"],
                    "required": line.cells["required"] if question.detail_required else "",
                },
                "detail",
            )

    def common(self, question: q.Question) -> Cells:
        """Return the cells that every question has."""
        constraint = both(*limits_of(question), self.expression(question.constraint))
        required = question.required if isinstance(question.required, str) else ""
        return {
            "name": self.names.of(question.name),
            "label": self._seen(question.label, question.name),
            "hint": self.names.label(question.hint),
            "guidance_hint": self.names.label(question.guidance),
            "required": self.expression(required) or ("yes" if question.required is True else ""),
            "required_message": question.required_message,
            "relevant": self.expression(question.relevant),
            "constraint": constraint,
            "constraint_message": question.constraint_message,
            "default": self._default(question),
            "read_only": "yes" if question.read_only else "",
            "choice_filter": self.expression(getattr(question, "choice_filter", ""), columns=True),
            "save_to": question.saves_to if self.saves else "",
            "xinqiao::type": str(getattr(question, "type", "")),
        }

    def _default(self, question: q.Question) -> str:
        text = question.default
        if not text or isinstance(question, q.File | q.Photo | q.Signature | q.Matrix):
            return ""
        if not text.startswith("="):
            quote = '"' if "'" in text else "'"
            is_text = not default_is_dynamic(text, "text") or quote in text
            return text if is_text else f"concat({quote}{text}{quote}, '')"
        expression = self.expression(text[1:].strip())
        return expression if default_is_dynamic(expression, "text") else f"if(true(), {expression}, '')"

    def expression(self, text: str, *, columns: bool = False) -> str:
        """Return an expression in the words of plain XLSForm."""
        return plain(text, self.names.given, columns=columns) if text else ""

    def choices(self, name: str) -> str:
        return self.names.lists.get(name, name)

    def helping(self, owner: str, cells: Cells, suffix: str) -> Line:
        """Return a row that only helps the one of that name, for other software."""
        name = self.names.new(f"{owner or 'form'}_{suffix}")
        return Line({"name": name, **cells, **part_of(owner)})

    def _score(self, score: Score) -> Line:
        if score.expression:
            total = self.expression(score.expression)
        else:
            total = " + ".join(self._points(score, name) for name in score.of) or "0"
        return self._named(self.names.of(score.name), {"type": "calculate", "calculation": total})

    def _points(self, score: Score, name: str) -> str:
        """Return the expression for the points of a scored question. Those within rosters are not added up."""
        placed = self.document.questions.get(name)
        if placed is None or placed.rosters or not hasattr(placed.item, "list"):
            return "0"
        rows = f"instance('{self.choices(placed.item.list)}')/root/item"
        points = f"{rows}[name = ${{{self.names.of(name)}}}]/xinqiao_score"
        return f"coalesce(number({points}), 0) * {digits(score.weights.get(name, 1))}"

    def _named(self, name: str, cells: Cells) -> Line:
        return Line({"name": name, **cells, **part_of("")})


def _without(part: Any, *keys: str) -> dict[str, Any]:
    return {key: value for key, value in part.compact().items() if key not in keys}


def _type(kind: str, appearance: str = "") -> Callable[[Any, Writer], Cells]:
    return lambda _question, _writer: {"type": kind} | ({"appearance": appearance} if appearance else {})


def _text(question: Any, _writer: Writer) -> Cells:
    if question.keyboard == "barcode":
        return {"type": "barcode"}
    return {"type": "text", "appearance": {"digits": "numbers", "url": "url"}.get(question.keyboard, "")}


def _number(kind: str) -> Callable[[Any, Writer], Cells]:
    def read(question: Any, writer: Writer) -> Cells:
        bounds = (question.minimum, question.maximum, question.step or 1)
        if question.appearance != "slider" or None in bounds or bounds[0] >= bounds[1]:
            return {"type": kind}
        if question.step and question.step > question.maximum - question.minimum:
            return {"type": kind}
        start, end, step = (digits(value) for value in bounds)
        # A range accepts nothing else, so that the type needs no constraint.
        constraint = writer.expression(question.constraint)
        return {
            "type": "range",
            "parameters": f"start={start} end={end} step={step}",
            "constraint": constraint,
        }

    return read


def _select(kind: str) -> Callable[[Any, Writer], Cells]:
    def read(question: Any, writer: Writer) -> Cells:
        looks = {"select": "minimal", "search": "minimal autocomplete"}
        look = looks.get(getattr(question, "appearance", ""), "")
        return {"type": f"{kind} {writer.choices(question.list)}", "appearance": look}

    return read


def _consent(question: Any, writer: Writer) -> Cells:
    if question.agreed == "OK":
        return {"type": "acknowledge"}
    writer.agreed.add(question.agreed)
    return {"type": f"select_one {agreed_list(question.agreed)}"}


def agreed_list(value: str) -> str:
    """Return the name of the list whose only choice is an agreement with this value."""
    return f"{AGREED}_{value.encode().hex()}"


def _calculation(question: Any, writer: Writer) -> Cells:
    calculation = writer.expression(question.calculation)
    if not question.shown:
        return {"type": "calculate", "calculation": calculation, "label": ""}
    kind = {"number": "decimal", "date": "date"}.get(question.result, "text")
    return {"type": kind, "calculation": calculation, "read_only": "yes"}


def _hidden(question: Any, writer: Writer) -> Cells:
    bare = not any((question.relevant, question.constraint, question.required, question.read_only))
    kind = {"=now()": "start", "=today()": "today"}.get(question.default, "") if bare else ""
    label = writer.names.label(question.label)
    return {"type": kind, "default": "", "label": label} if kind else {"type": "hidden", "label": label}


_TYPES: dict[type[q.Question], Callable[[Any, Writer], Cells]] = {
    q.Text: _text,
    q.LongText: _type("text", "multiline"),
    q.Integer: _number("integer"),
    q.DecimalNumber: _number("decimal"),
    q.Date: _type("date"),
    q.Time: _type("time"),
    q.DateTime: _type("dateTime"),
    q.Month: _type("text"),
    q.SingleChoice: _select("select_one"),
    q.Scored: _select("select_one"),
    q.MultipleChoice: _select("select_multiple"),
    q.Ranking: _select("rank"),
    q.YesNo: _type(f"select_one {YES_NO}"),
    q.Gender: _type(f"select_one {GENDER}"),
    q.PersonName: _type("text"),
    q.IdNumber: _type("text"),
    q.Phone: _type("text", "numbers"),
    q.Address: _type("text"),
    q.Location: _type("geopoint"),
    q.Photo: _type("image"),
    q.Signature: _type("image", "signature"),
    q.Consent: _consent,
    q.Calculation: _calculation,
    q.Hidden: _hidden,
    q.RecordReference: _type("text"),
}


def _file(question: Any, _writer: Writer) -> Cells:
    from forms.xlsform.questions import AUDIO, VIDEO

    given = set(question.extensions)
    kind = "audio" if given and given <= set(AUDIO) else "video" if given and given <= set(VIDEO) else "file"
    return {"type": kind}


_TYPES[q.File] = _file
