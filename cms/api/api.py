"""The API object: django-ninja with our errors, our JSON, and an OpenAPI document finished by hand."""

from __future__ import annotations

import logging
import re
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as DjangoValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import NinjaAPI, Router
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from cms.api.door import server_failed
from cms.api.openapi import finish
from cms.api.problems import ApiProblem, ProblemError, not_found

logger = logging.getLogger(__name__)
#: Routers of other apps; they add theirs while the apps are made ready.
OTHER_ROUTERS: list[Router] = []

VERSION = "1.0.0"

#: What pydantic calls a mistake -> what we say.
MESSAGES = {
    "missing": gettext_lazy("This is required."),
    "literal_error": gettext_lazy("Choose one of the allowed values."),
    "enum": gettext_lazy("Choose one of the allowed values."),
    "format": gettext_lazy("This is not written as expected."),
    "int_parsing": gettext_lazy("This must be a whole number."),
    "date_from_datetime_parsing": gettext_lazy("This must be a date, for example 2026-09-01."),
    "date_parsing": gettext_lazy("This must be a date, for example 2026-09-01."),
    "datetime_parsing": gettext_lazy("This must be a time, for example 2026-09-01T08:00:00+08:00."),
    "datetime_from_date_parsing": gettext_lazy("This must be a time, for example 2026-09-01T08:00:00+08:00."),
    "greater_than_equal": gettext_lazy("This is too small."),
    "less_than_equal": gettext_lazy("This is too large."),
    "string_too_long": gettext_lazy("This is too long."),
    "string_too_short": gettext_lazy("This is empty."),
    "too_long": gettext_lazy("These are too many values."),
    "string_pattern_mismatch": gettext_lazy("This is not written as expected."),
}
_NAMES = re.compile(r"^\^\((?P<names>[^()]*)\)\(,")
_QUOTED = re.compile(r"'([^']*)'")


def add_api_router(router: Router) -> None:
    """Put the operations of another app under /api/v1/, behind the same door."""
    if router not in OTHER_ROUTERS:
        OTHER_ROUTERS.append(router)


class ContentAPI(NinjaAPI):
    """The content API of the site (内容接口)."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        return finish(super().get_openapi_schema(path_prefix="api/v1/", path_params=path_params))


api = ContentAPI(
    title="心桥内容接口",
    version=VERSION,
    description=(
        "教育局与学校公开内容的只读接口：活动新闻、政策文件、工作计划、计划模板、学校名录，以及图片、文档、菜单、"
        "变更流和草稿预览。字段只增不改；详见 docs/api/stability.md。"
    ),
    urls_namespace="content-api",
    docs_url=None,
    openapi_url=None,
)


@api.exception_handler(ApiProblem)
def on_problem(request: HttpRequest, problem: ApiProblem) -> HttpResponse:
    """Answer with the problem that was raised."""
    return problem.response()


@api.exception_handler(ValidationError)
def on_validation_error(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Name each wrong parameter, what is wrong with it, and what is allowed."""
    errors = [_mistake(item) for item in error.errors]
    names = "、".join(dict.fromkeys(item.name for item in errors))
    detail = _("Not usable: %s. See `errors` for what to change.") % names
    return ApiProblem(422, "bad-parameter", detail, errors=errors).response()


def _mistake(item: dict[str, Any]) -> ProblemError:
    place = [str(part) for part in item["loc"]]
    context = item.get("ctx") or {}
    message = MESSAGES.get(item["type"])
    return ProblemError(
        where=place[0],
        name=next((part for part in reversed(place[1:]) if not part.isdigit()), place[0]),
        message=str(message) if message else str(_("This is not usable.")),
        allowed=_allowed(context),
    )


def _allowed(context: dict[str, Any]) -> list[str] | None:
    """Return the allowed values that pydantic knows: of a choice, or of a comma-separated list of names."""
    if names := _NAMES.match(str(context.get("pattern", ""))):
        return names["names"].replace("\\", "").split("|")
    return _QUOTED.findall(str(context.get("expected", ""))) or None


@api.exception_handler(HttpError)
def on_http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Answer a body that is no JSON."""
    code = {400: "bad-body", 401: "unauthorized"}.get(error.status_code, "refused")
    return ApiProblem(error.status_code, code, _("The body cannot be read as JSON.")).response()


@api.exception_handler(DjangoValidationError)
def on_django_validation_error(request: HttpRequest, error: DjangoValidationError) -> HttpResponse:
    """Answer what an action found wrong, at the field."""
    by_name = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    errors = [
        ProblemError(where="body", name=name, message=message)
        for name, messages in by_name.items()
        for message in messages
    ]
    return ApiProblem(422, "bad-body", _("See `errors` for what to change."), errors=errors).response()


@api.exception_handler(Http404)
def on_not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    """Answer 404."""
    return not_found().response()


@api.exception_handler(PermissionDenied)
def on_permission_denied(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    """Answer 403."""
    return ApiProblem(403, "forbidden", _("You may not do this.")).response()


@api.exception_handler(Exception)
def on_fault(request: HttpRequest, error: Exception) -> HttpResponse:
    """Log a fault of ours and answer 500 without its inside."""
    logger.error("The API failed at %s", request.path, exc_info=error)
    return server_failed().response()
