"""Zild's operation."""

from __future__ import annotations

from typing import Any

from palaver_mock._exchange import Issue, Problem
from palaver_mock._vendor import Call, Handler
from palaver_mock.zild.state import State

#: Most people that one request may name; without an end, one request could fill the memory.
MAX_RECIPIENTS = 1000


def start_proactive_conversation(state: State, call: Call) -> Any:
    """POST /api/Conversation/proactive-conversation.

    documented: the answer is a list of conversations. inferred: one for each recipient, then each contact, then each
    account, and none when the request names nobody.
    """
    # inferred: the mock has no address book, so it names contacts and accounts by their ids.
    people = [
        *((phone, None) for phone in call.body.get("recipient") or ()),
        *((f"contact {number}", f"Contact {number}") for number in call.body.get("contactIds") or ()),
        *((f"account {number}", f"Account {number}") for number in call.body.get("accountIds") or ()),
    ]
    if len(people) > MAX_RECIPIENTS:
        sentence = f"{len(people)} people are more than {MAX_RECIPIENTS}."
        raise Problem(400, sentence, [Issue("/recipient", sentence)])  # inferred: no limit is documented
    return [state.start(call.tenant, recipient, contact, call.body) for recipient, contact in people]


HANDLERS: dict[str, Handler] = {start_proactive_conversation.__name__: start_proactive_conversation}
