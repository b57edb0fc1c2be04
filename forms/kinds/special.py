"""Files, consent, calculated and hidden values, records."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from forms.definitions.questions import Calculation, Consent, File, Hidden, Photo, RecordReference, Signature
from forms.kinds.base import Kind, raw_answer

if TYPE_CHECKING:
    from forms.definitions.document import Document


class FilesKind(Kind[File | Photo]):
    """Ids of uploaded files, in order. The files themselves are `forms.files.AnswerFile`s of the same draft."""

    files = True

    def parse(self, question: File | Photo, typed: Any) -> Any:
        values = [typed] if isinstance(typed, str) and typed else typed or []
        if not isinstance(values, list | tuple) or not all(isinstance(one, str) for one in values):
            return raw_answer(typed)
        return list(dict.fromkeys(values)) or None

    def check(self, question: File | Photo, value: Any, document: Document) -> list[str]:
        if not all(_is_uuid(one) for one in value):
            return [_("Please upload the file again.")]
        if len(value) > question.maximum:
            return [_("At most %(count)d files.") % {"count": question.maximum}]
        return []

    def to_expression(self, question: File | Photo, value: Any) -> str:
        return " ".join(value) if isinstance(value, list) else ""

    def show(self, question: File | Photo, value: Any, document: Document) -> str:
        from forms.files.models import AnswerFile

        return "、".join(
            AnswerFile.objects.filter(pk__in=[one for one in value if _is_uuid(one)])
            .order_by("created_at")
            .values_list("name", flat=True)
        )

    def typed(self, question: File | Photo, value: Any) -> Any:
        return value if isinstance(value, list) else []

    def schema(self, question: File | Photo, document: Document) -> dict[str, Any]:
        one = {"type": "string", "format": "uuid"}
        return {"type": "array", "items": one, "maxItems": question.maximum}


def _is_uuid(text: str) -> bool:
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False


class SignatureKind(Kind[Signature]):
    """{"file": id} of a drawing, or {"name": "..."} as typed."""

    files = True

    def parse(self, question: Signature, typed: Any) -> Any:
        if typed in (None, ""):
            return None
        if isinstance(typed, str):
            return {"name": typed.strip()}
        if not isinstance(typed, dict) or not set(typed) <= {"file", "name"}:
            return raw_answer(typed)
        return {key: str(part).strip() for key, part in typed.items() if part} or None

    def check(self, question: Signature, value: Any, document: Document) -> list[str]:
        good = _is_uuid(value["file"]) if "file" in value else 0 < len(value["name"]) <= 50
        return [] if good else [_("Please sign again.")]

    def to_expression(self, question: Signature, value: Any) -> str:
        return str(value.get("file") or value.get("name") or "") if value else ""

    def show(self, question: Signature, value: Any, document: Document) -> str:
        return value.get("name") or _("Signed by hand")

    def typed(self, question: Signature, value: Any) -> Any:
        return value if isinstance(value, dict) and "raw" not in value else {}

    def schema(self, question: Signature, document: Document) -> dict[str, Any]:
        parts = {"file": {"type": "string", "format": "uuid"}, "name": {"type": "string"}}
        return {"type": "object", "properties": parts, "additionalProperties": False}


class ConsentKind(Kind[Consent]):
    """`agreed` ("yes") when the person agrees; no answer otherwise."""

    expression_type = "choice"

    def parse(self, question: Consent, typed: Any) -> Any:
        return question.agreed if typed in (True, "yes", "on", "true", "1", question.agreed) else None

    def show(self, question: Consent, value: Any, document: Document) -> str:
        return _("Agreed")

    def schema(self, question: Consent, document: Document) -> dict[str, Any]:
        return {"type": "string", "const": question.agreed}


class CalculationKind(Kind[Calculation]):
    """What the expression gave, as text. It is never typed: a run sets it."""

    def parse(self, question: Calculation, typed: Any) -> Any:
        return None


class HiddenKind(Kind[Hidden]):
    """A text that nobody types."""


class RecordKind(Kind[RecordReference]):
    """The id of a record. Whether the person may see the record is asked where it is offered and stored."""

    def check(self, question: RecordReference, value: Any, document: Document) -> list[str]:
        from forms.registers.models import Record

        known = (
            _is_uuid(value)
            and Record.objects.filter(pk=value, register__name=question.register_name).exists()
        )
        return [] if known else [_("Please choose a record of the list.")]

    def show(self, question: RecordReference, value: Any, document: Document) -> str:
        from forms.registers.models import Record

        record = Record.objects.filter(pk=value).first() if _is_uuid(value) else None
        return str(record) if record else value

    def schema(self, question: RecordReference, document: Document) -> dict[str, Any]:
        return {"type": "string", "format": "uuid", "x-register": question.register_name}
