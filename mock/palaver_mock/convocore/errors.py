"""How Convocore words an error."""

from __future__ import annotations

from palaver_mock._exchange import Problem, Reply

# published: message, code and issues[].message. inferred: which code has which status, from tRPC-OpenAPI, which the
# title of the published contract names.
_CODES = {
    400: "BAD_REQUEST",
    401: "UNAUTHORIZED",
    403: "FORBIDDEN",
    404: "NOT_FOUND",
    405: "METHOD_NOT_SUPPORTED",
    413: "PAYLOAD_TOO_LARGE",
    415: "UNSUPPORTED_MEDIA_TYPE",
}


def error(problem: Problem) -> Reply:
    """`{message, code, issues}`; issues only where the input has some."""
    body: dict[str, object] = {"message": problem.message, "code": _CODES[problem.status]}
    if problem.issues:
        body["issues"] = [{"message": f"{place}: {message}"} for place, message in problem.issues]
    return Reply.json(problem.status, body, problem.headers)
