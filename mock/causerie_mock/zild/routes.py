"""Zild's operation."""

from __future__ import annotations

from typing import Any

from .. import _json
from .._exchange import Issue, Problem
from .._vendor import Call, Handler
from .state import MAX_HISTORY, State

# behaviour: thousand-people-at-most, variables-and-message-are-limited
#: The most people in one request, and the most bytes of its variables.
MAX_RECIPIENTS = 1000
MAX_VARIABLES = 64 * 1024


def start_proactive_conversation(state: State, call: Call) -> Any:
    """POST /api/Conversation/proactive-conversation."""
    # behaviour: answer-is-a-list, one-conversation-for-each-person, nothing-is-required
    named = sum(len(call.body.get(field) or ()) for field in ("recipient", "contactIds", "accountIds"))
    if named > MAX_RECIPIENTS:
        raise _too_much("/recipient", f"{named} people are more than {MAX_RECIPIENTS}.")
    variables = len(_json.encode(call.body.get("contentVariables", {})))
    if variables > MAX_VARIABLES:
        raise _too_much("/contentVariables", f"{variables} bytes are more than {MAX_VARIABLES}.")
    message = state.message(call.tenant, call.body)
    length = len(_json.encode(message))
    if length > MAX_HISTORY:
        raise _too_much("/contentVariables", f"The message has {length} bytes, more than {MAX_HISTORY}.")
    people = state.people(call.tenant, call.body)
    return [state.start(call.tenant, address, name, call.body, message) for address, name in people.items()]


HANDLERS: dict[str, Handler] = {start_proactive_conversation.__name__: start_proactive_conversation}


def _too_much(place: str, sentence: str) -> Problem:
    return Problem(400, sentence, [Issue(place, sentence)])
