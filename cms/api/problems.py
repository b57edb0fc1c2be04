"""Errors as RFC 9457 problems: one shape for every error of the API, in Chinese."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from ninja import Schema
from pydantic import Field

PROBLEM_JSON = "application/problem+json"

TITLES = {
    400: _("The request cannot be understood"),
    401: _("Not logged in"),
    403: _("Not allowed"),
    404: _("Not found"),
    405: _("Method not allowed"),
    409: _("In conflict with what is there"),
    410: _("No longer available"),
    412: _("Changed meanwhile"),
    413: _("The request is too large"),
    415: _("Unsupported content type"),
    422: _("The request has mistakes"),
    428: _("A precondition is needed"),
    429: _("Too many requests"),
    500: _("The server failed"),
    503: _("Not available now"),
}


class ProblemError(Schema):
    """One mistake: where it is (query, path, body), the name of the field, what is wrong, what is allowed."""

    where: str
    name: str
    message: str
    allowed: list[str] | None = None


class Problem(Schema):
    """An error. `type` leads to its explanation, `detail` says what to do."""

    type: str
    title: str
    status: int = Field(ge=400, le=599)
    detail: str
    errors: list[ProblemError] | None = None


class ApiProblem(Exception):  # noqa: N818 - the RFC's word
    """Raised anywhere below the API's door; becomes a problem response.

    `more` are members of its own, as the RFC allows, for what a program must know to go on.
    """

    def __init__(
        self,
        status: int,
        code: str,
        detail: str | Promise,
        *,
        errors: Sequence[ProblemError] = (),
        headers: dict[str, str] | None = None,
        more: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(str(detail))
        self.status = status
        self.code = code
        self.detail = detail
        self.errors = list(errors)
        self.headers = headers or {}
        self.more = dict(more or {})

    def response(self) -> HttpResponse:
        """Return the problem document."""
        content: dict[str, Any] = {
            "type": f"/api/v1/docs#{self.code}",
            "title": str(TITLES.get(self.status, TITLES[400])),
            "status": self.status,
            "detail": str(self.detail),
        }
        if self.errors:
            content["errors"] = [error.model_dump(exclude_none=True) for error in self.errors]
        body = json.dumps(self.more | content, ensure_ascii=False).encode()
        response = HttpResponse(body, status=self.status, content_type=PROBLEM_JSON, headers=self.headers)
        response.headers.setdefault("Cache-Control", "no-store")
        return response


def not_found() -> ApiProblem:
    """Return the problem for a thing that is not there, or not public."""
    return ApiProblem(404, "not-found", _("There is nothing public at this address."))


def bad_parameter(name: str, message: str | Promise, allowed: Sequence[str] | None = None) -> ApiProblem:
    """Return the problem for one parameter of the address."""
    error = ProblemError(
        where="query", name=name, message=str(message), allowed=list(allowed) if allowed is not None else None
    )
    return ApiProblem(422, "bad-parameter", _("See `errors` for what to change."), errors=[error])
