"""How Zild words an error."""

from __future__ import annotations

from http import HTTPStatus

from palaver_mock._exchange import Problem, Reply


def error(problem: Problem) -> Reply:
    """inferred: as ASP.NET Core answers. A 401 is a challenge without a body, the rest RFC 9457 problems."""
    if problem.status == 401:
        return Reply.empty(401, (("www-authenticate", "Bearer"),))
    body: dict[str, object] = {
        "title": HTTPStatus(problem.status).phrase,
        "status": problem.status,
        "detail": problem.message,
    }
    if problem.issues:
        errors: dict[str, list[str]] = {}
        for place, message in problem.issues:
            errors.setdefault("$" + place.replace("/", "."), []).append(message)
        body["errors"] = errors
    return Reply.json(problem.status, body, problem.headers, "application/problem+json")
