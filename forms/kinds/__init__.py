"""What each question type does with answers: `kind_of(question)`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from forms.kinds.choosing import ChoiceKind, ChoicesKind, GenderKind, MatrixKind, RankingKind, YesNoKind
from forms.kinds.people import IdNumberKind, NameKind, PhoneKind
from forms.kinds.places import AddressKind, LocationKind
from forms.kinds.special import CalculationKind, ConsentKind, FilesKind, HiddenKind, RecordKind, SignatureKind
from forms.kinds.texts import DecimalKind, IntegerKind, LongTextKind, TextKind
from forms.kinds.times import DateKind, DateTimeKind, MonthKind, TimeKind

if TYPE_CHECKING:
    from forms.definitions.questions import Question
    from forms.kinds.base import Kind

KINDS: dict[str, Kind[Any]] = {
    "text": TextKind(),
    "long_text": LongTextKind(),
    "integer": IntegerKind(),
    "decimal": DecimalKind(),
    "date": DateKind(),
    "time": TimeKind(),
    "datetime": DateTimeKind(),
    "month": MonthKind(),
    "choice": ChoiceKind(),
    "choices": ChoicesKind(),
    "yes_no": YesNoKind(),
    "ranking": RankingKind(),
    "matrix": MatrixKind(),
    "name": NameKind(),
    "gender": GenderKind(),
    "id_number": IdNumberKind(),
    "phone": PhoneKind(),
    "address": AddressKind(),
    "location": LocationKind(),
    "file": FilesKind(),
    "photo": FilesKind(),
    "signature": SignatureKind(),
    "consent": ConsentKind(),
    "scored": ChoiceKind(),
    "calculation": CalculationKind(),
    "hidden": HiddenKind(),
    "record": RecordKind(),
}


def kind_name(question: Question) -> str:
    """Return the name of the question's type."""
    return question.type  # type: ignore[attr-defined]


def kind_of(question: Question) -> Kind[Any]:
    """Return the kind of the question's type."""
    return KINDS[question.type]  # type: ignore[attr-defined]
