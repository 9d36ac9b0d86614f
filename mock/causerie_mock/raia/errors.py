"""The form of raia's errors."""

from __future__ import annotations

import re

from .._exchange import Problem, Reply

# behaviour: names-of-other-errors, wrong-key-is-a-403
_NAMES = {
    400: ("BAD_REQUEST", "INVALID_REQUEST"),
    403: ("FORBIDDEN_ERROR", "INVALID_CREDENTIALS"),
    404: ("ENTITY_NOT_FOUND_ERROR", "ENTITY_NOT_FOUND"),
    405: ("METHOD_NOT_ALLOWED_ERROR", "METHOD_NOT_ALLOWED"),
    413: ("PAYLOAD_TOO_LARGE_ERROR", "PAYLOAD_TOO_LARGE"),
}


def error(problem: Problem) -> Reply:
    """Return `{status, name, message, details}`, or `{status, message}` for a failure of the server."""
    # behaviour: error-says-status-and-code
    if problem.status >= 500:
        return Reply.json(problem.status, {"status": problem.status, "message": problem.message}, problem.headers)
    code = re.sub(r"\W+", "_", problem.message).upper()
    name, message = _NAMES.get(problem.status, (f"{code}_ERROR", code))
    details = [{"path": place, "message": text} for place, text in problem.issues]
    body = {"status": problem.status, "name": name, "message": message, "details": details}
    return Reply.json(problem.status, body, problem.headers)
