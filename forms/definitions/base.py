"""What every part of a form's document shares: strict, frozen models, names, expressions."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, SerializerFunctionWrapHandler, model_serializer

#: A name in a form: of a question, roster, step, choice list. XLSForm allows the same letters, digits and marks;
#: colons are left out, since they mean a namespace there.
NAME = r"^[\p{L}_][\p{L}\p{M}\p{N}_.-]{0,63}$"
#: A choice's value: no white space, since a multiple choice is written as values with spaces between (XLSForm).
VALUE = r"^[^\s]{1,64}$"
TEXT_LIMIT = 5_000
EXPRESSION_LIMIT = 4_000

Name = Annotated[str, Field(pattern=NAME)]
Value = Annotated[str, Field(pattern=VALUE)]
Label = Annotated[str, Field(max_length=TEXT_LIMIT)]
#: An expression in XLSForm's language; empty means none.
Expression = Annotated[str, Field(max_length=EXPRESSION_LIMIT)]


class Part(BaseModel):
    """A part of a form's document: unknown keys are refused, nothing changes after it is made."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, populate_by_name=True)

    @model_serializer(mode="wrap")
    def _keep_type(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Say the type always: it tells the reader what the other keys mean."""
        kind = getattr(self, "type", None)
        return {"type": kind, **handler(self)} if kind else handler(self)

    def compact(self) -> dict[str, Any]:
        """Return it as JSON values without what is left at its default."""
        return self.model_dump(mode="json", by_alias=True, exclude_defaults=True)
