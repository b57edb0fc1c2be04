"""A question as a field of a Django form, and what its template asks of it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.forms import Field
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.functional import cached_property

from forms.definitions.questions import Address, Matrix, Photo, Question, RecordReference, SingleChoice
from forms.filling.offers import (
    MANY,
    Offer,
    OfferGroup,
    address_offers,
    is_short,
    rank,
    record_offers,
    standing_offers,
)
from forms.filling.widgets import html_name, widget_of
from forms.kinds import kind_of
from forms.kinds.base import is_raw
from forms.sealing.masking import mask

if TYPE_CHECKING:
    from forms.filling.step_form import StepForm

#: The kinds of pictures that are read; what is kept of them is JPEG or PNG.
PICTURES = ("jpg", "png", "heic", "webp")


class QuestionField(Field):
    """Reads a question's answer. It refuses nothing: what is wrong with an answer, a run says."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.kind = kind_of(question)
        super().__init__(required=False, widget=widget_of(question))

    def clean(self, value: Any) -> Any:
        return self.kind.parse(self.question, value)


class QuestionBoundField(BoundField):
    """A question on a page of one filling."""

    form: StepForm
    field: QuestionField

    @property
    def question(self) -> Any:
        return self.field.question

    @property
    def template(self) -> str:
        """Return the template of the question's type."""
        return f"forms/fields/{self.question.type}.html"

    @property
    def id(self) -> str:
        """Return the id of the control, or of the first of them."""
        return self.html_name

    @cached_property
    def answer(self) -> Any:
        """Return the answer as it is kept."""
        return self.form.answers.get(self.question.name, self.form.item)

    @cached_property
    def typed(self) -> Any:
        """Return what the field shows; nothing for a masked answer."""
        return self.field.kind.typed(self.question, None if self.masked else self.answer)

    @cached_property
    def raw(self) -> Any:
        """Return what was typed and could not be read."""
        return self.answer["raw"] if is_raw(self.answer) else None

    @cached_property
    def masked(self) -> str:
        """Return a sensitive answer with its middle covered; nothing while there is something to mend in it."""
        if not self.question.sensitive or self.answer is None or self.wrong or self._is_unfinished:
            return ""
        return mask(self.question, self.answer)

    @property
    def _is_unfinished(self) -> bool:
        """Say whether the answer is not whole yet, such as a province without its county."""
        return bool(self.field.kind.problems(self.question, self.answer, self.form.document))

    @property
    def label_text(self) -> str:
        return self.form.text(self.question.label)

    @property
    def tells_an_answer(self) -> bool:
        """Say whether the label has an answer in it, which may change while the page is open."""
        return "${" in self.question.label

    @property
    def hint_text(self) -> str:
        return self.form.text(self.question.hint)

    @property
    def guidance_text(self) -> str:
        return self.form.text(self.question.guidance)

    @property
    def keyboard(self) -> str:
        """Return the keyboard of a phone that fits a text; empty for the usual one."""
        return {"digits": "numeric", "email": "email", "url": "url"}.get(self.question.keyboard, "")

    @property
    def is_required(self) -> bool:
        """Say whether the mark stands beside the label: not where it depends on other answers."""
        return self.question.required is True

    @cached_property
    def is_relevant(self) -> bool:
        return self.form.is_relevant(self.question.name)

    @cached_property
    def wrong(self) -> list[str]:
        """Return what is wrong with the answer, in sentences; nothing before the page was handed in."""
        return self.form.problems.get((self.form.item, self.question.name), [])

    @property
    def comments(self) -> list[Any]:
        """Return what a reviewer has said about the answer."""
        return self.form.comments.get((self.form.item, self.question.name), [])

    @property
    def shown_value(self) -> str:
        """Return the answer for people, of a question that is only read."""
        return self.field.kind.display(self.question, self.answer, self.form.document)

    @property
    def described_by(self) -> str:
        """Return the ids of hint and error, for aria-describedby."""
        parts = (("hint", self.question.hint), ("masked", self.masked), ("error", self.wrong))
        return " ".join(f"{self.id}:{part}" for part, there in parts if there)

    @property
    def autocomplete(self) -> str:
        """Return what the browser may fill in: only in a form about the person who fills it in."""
        own = {"name": "name", "phone": "tel", "gender": "sex"}.get(self.question.type, "off")
        return own if self.form.about_oneself else "off"

    @cached_property
    def offers(self) -> list[Offer]:
        """Return the choices, the chosen ones marked."""
        if isinstance(self.question, RecordReference):
            return record_offers(self.question, self.form.user, str(self.typed or ""))
        filtered = self.form.choices(self.question)
        chosen = self.typed if isinstance(self.typed, list) else [self.typed]
        offers = standing_offers(self.question, self.form.document, filtered, chosen)
        for offer in offers:
            offer.chosen = offer.value in chosen
        return offers

    @property
    def ranked(self) -> list[Offer]:
        offers = [offer for offer in self.offers if not offer.gone]
        return rank(offers, self.raw if isinstance(self.raw, dict) else self.typed)

    @property
    def is_list(self) -> bool:
        """Say whether the choices stand in a drop-down: as the form says, or because there are too many."""
        appearance = self.question.appearance if isinstance(self.question, SingleChoice) else "radio"
        return appearance != "radio" or len(self.offers) > MANY or self._is_cut

    @property
    def _is_cut(self) -> bool:
        """Say whether the page holds only what a filter leaves of a list: what comes later is put in by the script."""
        filtered = bool(getattr(self.question, "choice_filter", ""))
        return filtered and not is_short(self.form.document, self.question.list)

    @property
    def has_search(self) -> bool:
        return getattr(self.question, "appearance", "") == "search" or len(self.offers) > 2 * MANY

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Return the rows of a matrix: name in the page, label, relevance, and the choices with the chosen one."""
        question: Matrix = self.question
        answers = self.typed or {}
        left = self.form.choices(question)
        offers = standing_offers(question, self.form.document, left, answers.values())
        return [
            {
                "name": html_name(question.name, row.name),
                "label": self.form.text(row.label),
                "question": row.name,
                "is_relevant": self.form.is_relevant(row.name),
                "offers": [replace(one, chosen=answers.get(row.name) == one.value) for one in offers],
            }
            for row in question.rows
        ]

    @cached_property
    def divisions(self) -> tuple[list[Offer], list[OfferGroup]]:
        question: Address = self.question
        return address_offers(question, self.typed)

    @property
    def date_limits(self) -> list[tuple[str, str]]:
        """Return (attribute, ISO day) of the first and the last day that a date may be."""
        limits = (("min", self.question.minimum), ("max", self.question.maximum))
        today = timezone.localdate().isoformat()
        return [(name, today if limit == "today" else limit) for name, limit in limits if limit]

    @property
    def slider(self) -> tuple[Any, Any, Any] | None:
        """Return both ends and the step of the slider beside a number; None without one, or without both ends."""
        low, high, step = self.question.minimum, self.question.maximum, self.question.step
        is_one = self.question.appearance == "slider" and None not in (low, high)
        return (
            (low, high, step or Decimal(1).scaleb(-getattr(self.question, "places", 0))) if is_one else None
        )

    @property
    def calculated(self) -> str:
        """Return the value that was worked out."""
        outcome = self.form.outcome
        return outcome.calculated.get((self.form.item, self.question.name), "") if outcome else ""

    @property
    def extensions(self) -> tuple[str, ...]:
        """Return the extensions of the files that are taken."""
        return PICTURES if isinstance(self.question, Photo) else self.question.extensions

    @property
    def accept(self) -> str:
        """Return what the browser offers to choose."""
        return (
            "image/*" if isinstance(self.question, Photo) else ",".join(f".{one}" for one in self.extensions)
        )

    @property
    def kinds_taken(self) -> str:
        return "、".join(one.upper() for one in self.extensions)

    @cached_property
    def stored_files(self) -> list[Any]:
        """Return the files of the answer, in order. One query a page."""
        ids = self.typed if isinstance(self.typed, list) else [self.typed.get("file")] if self.typed else []
        return [self.form.stored[one] for one in ids if one in self.form.stored]
