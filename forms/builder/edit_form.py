"""The form by which a form is edited: its own settings, and its steps, lists and scores as blocks."""

from __future__ import annotations

from functools import cache
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.blocks.base import BlockField

from forms.builder.blocks.form import lists_block, scores_block, steps_block
from forms.builder.convert import from_blocks, to_blocks
from forms.definitions.models import Audience
from forms.definitions.settings_words import SETTING_LABELS

_MODES = [("about", _("is about a record")), ("makes", _("makes a record"))]
_WHEN = [("approved", _("once it is approved")), ("submitted", _("as soon as it is submitted"))]


@cache
def steps_definition() -> Any:
    """Return the block of steps, made once in this process."""
    return steps_block()


@cache
def lists_definition() -> Any:
    """Return the block of lists."""
    return lists_block()


@cache
def scores_definition() -> Any:
    """Return the block of scores."""
    return scores_block()


def registers() -> list[tuple[str, Any]]:
    """Return the site's registers, to choose one."""
    from forms.registers.models import Register

    return [("", _("none")), *Register.objects.values_list("name", "title")]


def _text(setting: str, rows: int, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=SETTING_LABELS[setting],
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": rows}),
        help_text=help_text,
    )


class BuilderForm(forms.Form):
    """Nothing but what cannot be kept is refused here: what keeps the form from being published, the checks tell."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=_("Title of the form"), max_length=200, required=False)
    audience = forms.ChoiceField(label=_("Filled in by"), choices=Audience.choices)
    intro = _text("intro", 2)
    summary = forms.CharField(
        label=SETTING_LABELS["summary"],
        max_length=5_000,
        required=False,
        help_text=_("A text with ${name}, for example ${child} on ${visited_on}. Never sensitive answers."),
    )
    thanks = _text("thanks", 2)
    register = forms.ChoiceField(label=SETTING_LABELS["register"], choices=registers, required=False)
    mode = forms.ChoiceField(label=SETTING_LABELS["mode"], choices=_MODES, required=False)
    on = forms.ChoiceField(label=SETTING_LABELS["on"], choices=_WHEN, required=False)
    when = forms.CharField(
        label=SETTING_LABELS["when"], max_length=4_000, required=False, help_text=_("A condition.")
    )
    note = forms.CharField(
        label=_("What changed"),
        max_length=500,
        required=False,
        help_text=_("For the history of versions; only when you publish."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["steps"] = BlockField(steps_definition(), required=False, label=SETTING_LABELS["steps"])
        self.fields["lists"] = BlockField(
            lists_definition(), required=False, label=_("Shared lists of choices")
        )
        self.fields["scores"] = BlockField(
            scores_definition(), required=False, label=SETTING_LABELS["scores"]
        )

    @classmethod
    def initial_for(cls, content: dict[str, Any]) -> dict[str, Any]:
        """Return what the form shows for a document's JSON."""
        return {
            **{key: value for key, value in to_blocks.front_of(content).items() if value},
            "steps": steps_definition().to_python(to_blocks.steps_of(content)),
            "lists": lists_definition().to_python(to_blocks.lists_of(content)),
            "scores": scores_definition().to_python(to_blocks.scores_of(content)),
        }

    def show_errors(self, errors: dict[str, Any]) -> None:
        """Show these errors at the fields of a form that is not bound: it was saved, but has faults."""
        for name, said in errors.items():
            self.errors[name] = self.error_class(said if isinstance(said, list) else [said])

    def content(self) -> dict[str, Any]:
        """Return what was typed as a document's JSON; the form must be valid."""
        data = self.cleaned_data
        raw = {
            name: self.fields[name].block.get_prep_value(data[name])  # type: ignore[attr-defined]
            for name in ("steps", "lists", "scores")
        }
        return from_blocks.to_content(data, raw["steps"], raw["lists"], raw["scores"])
