"""The page that documents the API, made from its OpenAPI document: our look, our host, no script."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from ninja import Router

from cms.api.answers import json_response

router = Router()

#: Every problem the API answers: `type` of the answer leads to its line on the page.
PROBLEMS = {
    "bad-parameter": _("A parameter has a value that is not allowed; `errors` names it and what is allowed."),
    "unknown-parameter": _("A parameter that does not exist here; `errors` lists those that do."),
    "bad-cursor": _("The cursor is damaged, or belongs to another list or order."),
    "cursor-expired": _("The change feed no longer reaches back to this cursor: read everything anew."),
    "bad-body": _("The body is no JSON, or a field in it is wrong."),
    "unauthorized": _("No token, or one that is unknown, expired or revoked."),
    "forbidden": _("The token or person may not do this."),
    "not-found": _("Nothing public is at this address."),
    "preview-over": _("The preview link has expired or lost its right."),
    "method-not-allowed": _("The address does not take this method; `Allow` lists those it takes."),
    "too-many-requests": _("The allowance is used up; wait as long as `Retry-After` says."),
    "refused": _("The request was refused."),
    "server-failed": _("A fault of ours; it has been noted."),
}


@cache
def document() -> dict[str, Any]:
    """Return the OpenAPI document; it is the same for the life of the process."""
    from cms.api.urls import api  # with all its routers

    return dict(api.get_openapi_schema())


@router.get("/openapi.json", include_in_schema=False)
def openapi(request: HttpRequest) -> HttpResponse:
    """The OpenAPI 3.1 document."""
    return json_response(document())


@router.get("/docs", include_in_schema=False, url_name="content-api-docs")
def docs(request: HttpRequest) -> HttpResponse:
    """The documentation as a page."""
    schema = document()
    context = {
        "title": schema["info"]["title"],
        "version": schema["info"]["version"],
        "intro": schema["info"]["description"],
        "groups": _groups(schema),
        "schemas": [_schema(name, item) for name, item in schema["components"]["schemas"].items()],
        "problems": PROBLEMS.items(),
    }
    return render(request, "cms/api_docs.html", context)


def _groups(schema: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Return the operations by tag, ready for the template."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            tag = (operation.get("tags") or ["其他"])[0]
            groups.setdefault(tag, []).append(
                {
                    "id": operation["operationId"],
                    "method": method.upper(),
                    "path": path,
                    "summary": operation["summary"],
                    "text": operation.get("description", ""),
                    "parameters": [_parameter(item) for item in operation.get("parameters", [])],
                    "answers": [
                        (status, item["description"]) for status, item in operation["responses"].items()
                    ],
                    "answer_schema": _answer_name(operation),
                }
            )
    return groups


def _parameter(item: dict[str, Any]) -> dict[str, Any]:
    kind = item["schema"]
    return {
        "name": item["name"],
        "where": item["in"],
        "required": item["required"],
        "type": type_text(kind),
        "default": kind.get("default"),
    }


def _answer_name(operation: dict[str, Any]) -> str:
    """Return the name of the schema of the good answer, when it has one."""
    for status in ("200", "201"):
        content = operation["responses"].get(status, {}).get("content", {})
        reference = content.get("application/json", {}).get("schema", {}).get("$ref", "")
        if reference:
            return reference.rsplit("/", 1)[-1]
    return ""


def _schema(name: str, item: dict[str, Any]) -> dict[str, Any]:
    required = set(item.get("required", []))
    return {
        "name": name,
        "text": item.get("description", ""),
        "fields": [
            (field, type_text(kind), field in required, kind.get("description", ""))
            for field, kind in item.get("properties", {}).items()
        ],
    }


def type_text(kind: dict[str, Any]) -> str:
    """Return a JSON schema in a few words: `array<string>`, `"a" | "b"`, `Picture | null`."""
    if "$ref" in kind:
        return kind["$ref"].rsplit("/", 1)[-1]
    for key in ("anyOf", "oneOf"):
        if key in kind:
            return " | ".join(dict.fromkeys(type_text(item) for item in kind[key]))
    if "const" in kind:
        return f'"{kind["const"]}"'
    if "enum" in kind:
        return " | ".join(f'"{value}"' for value in kind["enum"])
    if kind.get("type") == "array":
        return f"array<{type_text(kind.get('items', {}))}>"
    if kind.get("type") == "object" and isinstance(kind.get("additionalProperties"), dict):
        return f"object<{type_text(kind['additionalProperties'])}>"
    return str(kind.get("format") or kind.get("type", "any"))
