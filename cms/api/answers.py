"""Bytes of an answer. Written here once, not validated again row by row: tests hold them to the schemas."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from pydantic_core import to_json

JSON = "application/json"


def json_response(content: Any, **headers: str) -> HttpResponse:
    """Return the content as JSON; keyword names become header names."""
    response = HttpResponse(to_json(content), content_type=JSON)
    for name, value in headers.items():
        response.headers[name.replace("_", "-")] = value
    return response
