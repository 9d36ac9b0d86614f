"""The form of Convocore's errors."""

from __future__ import annotations

from .._exchange import Problem, Reply

# behaviour: error-has-its-code, wrong-key-is-a-401
_CODES = {
    400: "BAD_REQUEST",
    401: "UNAUTHORIZED",
    403: "FORBIDDEN",
    404: "NOT_FOUND",
    405: "METHOD_NOT_SUPPORTED",
    408: "TIMEOUT",
    409: "CONFLICT",
    412: "PRECONDITION_FAILED",
    413: "PAYLOAD_TOO_LARGE",
    415: "UNSUPPORTED_MEDIA_TYPE",
    422: "UNPROCESSABLE_CONTENT",
    429: "TOO_MANY_REQUESTS",
    501: "NOT_IMPLEMENTED",
    502: "BAD_GATEWAY",
    503: "SERVICE_UNAVAILABLE",
    504: "GATEWAY_TIMEOUT",
}


def error(problem: Problem) -> Reply:
    """Return `{message, code, issues}`, without `issues` if there are none."""
    # behaviour: error-has-message-and-code, words-of-errors
    code = _CODES.get(problem.status, "BAD_REQUEST" if problem.status < 500 else "INTERNAL_SERVER_ERROR")
    body: dict[str, object] = {"message": problem.message, "code": code}
    if problem.issues:
        body["issues"] = [{"message": message, "path": _path(place)} for place, message in problem.issues]
    return Reply.json(problem.status, body, problem.headers)


def _path(place: str) -> list[str | int]:
    """Return a parameter's name, or the tokens of a JSON pointer, as names and indexes."""
    # behaviour: issues-have-a-path, digits-of-a-path-are-an-index
    if not place.startswith("/"):
        return [place] if place else []
    names = (name.replace("~1", "/").replace("~0", "~") for name in place.split("/")[1:])
    return [int(name) if name.isascii() and name.isdecimal() else name for name in names]
