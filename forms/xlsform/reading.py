"""An XLSForm workbook as a form's document, and what the document does not carry."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from pydantic import ValidationError

from forms.definitions.document import Document
from forms.xlsform import own
from forms.xlsform.choosing import choices_of, list_names, rows_by_list, select
from forms.xlsform.context import Context
from forms.xlsform.headings import about_of, note_settings, slug_of, summary_of, survey_settings, title_of
from forms.xlsform.notes import NotCarried, WorkbookRefusedError
from forms.xlsform.outline import Node, name_apart, tree_of
from forms.xlsform.paths import Rewriter
from forms.xlsform.questions import READERS
from forms.xlsform.steps import steps_of
from forms.xlsform.workbook import Workbook, open_workbook

READERS.update(
    dict.fromkeys(
        (
            "select_one", "select_multiple", "rank", "select_one_external", "select_one_from_file",
            "select_multiple_from_file",
        ),
        select,
    )
)  # fmt: skip
DOCUMENT = "xinqiao::document"
_LIST = "list:"


@dataclass(frozen=True)
class Imported:
    """A form as it was read: its document, the address that its id suggests, and what it does not carry.

    `rows` are the numbers of the rows of the survey sheet by the name of the question.
    """

    document: Document
    slug: str
    not_carried: list[NotCarried]
    rows: dict[str, int] = field(default_factory=dict)


def read_workbook(content: bytes, filename: str) -> Imported:
    """Read a workbook. Raises WorkbookRefusedError with the messages for its author."""
    book = open_workbook(content, filename)
    plain, context = read_rows(book)
    content_ = assembled(own.applied(plain, own.read(book.settings, DOCUMENT)))
    settings = survey_settings(book)
    rows = {node.unique: node.row.number for node in context.root.walk()}
    return Imported(_document(content_, context), slug_of(settings, book), book.notes.sorted(), rows)


def read_rows(book: Workbook) -> tuple[dict[str, Any], Context]:
    """Return the document's parts as JSON, each list under a key of its own, and how they were read."""
    lists = rows_by_list(book.choices)
    root = tree_of(book.survey, lists)
    changed = name_apart(root)
    names = list_names(list(lists))
    context = Context(book, root, Rewriter(root, names))
    _note_names(changed, context)
    for name, rows in lists.items():
        context.lists[names[name]] = choices_of(rows, book.notes)
    settings = survey_settings(book)
    context.about = about_of(context)
    parts: dict[str, Any] = {"title": title_of(settings, book), "steps": steps_of(context)}
    parts |= {f"{_LIST}{name}": {"choices": choices} for name, choices in context.lists.items()}
    parts |= {"summary": summary_of(settings, context), "about": context.about}
    note_settings(context)
    return {key: part for key, part in parts.items() if part}, context


def _note_names(changed: list[tuple[Node, str]], context: Context) -> None:
    for node, name in changed:
        reason = _("A name stands once in a form; this question is now “%(name)s”.") % {"name": node.unique}
        context.notes.add("survey", node.row.number, node.row.titles.get("name", "name"), name, reason)


def flattened(content: dict[str, Any]) -> dict[str, Any]:
    """Return a document's JSON with each list under a key of its own: the inverse of `assembled`."""
    parts = {key: part for key, part in content.items() if key != "lists"}
    return parts | {f"{_LIST}{name}": part for name, part in content.get("lists", {}).items()}


def assembled(parts: dict[str, Any]) -> dict[str, Any]:
    """Return the document's JSON of its parts."""
    content = {key: part for key, part in parts.items() if not key.startswith(_LIST)}
    lists = {key.removeprefix(_LIST): part for key, part in parts.items() if key.startswith(_LIST)}
    return content | ({"lists": lists} if lists else {})


def _document(content: dict[str, Any], context: Context) -> Document:
    if not content.get("steps"):
        raise WorkbookRefusedError([_("The workbook has no question that a form could carry.")])
    try:
        return Document.model_validate(content)
    except ValidationError as error:
        messages = [_said(one, content, context) for one in error.errors()]
        raise WorkbookRefusedError(list(dict.fromkeys(messages))) from error


def _said(error: Any, content: dict[str, Any], context: Context) -> str:
    """Return a sentence for what the document's model refuses, with the row of the question where there is one."""
    name, part = "", content
    for key in error["loc"]:
        part = part[key] if isinstance(part, dict) and key in part else _at(part, key)
        name = part.get("name", name) if isinstance(part, dict) else name
    row = next((node.row.number for node in context.root.walk() if node.unique == name), None)
    words = {"name": name, "row": row, "part": error["loc"][-1], "problem": error["msg"]}
    if row is not None:
        return _("Sheet “survey”, row %(row)s: “%(name)s” cannot be carried (%(part)s: %(problem)s).") % words
    return _("The form cannot be made (%(part)s: %(problem)s).") % words


def _at(part: Any, key: Any) -> Any:
    """Return the part under a number; a type's name in the place is no key."""
    if isinstance(part, list) and isinstance(key, int) and key < len(part):
        return part[key]
    return part
