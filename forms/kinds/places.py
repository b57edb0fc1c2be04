"""Addresses and locations."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from forms.codes.lookup import code_of
from forms.codes.models import Code
from forms.definitions.questions import Address, Location
from forms.kinds.base import Kind, clean_line, is_raw, raw_answer
from forms.kinds.texts import too_long

if TYPE_CHECKING:
    from forms.definitions.document import Document

#: The code list of administrative divisions (行政区划代码, GB/T 2260).
DIVISIONS = "divisions"
DETAIL_LIMIT = 200


class AddressKind(Kind[Address]):
    """{"code": "430102", "detail": "..."}; either may be missing while it is being typed."""

    def parse(self, question: Address, typed: Any) -> Any:
        if typed in (None, ""):
            return None
        if not isinstance(typed, dict) or not all(isinstance(part, str) for part in typed.values()):
            return raw_answer(typed)
        parts = {key: " ".join(clean_line(typed.get(key, "")).split()) for key in ("code", "detail")}
        return {key: part for key, part in parts.items() if part} or None

    def check(self, question: Address, value: Any, document: Document) -> list[str]:
        code, detail = value.get("code", ""), value.get("detail", "")
        if not code:
            return [_("Please choose the division.")]
        if not code.startswith(question.within) or not code_of(DIVISIONS, code):
            return [_("Please choose a division of the list.")]
        if question.detail_required and not detail:
            return [_("Please type the detailed address: village or street, and number.")]
        return too_long(detail, DETAIL_LIMIT)

    def to_expression(self, question: Address, value: Any) -> str:
        return value.get("code", "") if value and not is_raw(value) else ""

    def show(self, question: Address, value: Any, document: Document) -> str:
        return f"{division_path(value.get('code', ''))}{value.get('detail', '')}"

    def typed(self, question: Address, value: Any) -> Any:
        return value if isinstance(value, dict) and not is_raw(value) else {}

    def schema(self, question: Address, document: Document) -> dict[str, Any]:
        parts = {
            "code": {"type": "string", "x-codes": DIVISIONS},
            "detail": {"type": "string", "maxLength": DETAIL_LIMIT},
        }
        required = ["code", "detail"] if question.detail_required else ["code"]
        return {"type": "object", "properties": parts, "required": required, "additionalProperties": False}


def division_path(code: str) -> str:
    """Return 湖南省长沙市芙蓉区 for 430102; the code itself when it is unknown. One query."""
    if not code:
        return ""
    above = [code[:2].ljust(6, "0"), code[:4].ljust(6, "0"), code]
    labels = dict(Code.objects.filter(codes__name=DIVISIONS, value__in=above).values_list("value", "label"))
    return "".join(labels[part] for part in dict.fromkeys(above) if part in labels) or code


class LocationKind(Kind[Location]):
    """{"lat": "28.2", "lon": "112.9", "accuracy": "15"}: degrees (WGS 84) and metres, as text."""

    def parse(self, question: Location, typed: Any) -> Any:
        if typed in (None, ""):
            return None
        if isinstance(typed, str):
            typed = dict(zip(("lat", "lon", "altitude", "accuracy"), typed.split(), strict=False))
        if not isinstance(typed, dict):
            return raw_answer(typed)
        parts = {
            key: str(typed[key]).strip()
            for key in ("lat", "lon", "accuracy")
            if typed.get(key) not in (None, "")
        }
        return parts or None

    def check(self, question: Location, value: Any, document: Document) -> list[str]:
        try:
            lat, lon = Decimal(value["lat"]), Decimal(value["lon"])
            good = abs(lat) <= 90 and abs(lon) <= 180 and Decimal(value.get("accuracy", "0")) >= 0
        except (KeyError, InvalidOperation):
            good = False
        return [] if good else [self.unreadable(question)]

    def unreadable(self, question: Location) -> str:
        return _("Latitude and longitude are numbers, for example 28.2282 and 112.9388.")

    def to_expression(self, question: Location, value: Any) -> str:
        """Return a geopoint as in an XForm: latitude, longitude, altitude, accuracy."""
        if not value or is_raw(value):
            return ""
        return f"{value.get('lat', '')} {value.get('lon', '')} 0 {value.get('accuracy', '0')}"

    def show(self, question: Location, value: Any, document: Document) -> str:
        return f"{value.get('lat', '')}, {value.get('lon', '')}"

    def typed(self, question: Location, value: Any) -> Any:
        return value if isinstance(value, dict) and not is_raw(value) else {}

    def schema(self, question: Location, document: Document) -> dict[str, Any]:
        parts = {key: {"type": "string"} for key in ("lat", "lon", "accuracy")}
        return {
            "type": "object",
            "properties": parts,
            "required": ["lat", "lon"],
            "additionalProperties": False,
        }
