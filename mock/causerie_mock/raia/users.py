"""raia's operations on users."""

from __future__ import annotations

from typing import Any

from .._exchange import Issue, Problem
from .._seed import Record
from .._vendor import Call, Handler
from .memory import Agent
from .pages import page_of
from .state import State, agent_of

# behaviour: new-user-needs-a-contact, user-is-found-by-a-contact
#: The fields by which a user can be found, each on its own.
_KNOWN_BY = ("phoneNumber", "email", "fkId")
_FIELDS = ("firstName", "lastName", "context", "source", "fkUserId", *_KNOWN_BY)


def list_users(state: State, call: Call) -> Any:
    """GET /external/agents/users."""
    # behaviour: users-come-page-by-page, latest-user-comes-first
    users = list(agent_of(state, call).users.values())
    if call.parameters.get("orderDirection") != "ASC":
        users.reverse()
    return page_of(users, call.parameters, lambda user: user)


def create_user(state: State, call: Call) -> Any:
    """POST /external/users."""
    # behaviour: existing-user-is-a-400, one-contact-is-one-user
    agent = agent_of(state, call)
    for name in _KNOWN_BY:
        if name in call.body and _found(agent, {name: call.body[name]}) is not None:
            raise Problem(400, "The user exists already.", [Issue(f"/{name}", "There is a user with this.")])
    details = {name: call.body[name] for name in _FIELDS if name in call.body}
    # behaviour: user-custom-data-is-metadata, written-user-is-shown
    if "customData" in call.body:
        details["metadata"] = {"customData": call.body["customData"]}
    return state.create_user(agent, details)


def find_user(state: State, call: Call) -> Any:
    """GET /external/users/search."""
    # behaviour: search-for-nothing-is-a-400, search-names-the-conversations
    agent = agent_of(state, call)
    if not call.parameters:
        raise Problem(400, "A parameter is missing.", [Issue("", f"One of {', '.join(_KNOWN_BY)} is required.")])
    user = _found(agent, dict(call.parameters))
    if user is None:
        raise Problem(404, "There is no such user.")
    conversations = agent.conversations.values()
    return {"user": user, "conversationIds": [each.id for each in conversations if each.user["id"] == user["id"]]}


def get_user(state: State, call: Call) -> Any:
    """GET /external/users/{userId}."""
    # behaviour: unknown-user-is-a-404
    user = agent_of(state, call).users.get(call.parameters["userId"])
    if user is None:
        raise Problem(404, "There is no such user.")
    return user


def delete_user(state: State, call: Call) -> None:
    """DELETE /external/users/{userId}."""
    user = get_user(state, call)
    state.delete_user(agent_of(state, call), user["id"])


HANDLERS: dict[str, Handler] = {
    handler.__name__: handler for handler in (list_users, create_user, find_user, get_user, delete_user)
}


def _found(agent: Agent, wanted: Record) -> Record | None:
    # behaviour: all-that-is-asked-for-fits, user-is-found-by-the-whole
    return next((user for user in agent.users.values() if wanted.items() <= user.items()), None)
