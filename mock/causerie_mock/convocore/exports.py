"""Convocore's exports of conversations."""

from __future__ import annotations

from typing import Any

from .._exchange import Problem
from .._seed import Record
from .._vendor import Call, Handler
from . import access, cursor, limits, rows, sheet, turns
from .pages import page
from .state import Agent, State

# behaviour: large-times-are-milliseconds
_MILLISECONDS = 10**11


def export_conversations(state: State, call: Call) -> Any:
    """GET /agents/{agentId}/convos/export."""
    # behaviour: export-is-no-id, export-has-what-was-asked-for, unknown-ids-are-left-out, export-order
    agent = access.own_agent(state, call)
    rate = _admit(state, call)
    asked = call.parameters
    ids = set(asked["convoIds"]) if "convoIds" in asked else agent.conversations.keys()
    wanted = [each for each in agent.conversations.values() if each["ID"] in ids and _is_between(each["ts"], asked)]
    ascending = asked.get("sort") == "asc"
    following: dict[str, Any] = {"hasMore": False, "nextCursor": None}
    # behaviour: export-of-ids-has-no-pages, older-export-has-everything
    if "convoIds" in asked or state.options.paging == "page":
        scanned = cursor.ordered(wanted, ascending=ascending)
    else:
        scanned, following = page(state, call, wanted, ascending=ascending)
    # behaviour: export-has-those-in-which-a-person-speaks, export-page-has-the-fewer-rows
    found = [each for each in scanned if turns.has_human(agent.turns(each))]
    exported = [rows.row(each, agent.turns(each)) for each in found]
    # behaviour: export-says-what-was-asked-for, export-counts-what-was-looked-at
    return {
        **access.envelope("Conversations exported successfully", _formed(call, exported)),
        **following,
        "mode": "selected" if "convoIds" in asked else "paginated",
        "scannedConvoCount": len(scanned),
        "source": "supabase",
        "query": {"sort": asked.get("sort", "desc"), "fromTs": asked.get("fromTs"), "toTs": asked.get("toTs")},
        "usage": _usage(state, call, agent, found),
        "rateLimit": rate,
    }


def export_conversation(state: State, call: Call) -> Any:
    """GET /agents/{agentId}/convos/{conversationId}/export."""
    # behaviour: export-of-one-is-one-row, export-of-one-has-it-anyway, exporting-one-says
    agent = access.own_agent(state, call)
    rate = _admit(state, call)
    conversation = access.own_conversation(state, call)
    row = rows.row(conversation, agent.turns(conversation))
    exported = sheet.text([rows.cells(row)]) if call.parameters.get("format") == "csv" else row
    return {
        **access.envelope("Conversation exported successfully", exported),
        "usage": _usage(state, call, agent, [conversation]),
        "rateLimit": rate,
    }


HANDLERS: dict[str, Handler] = {handler.__name__: handler for handler in (export_conversations, export_conversation)}


def _admit(state: State, call: Call) -> dict[str, int]:
    options, hour = state.options, state.memory.workspaces[call.tenant].exports_hour
    # behaviour: exports-need-an-add-on
    if not options.export_addon:
        sentence = "Chat Export API addon required. Subscribe to chat-export-api to use this endpoint."
        raise Problem(403, sentence)
    limit = limits.Limit(hour, limits.HOUR, options.exports_per_hour, limits.EXPORTS_PER_HOUR)
    ((per_hour, left),) = limits.take(state.now, limit)
    return {"requestsPerHour": per_hour, "remainingHour": left}


def _is_between(ts: int, asked: Any) -> bool:
    first, last = asked.get("fromTs"), asked.get("toTs")
    return (first is None or ts * _scale(first) >= first) and (last is None or ts * _scale(last) <= last)


def _scale(time: int) -> int:
    """Return the number of units of `time` in a second."""
    return 1000 if time >= _MILLISECONDS else 1


def _formed(call: Call, exported: list[Record]) -> Any:
    return sheet.text([rows.cells(row) for row in exported]) if call.parameters.get("format") == "csv" else exported


def _usage(state: State, call: Call, agent: Agent, conversations: list[Record]) -> dict[str, Any]:
    # behaviour: each-session-is-billed
    counted = sum(turns.has_human(each) for found in conversations for each in turns.sessions(agent.turns(found)))
    bill = state.memory.workspaces[call.tenant].bill
    return bill.add(state.month, counted, state.options.export_quota)
