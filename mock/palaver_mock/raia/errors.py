"""How raia words an error."""

from __future__ import annotations

from palaver_mock._exchange import Problem, Reply

# published: 400, 403 and 404. inferred: the names of the others, which no page shows.
_NAMES = {
    400: ("BAD_REQUEST", "INVALID_REQUEST"),
    403: ("FORBIDDEN_ERROR", "INVALID_CREDENTIALS"),
    404: ("ENTITY_NOT_FOUND_ERROR", "ENTITY_NOT_FOUND"),
    405: ("METHOD_NOT_ALLOWED_ERROR", "METHOD_NOT_ALLOWED"),
    413: ("PAYLOAD_TOO_LARGE_ERROR", "PAYLOAD_TOO_LARGE"),
}


def error(problem: Problem) -> Reply:
    """`{status, name, message, details}`. published: the fields. inferred: what the objects in details hold."""
    name, message = _NAMES[problem.status]
    details = [{"path": place, "message": text} for place, text in problem.issues]
    body = {"status": problem.status, "name": name, "message": message, "details": details}
    return Reply.json(problem.status, body, problem.headers)
