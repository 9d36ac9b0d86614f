"""Zild's operation."""

from __future__ import annotations

from typing import Any

from .. import _json
from .._exchange import Issue, Problem
from .._vendor import Call, Handler
from .state import MAX_HISTORY, State

#: Most people that one request may name, and most bytes of its variables and of its message. inferred: no limit is
#: documented, but without one a single request could fill the memory, or ask for an answer that does.
MAX_RECIPIENTS = 1000
MAX_VARIABLES = 64 * 1024


def start_proactive_conversation(state: State, call: Call) -> Any:
    """POST /api/Conversation/proactive-conversation.

    documented: the answer is a list of conversations. inferred: one for each person, in the order in which the request
    names them, and none when it names nobody.
    """
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
