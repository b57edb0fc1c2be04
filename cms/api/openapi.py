"""Finishing the OpenAPI document: problems, headers, security, and what django-ninja leaves out."""

from __future__ import annotations

from typing import Any

from cms.api.problems import PROBLEM_JSON, Problem

PROBLEM_REF = {"$ref": "#/components/schemas/Problem"}
#: Errors that any operation may answer.
COMMON = {
    400: "请求无法理解，例如游标无效",
    401: "令牌无效、过期或已停用",
    404: "没有公开的内容",
    422: "参数有误，或参数不存在",
    429: "请求过多",
    500: "服务器出错",
}
RATE_HEADERS = {
    "RateLimit-Limit": "时间窗内允许的请求数",
    "RateLimit-Remaining": "剩余请求数",
    "RateLimit-Reset": "距时间窗结束的秒数",
}


def finish(schema: Any) -> Any:
    """Complete the document in place and return it."""
    components = schema["components"]
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    components["schemas"].update(problem.pop("$defs", {}))
    components["schemas"]["Problem"] = problem
    components["schemas"] = dict(sorted(components["schemas"].items()))
    components["securitySchemes"] = {
        "Token": {"type": "http", "scheme": "bearer", "description": "访问令牌，由教育局管理员签发"},
        "Session": {"type": "apiKey", "in": "cookie", "name": "sessionid", "description": "已登录的编辑"},
    }
    components["headers"] = {
        name: {"description": text, "schema": {"type": "integer"}} for name, text in RATE_HEADERS.items()
    }
    for path in schema["paths"].values():
        for method, operation in path.items():
            _finish_operation(method, operation)
    return schema


def _finish_operation(method: str, operation: dict[str, Any]) -> None:
    responses = {int(status): details for status, details in operation["responses"].items()}
    for status, text in COMMON.items():
        responses.setdefault(status, {"description": text})
    for status, details in responses.items():
        if status >= 400:
            details["content"] = {PROBLEM_JSON: {"schema": PROBLEM_REF}}
        elif status == 200:
            details["headers"] = {name: {"$ref": f"#/components/headers/{name}"} for name in RATE_HEADERS}
    if method == "get" and "security" not in operation:
        responses.setdefault(304, {"description": "客户端已有最新内容（If-None-Match）"})
        operation["security"] = [{}, {"Token": []}]
    operation["responses"] = {str(status): responses[status] for status in sorted(responses)}
    operation["responses"]["405"] = {
        "description": "不支持的方法",
        "content": {PROBLEM_JSON: {"schema": PROBLEM_REF}},
    }
