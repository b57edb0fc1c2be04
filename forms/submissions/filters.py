"""What a list of submissions is narrowed by: every value of the address is checked before it is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from cms.service import School, schools_of
from forms.codes.lookup import choices_of
from forms.definitions.models import Form
from forms.definitions.questions import Question
from forms.kinds import kind_of
from forms.submissions.index import IndexedAnswer, indexed_questions, sort_of
from forms.submissions.models import Submission, SubmissionQuerySet, SubmissionState

if TYPE_CHECKING:
    from forms.definitions.document import Document

#: A list this long is typed in, not chosen from.
MOST_CHOICES = 60
MINE, NOBODY = "mine", "nobody"


class DayInput(forms.DateInput):
    """A day, with the browser's own calendar."""

    input_type = "date"


@dataclass(frozen=True)
class AnswerFilter:
    """The fields for one indexed question: `a3`, and `a3_to` where there is a range."""

    question: Question
    name: str
    sort: str

    @property
    def is_range(self) -> bool:
        return self.sort in {"number", "date"}

    def fields(self, document: Document) -> Iterator[tuple[str, forms.Field]]:
        """Give the form fields."""
        label = self.question.label
        if self.sort == "date":
            yield self.name, forms.DateField(label=_from(label), required=False, widget=DayInput)
            yield f"{self.name}_to", forms.DateField(label=_to(label), required=False, widget=DayInput)
        elif self.sort == "number":
            yield self.name, forms.DecimalField(label=_from(label), required=False)
            yield f"{self.name}_to", forms.DecimalField(label=_to(label), required=False)
        elif choices := _choices(self.question, document):
            yield (
                self.name,
                forms.ChoiceField(label=label, required=False, choices=[("", _("All")), *choices]),
            )
        else:
            yield self.name, forms.CharField(label=label, required=False, max_length=100)

    def narrow(self, form: Form, found: SubmissionQuerySet, data: dict[str, Any]) -> SubmissionQuerySet:
        """Narrow the submissions by what was asked for."""
        value, until = data.get(self.name), data.get(f"{self.name}_to")
        if value in (None, "") and until is None:
            return found
        rows = IndexedAnswer.objects.filter(
            submission=OuterRef("pk"), form=form, question=self.question.name
        ).filter(self._matching(value, until))
        return found.filter(Exists(rows))

    def _matching(self, value: Any, until: Any) -> Q:
        match self.sort:
            case "number":
                low = Q(number__gte=value) if isinstance(value, Decimal) else Q()
                return low & (Q(number__lte=until) if until is not None else Q())
            case "date":
                low = Q(day__gte=value) if value else Q()
                return low & (Q(day__lte=until) if until else Q())
            case "choice":
                return Q(text=value)
        return Q(text__icontains=value)


def _from(label: str) -> Any:
    return _("%(label)s, from") % {"label": label}


def _to(label: str) -> Any:
    return _("%(label)s, to") % {"label": label}


def _choices(question: Question, document: Document) -> list[tuple[str, str]]:
    """Return the choices to pick from; none when there are too many, or when it is no choice."""
    name = getattr(question, "list", "")
    if name:
        found = [(choice.value, choice.label) for choice in choices_of(document, name)]
        return found if len(found) <= MOST_CHOICES else []
    labels = getattr(kind_of(question), "labels", None)
    return list(labels().items()) if labels else []


class SubmissionFilter(forms.Form):
    """The filters of the list. What the address holds besides is ignored; a value that is none is said so."""

    q = forms.CharField(label=_("Receipt number, summary or name"), required=False, max_length=100)
    form = forms.ModelChoiceField(Form.objects.none(), label=_("form"), required=False, empty_label=_("All"))
    school = forms.ModelChoiceField(
        School.objects.none(), label=_("school"), required=False, empty_label=_("All")
    )
    state = forms.ChoiceField(
        label=_("state"), required=False, choices=[("", _("All")), *SubmissionState.choices]
    )
    since = forms.DateField(label=_("Handed in from"), required=False, widget=DayInput)
    until = forms.DateField(label=_("Handed in until"), required=False, widget=DayInput)
    reviewer = forms.ChoiceField(
        label=_("reviewer"),
        required=False,
        choices=[("", _("All")), (MINE, _("Given to me")), (NOBODY, _("Given to nobody"))],
    )

    def __init__(self, data: Any, user: Any) -> None:
        super().__init__(data)
        self.user = user
        self.fields["form"].queryset = Form.objects.for_user(user).filter(live__isnull=False)  # type: ignore[attr-defined]
        self.fields["school"].queryset = schools_of(user).order_by("sort_key")  # type: ignore[attr-defined]
        self.answers = self._answer_filters()

    def _answer_filters(self) -> list[AnswerFilter]:
        """Add the fields of the chosen form's indexed questions, named by their place in the form."""
        chosen = self.data.get("form", "")
        number = int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) < 19 else 0
        form = self.fields["form"].queryset.select_related("live").filter(pk=number).first()  # type: ignore[attr-defined]
        if form is None:
            return []
        document = form.live.document
        found = [
            AnswerFilter(question, f"a{place}", sort_of(question))
            for place, question in enumerate(indexed_questions(document), 1)
        ]
        for one in found:
            self.fields.update(one.fields(document))
        return found

    @property
    def is_set(self) -> bool:
        """Say whether anything is asked for."""
        return any(self.data.get(name) for name in self.fields)

    def narrow(self, found: SubmissionQuerySet) -> SubmissionQuerySet:
        """Narrow the submissions; a filter with a value that is none narrows to nothing."""
        if not self.is_valid():
            return found.none()
        data = self.cleaned_data
        for name in ("form", "school", "state"):
            if data[name]:
                found = found.filter(**{name: data[name]})
        if data["since"]:
            found = found.filter(submitted_at__date__gte=data["since"])
        if data["until"]:
            found = found.filter(submitted_at__date__lte=data["until"])
        if data["reviewer"]:
            found = found.filter(reviewer=self.user if data["reviewer"] == MINE else None)
        if data["q"].strip():
            found = found.matching(data["q"].strip())
        for one in self.answers:
            found = one.narrow(data["form"], found, data)
        return found


def filtered(user: Any, data: Any) -> tuple[SubmissionFilter, SubmissionQuerySet]:
    """Return the filter of an address and the submissions of the user's that it leaves."""
    asked = SubmissionFilter(data, user)
    return asked, asked.narrow(Submission.objects.for_user(user))
