"""Names, id numbers and telephones of people."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from forms.definitions.questions import IdNumber, PersonName, Phone
from forms.kinds.base import Kind, clean_line, raw_answer
from forms.kinds.texts import half_width, too_long

if TYPE_CHECKING:
    from forms.definitions.document import Document

NAME_LIMIT = 50
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_PROVINCES = frozenset(
    str(code)
    for group in (range(11, 16), range(21, 24), range(31, 38), range(41, 47), range(50, 55), range(61, 66))
    for code in (*group, 71, 81, 82, 83)
)
# 工业和信息化部 numbering: mobile numbers begin with 13 to 19; area codes are 010, 02x, or 0 and three digits.
_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"(010|02\d|0[3-9]\d\d)?-?([2-9]\d{6,7})(?:(?:-|转|ext\.?)(\d{1,6}))?", re.IGNORECASE)
_SERVICE = re.compile(r"(?:400|800)-?\d{3}-?\d{4}")


class NameKind(Kind[PersonName]):
    """A person's name, with the dot of names in several parts written as · (买买提·艾力)."""

    def read(self, question: PersonName, typed: Any) -> Any:
        if not isinstance(typed, str):
            return raw_answer(typed)
        name = re.sub(r"[•‧・⋅．∙]", "·", " ".join(typed.split()))
        return name if re.search(r"[A-Za-z]", name) else name.replace(" ", "")

    def check(self, question: PersonName, value: Any, document: Document) -> list[str]:
        if re.search(r"[0-9０-９<>{}@#%*=]", value):
            return [_("A name has neither digits nor signs in it.")]
        return too_long(value, NAME_LIMIT)

    def schema(self, question: PersonName, document: Document) -> dict[str, Any]:
        return {"type": "string", "maxLength": NAME_LIMIT}


class IdNumberKind(Kind[IdNumber]):
    """A citizen's id number of 18 characters, X as a capital (GB 11643)."""

    def read(self, question: IdNumber, typed: Any) -> Any:
        return half_width(typed).replace(" ", "").upper() if isinstance(typed, str) else raw_answer(typed)

    def check(self, question: IdNumber, value: Any, document: Document) -> list[str]:
        problem = id_number_problem(value)
        return [problem] if problem else []

    def schema(self, question: IdNumber, document: Document) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^\d{17}[\dX]$"}


def id_number_problem(value: str) -> str:
    """Return what is wrong with an id number by GB 11643, empty for nothing."""
    if not re.fullmatch(r"[0-9]{17}[0-9X]", value):
        return _("An id number has 18 characters: 17 digits, then a digit or X. This has %(count)d.") % {
            "count": len(value)
        }
    if value[:2] not in _PROVINCES:
        return _("The first two digits are no province's.")
    born = id_birth_date(value)
    if born is None or born > timezone.localdate() or born.year < 1850:
        return _("The digits 7 to 14 are no date of birth.")
    if (
        _CHECK[sum(int(digit) * weight for digit, weight in zip(value[:17], _WEIGHTS, strict=True)) % 11]
        != value[17]
    ):
        return _("The last character does not fit the others: please look for a mistyped digit.")
    return ""


def id_birth_date(value: str) -> date | None:
    """Return the date of birth in an id number, None when there is none."""
    try:
        return date(int(value[6:10]), int(value[10:12]), int(value[12:14]))
    except ValueError:
        return None


def id_sex(value: str) -> str:
    """Return `male` or `female` by the 17th digit, empty when the number is too short."""
    return ("female", "male")[int(value[16]) % 2] if len(value) == 18 and value[16].isdigit() else ""


class PhoneKind(Kind[Phone]):
    """A telephone number: "13812345678", "0731-88887777", "0731-88887777-801", "400-800-1234"."""

    def read(self, question: Phone, typed: Any) -> Any:
        if not isinstance(typed, str):
            return raw_answer(typed)
        text = re.sub(r"[\s()（）]", "", half_width(clean_line(typed))).replace("—", "-").replace("–", "-")
        text = re.sub(r"^(\+?86|0086)-?", "", text)
        digits = text.replace("-", "")
        if _MOBILE.fullmatch(digits):
            return digits
        landline = _LANDLINE.fullmatch(text)
        if landline:
            return "-".join(part for part in landline.groups() if part)
        return f"{digits[:3]}-{digits[3:6]}-{digits[6:]}" if _SERVICE.fullmatch(text) else text

    def check(self, question: Phone, value: Any, document: Document) -> list[str]:
        mobile, landline = (
            bool(_MOBILE.fullmatch(value)),
            bool(_LANDLINE.fullmatch(value) or _SERVICE.fullmatch(value)),
        )
        if question.accepts == "mobile":
            return [] if mobile else [_("A mobile number has 11 digits and begins with 1.")]
        if question.accepts == "landline":
            return (
                []
                if landline
                else [_("Please type a landline number with its area code, for example 0731-88887777.")]
            )
        if mobile or landline:
            return []
        return [_("Please type a mobile number of 11 digits, or a landline number with its area code.")]

    def schema(self, question: Phone, document: Document) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^[0-9-]{7,24}$"}
