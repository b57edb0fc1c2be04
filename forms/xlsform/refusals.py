"""pyxform's words in Chinese, for the mistakes that authors make most. The original always follows."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

#: A pattern of pyxform's message -> the sentence for it; named groups fill it in.
_SAYINGS: tuple[tuple[str, str], ...] = (
    (
        r"names? '?(?P<name>[^' ]*)'? .*?(must be unique within|is invalid\. Questions, groups)",
        gettext_noop("a name is used twice in the same group"),
    ),
    (
        r"'name' value '(?P<name>.*?)' is invalid\. Questions, groups",
        gettext_noop("the name “%(name)s” is used twice in the same group"),
    ),
    (
        r"'name' value '(?P<name>.*?)' is invalid\. Repeat names must (?:be )?unique",
        gettext_noop("the repeat “%(name)s” has the name of another one"),
    ),
    (
        r"Repeat names must not be the same as the survey root",
        gettext_noop("a repeat has the name of the form itself"),
    ),
    (r"'name' value 'meta' is invalid", gettext_noop("the name “meta” is reserved")),
    (
        r"'choices' sheet, the 'name' value is invalid\. Choices must have a name",
        gettext_noop("a choice has no value in the column “name”"),
    ),
    (
        r"Choice names must be unique for each choice list",
        gettext_noop("two choices of a list have the same value in the column “name”"),
    ),
    (
        r"On the '(?P<sheet>.*?)' sheet, the '(?P<column>.*?)' value is invalid\. Names must begin",
        gettext_noop("in the column “%(column)s” stands what is no name (a letter or _ first; no spaces)"),
    ),
    (
        r"the '(?P<column>[^']*)' value is invalid\. Reference variables must contain a name.*?name '(?P<name>.*?)'",
        gettext_noop("“%(column)s” speaks of ${%(name)s}, and there is no question of that name"),
    ),
    (
        r"the '(?P<column>[^']*)' value is invalid\. Reference variables? names must be unique.*?name '(?P<name>.*?)'",
        gettext_noop("“%(column)s” speaks of ${%(name)s}, and several questions have that name"),
    ),
    (
        r"the '(?P<column>[^']*)' value is invalid\. Reference variables? (must start|lists)",
        gettext_noop("a reference in the column “%(column)s” is not written as ${name}"),
    ),
    (
        r"Unmatched 'end_(?P<kind>\w+)'",
        gettext_noop("an “end %(kind)s” has no “begin %(kind)s” before it"),
    ),
    (
        r"Unmatched 'begin_(?P<kind>\w+)'.*?name '(?P<name>.*?)'",
        gettext_noop("“begin %(kind)s” of “%(name)s” is never ended"),
    ),
    (r"Missing calculation", gettext_noop("a “calculate” has no calculation")),
    (r"Question with no type", gettext_noop("a question has no type")),
    (r"Question or group with no name", gettext_noop("a question or group has no name")),
    (
        r"Unknown question type '(?P<kind>.*?)'",
        gettext_noop("there is no question type “%(kind)s”"),
    ),
    (
        r"List name not in (?:external )?choices sheet: (?P<list>.*)",
        gettext_noop("the list “%(list)s” does not stand in the sheet “choices”"),
    ),
    (
        r"There should be a choices sheet",
        gettext_noop("the sheet “choices” with the columns list_name, name and label is missing"),
    ),
    (r"There should be an external_choices sheet", gettext_noop("the sheet “external_choices” is missing")),
    (r"must have a sheet named '(?P<sheet>\w+)'", gettext_noop("the sheet “%(sheet)s” is missing")),
    (
        r"Invalid headers provided for sheet: '(?P<sheet>\w+)'",
        gettext_noop("two columns of the sheet “%(sheet)s” mean the same, or one is no column"),
    ),
    (
        r"sheet '(?P<sheet>\w+)'.*?required column headers.*?: (?P<columns>.*?)\.",
        gettext_noop("the sheet “%(sheet)s” lacks the columns %(columns)s"),
    ),
    (r"Duplicate column header: (?P<column>.*)", gettext_noop("the column “%(column)s” stands twice")),
    (
        r"Choice names with spaces cannot be added .*? selects\. See \[(?P<name>.*?)\] in \[(?P<list>.*?)\]",
        gettext_noop(
            "the choice “%(name)s” of the list “%(list)s” has spaces; a multiple choice allows none"
        ),
    ),
    (
        r"Choice filter not supported with or_other",
        gettext_noop("“or_other” and a choice filter exclude each other"),
    ),
    (r"Badly formatted table list", gettext_noop("the rows of a table-list have different lists of choices")),
    (
        r"Parameters must be in the form",
        gettext_noop("“parameters” are written as key=value with spaces between"),
    ),
    (
        r"following are invalid parameter key\(s\): '(?P<keys>.*?)'",
        gettext_noop("this type has no parameter “%(keys)s”"),
    ),
    (r"For the 'range' question type", gettext_noop("the parameters of a range do not fit each other")),
    (
        r"There are two sections with the name (?P<name>\S+?)\.?$",
        gettext_noop("two groups have the name “%(name)s”"),
    ),
    (
        r"survey element named '(?P<name>.*?)' has no label",
        gettext_noop("“%(name)s” has neither a label nor a hint"),
    ),
    (r"This section has not been included", gettext_noop("the type “include” takes in another file")),
    (r"Error reading \.xlsx? file", gettext_noop("the file is damaged, or it is no Excel workbook")),
    (
        r"invalid date on the (?P<sheet>\S+) sheet",
        gettext_noop("a cell of the sheet “%(sheet)s” holds no valid date"),
    ),
    (r"[Ee]ntit(y|ies)", gettext_noop("the entities are not declared as they should be")),
)
_PLACES: tuple[Callable[[str], re.Match[str] | None], ...] = (
    re.compile(r"\[row : (?P<row>\d+)\]").search,
    re.compile(r"row number (?P<row>\d+)").search,
)
_SHEET = re.compile(r"'(survey|choices|settings|entities|osm)' sheet")


def in_chinese(message: str) -> str:
    """Return a sentence for pyxform's message: sheet and row, what is wrong, and the original."""
    text = " ".join(message.split())
    saying = next((said for said in (_said(text, *pair) for pair in _SAYINGS) if said), "")
    parts = {
        "place": _place(text),
        "problem": saying or _("the workbook does not follow XLSForm"),
        "original": text,
    }
    return _("%(place)s: %(problem)s. (pyxform: %(original)s)") % parts


def _said(text: str, pattern: str, sentence: str) -> str:
    match = re.search(pattern, text)
    return _(sentence) % match.groupdict() if match else ""


def _place(text: str) -> str:
    sheet = _SHEET.search(text)
    name = sheet[1] if sheet else "choices" if "choice" in text.lower() and "[row" not in text else "survey"
    row = next((found["row"] for found in (find(text) for find in _PLACES) if found), "")
    if row:
        return _("Sheet “%(sheet)s”, row %(row)s") % {"sheet": name, "row": row}
    return _("Sheet “%(sheet)s”") % {"sheet": name}
