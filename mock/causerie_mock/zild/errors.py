"""The form of Zild's errors."""

from __future__ import annotations

import http.client

from .._exchange import Problem, Reply

# behaviour: wrong-token-is-a-401
_EMPTY = {401, 429, 500}


def error(problem: Problem) -> Reply:
    """Return an error in the form of ASP.NET Core.

    Its challenge, its rate limiter and an unhandled exception have no body.
    """
    # behaviour: error-says-its-status, challenge-names-its-scheme
    if problem.status in _EMPTY:
        challenge = (("www-authenticate", "Bearer"),) if problem.status == 401 else ()
        return Reply.empty(problem.status, (*challenge, *problem.headers))
    body: dict[str, object] = {
        "title": http.client.responses.get(problem.status, problem.message),
        "status": problem.status,
        "detail": problem.message,
    }
    if problem.issues:
        errors: dict[str, list[str]] = {}
        for place, message in problem.issues:
            errors.setdefault("$" + place.replace("/", "."), []).append(message)
        body["errors"] = errors
    return Reply.json(problem.status, body, problem.headers, "application/problem+json")
