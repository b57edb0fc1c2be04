"""The blocks of a whole form: steps with questions, notes and rosters; shared lists; scores."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import BlockGroup

from forms.builder.blocks import settings as one
from forms.builder.blocks.questions import WORKED, question_blocks
from forms.builder.blocks.settings import formula, line, lines, number, one_of, word

PARTS = _("Notes and rosters")
_NOTE_LOOKS = [("text", _("text")), ("heading", _("heading")), ("notice", _("notice"))]


def note_block() -> blocks.StructBlock:
    """Return the block of a note (说明)."""
    fields: list[tuple[str, blocks.Block]] = [
        ("label", lines(_("Text"), _("${name} shows an answer."), rows=2)),
        ("appearance", one_of(word("appearance"), _NOTE_LOOKS, "text")),
        ("name", one.NAME),
        ("relevant", one.RELEVANT),
    ]
    layout = BlockGroup(children=["label", "appearance"], settings=["name", "relevant"])
    return blocks.StructBlock(
        fields, label=_("Note"), icon="info-circle", group=PARTS, label_format="{label}", form_layout=layout
    )


def roster_block(inside: list[tuple[str, blocks.Block]], label: object) -> blocks.StructBlock:
    """Return the block of a roster (名册) with the blocks that its items may have."""
    fields: list[tuple[str, blocks.Block]] = [
        ("label", line(_("Title"))),
        ("item_name", line(word("item_name"), _("Such as guardian: people then read “Add guardian”."))),
        (
            "items",
            blocks.StreamBlock(inside, required=False, label=_("Asked for each item"), search_index=False),
        ),
        ("item_label", line(word("item_label"), _("A text with ${name} of its questions."))),
        ("name", one.NAME),
        ("hint", one.HINT),
        ("relevant", one.RELEVANT),
        ("minimum", number(word("minimum"), min_value=0, max_value=200, default=0)),
        ("maximum", number(word("maximum"), min_value=1, max_value=200, default=50)),
        ("count", formula(word("count"), _("When it follows from an answer: ${children}."))),
    ]
    layout = BlockGroup(
        children=["label", "item_name", "items"],
        settings=["item_label", "name", "hint", "relevant", "minimum", "maximum", "count"],
    )
    return blocks.StructBlock(
        fields, label=label, icon="list-ul", group=PARTS, label_format="{label}", form_layout=layout
    )


def steps_block() -> blocks.StreamBlock:
    """Return the block of a form's steps."""
    questions = question_blocks()
    note = ("note", note_block())
    inner = ("roster", roster_block([*questions, note], _("Roster within the roster")))
    outer = ("roster", roster_block([*questions, note, inner], _("Roster")))
    fields: list[tuple[str, blocks.Block]] = [
        ("title", line(word("title"))),
        (
            "items",
            blocks.StreamBlock(
                [*questions, note, outer], required=False, label=_("Questions"), search_index=False
            ),
        ),
        ("intro", lines(word("intro"), rows=2)),
        ("name", one.NAME),
        ("relevant", one.RELEVANT),
    ]
    step = blocks.StructBlock(
        fields,
        label=_("Step"),
        icon="bars",
        label_format="{title}",
        form_layout=BlockGroup(children=["title", "items"], settings=["intro", "name", "relevant"]),
    )
    return blocks.StreamBlock([("step", step)], required=False, search_index=False)


def code_lists() -> list[tuple[str, str]]:
    """Return the site's code lists, to choose one."""
    from forms.codes.models import CodeList

    return [("", "---------"), *CodeList.objects.values_list("name", "title")]


def lists_block() -> blocks.StreamBlock:
    """Return the block of lists that several questions share."""
    name = line(word("name"), _("Questions name it as their shared list."), 64)
    choices = blocks.StructBlock(
        [("name", name), ("choices", one.CHOICES)], label=_("Choices"), icon="list-ul", label_format="{name}"
    )
    codes = blocks.StructBlock(
        [("name", name), ("codes", one_of(word("codes"), code_lists))],
        label=_("Code list of the site"),
        icon="table",
        label_format="{name}",
    )
    return blocks.StreamBlock([("choices", choices), ("codes", codes)], required=False, search_index=False)


def scores_block() -> blocks.StreamBlock:
    """Return the block of scores."""
    fields: list[tuple[str, blocks.Block]] = [
        ("label", line(_("What the score is called"))),
        (
            "of",
            lines(
                word("of"),
                _("One name of a scored question a line; name|weight counts it more than once."),
                3,
            ),
        ),
        ("expression", formula(word("expression"), _("In place of the sum of questions."))),
        ("bands", lines(word("bands"), _("One band a line, from the lowest: 60|passed."), 3)),
        ("name", one.NAME),
    ]
    score = blocks.StructBlock(
        fields,
        label=_("Score"),
        icon="order",
        group=WORKED,
        label_format="{label}",
        form_layout=BlockGroup(children=["label", "of", "bands"], settings=["expression", "name"]),
    )
    return blocks.StreamBlock([("score", score)], required=False, search_index=False)
