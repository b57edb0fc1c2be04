"""The blocks of single settings. Each is made once and shared by all types of questions, so that the page stays small.

Nothing is required here: what is missing is told when the form is checked, and what was typed is kept until then.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from forms.definitions.base import EXPRESSION_LIMIT, TEXT_LIMIT
from forms.definitions.settings_words import SETTING_LABELS


def line(label: Any, help_text: Any = "", limit: int = TEXT_LIMIT) -> blocks.CharBlock:
    """Return a block of one line of text."""
    return blocks.CharBlock(
        required=False, label=label, help_text=help_text, max_length=limit, search_index=False
    )


def lines(label: Any, help_text: Any = "", rows: int = 3, limit: int = TEXT_LIMIT) -> blocks.TextBlock:
    """Return a block of several lines of text."""
    return blocks.TextBlock(
        required=False, label=label, help_text=help_text, rows=rows, max_length=limit, search_index=False
    )


def tick(label: Any, help_text: Any = "", *, default: bool = False) -> blocks.BooleanBlock:
    """Return a block to tick."""
    return blocks.BooleanBlock(required=False, label=label, help_text=help_text, default=default)


def number(label: Any, help_text: Any = "", **limits: Any) -> blocks.IntegerBlock:
    """Return a block for a whole number."""
    return blocks.IntegerBlock(required=False, label=label, help_text=help_text, **limits)


def one_of(label: Any, choices: Any, default: str = "", help_text: Any = "") -> blocks.ChoiceBlock:
    """Return a block to choose one of a few; `choices` may be a function, asked each time the page is shown."""
    return blocks.ChoiceBlock(
        required=bool(default), label=label, choices=choices, default=default, help_text=help_text
    )


def formula(label: Any, help_text: Any) -> blocks.TextBlock:
    """Return a block for an expression."""
    return blocks.TextBlock(
        required=False,
        label=label,
        help_text=help_text,
        max_length=EXPRESSION_LIMIT,
        search_index=False,
        form_classname="xq-formula",
        rows=1,
    )


def word(setting: str) -> Any:
    """Return what people call a setting."""
    return SETTING_LABELS[setting]


LABEL = line(word("label"))
NAME = line(word("name"), _("Left empty, it is made from the text. Formulas use it: ${name}."), 64)
HINT = line(word("hint"), _("Stands below the question, for whoever answers."))
GUIDANCE = lines(word("guidance"), _("More help, which people open when they want it."), rows=2)
REQUIRED = tick(word("required"))
REQUIRED_WHEN = formula(_("Must be answered only when"), _("A condition, for example ${home} = 'away'."))
REQUIRED_MESSAGE = line(word("required_message"))
RELEVANT = formula(
    word("relevant"), _("A condition, for example ${age} >= 6 and ${boarding} = 'yes'. Left empty: always.")
)
CONSTRAINT = formula(word("constraint"), _("The answer itself is a dot: . >= 0 and . <= 100."))
CONSTRAINT_MESSAGE = line(word("constraint_message"))
DEFAULT = line(word("default"), _("An answer, or = and a formula: =today()."), 2000)
READ_ONLY = tick(word("read_only"))
SENSITIVE = tick(word("sensitive"), _("Sealed when it is kept, and masked wherever it is shown."))
PURPOSE = line(word("purpose"), _("For sensitive questions: why it is asked. People read it."))
KEEP_MONTHS = number(
    word("keep_months"), _("0: for as long as the submission."), min_value=0, max_value=1200, default=0
)
SEARCHABLE = tick(word("searchable"), _("Lists of submissions can be filtered by it."))
SAVES_TO = line(word("saves_to"), _("The name of a property of the register."), 64)
CHOICES = lines(
    word("choices"),
    _("One choice a line: its text, or value|text, or value|text|points."),
    rows=4,
    limit=200_000,
)
SCORED_CHOICES = lines(
    word("choices"), _("One choice a line, with its points: text|points or value|text|points."), 4, 200_000
)
LIST = line(_("Shared list"), _("The name of a list below, in place of choices of its own."), 64)
CHOICE_FILTER = formula(
    word("choice_filter"), _("For example county = ${county}: columns stand behind the points.")
)

#: Behind the button "settings" of each question, in this order.
COMMON: dict[str, blocks.Block] = {
    "name": NAME,
    "hint": HINT,
    "guidance": GUIDANCE,
    "relevant": RELEVANT,
    "required_when": REQUIRED_WHEN,
    "required_message": REQUIRED_MESSAGE,
    "constraint": CONSTRAINT,
    "constraint_message": CONSTRAINT_MESSAGE,
    "default": DEFAULT,
    "read_only": READ_ONLY,
    "sensitive": SENSITIVE,
    "purpose": PURPOSE,
    "keep_months": KEEP_MONTHS,
    "searchable": SEARCHABLE,
    "saves_to": SAVES_TO,
}


def hidden_line() -> blocks.CharBlock:
    """Return a block that carries a value along and is never shown."""
    block = line("")
    block.field.widget = forms.HiddenInput()
    return block
