"""Convocore's operations on whole workspaces."""

from __future__ import annotations

from typing import Any

from .._exchange import Problem
from .._seed import Record
from .._vendor import Call, Handler
from . import access, turns
from .state import WORKSPACES, Agent, State


def list_workspace_sessions(state: State, call: Call) -> Any:
    """GET /workspace/sessions."""
    asked = call.parameters
    # behaviour: unknown-workspace-is-a-404, workspace-belongs-to-its-key
    if asked["workspaceId"] not in WORKSPACES:
        raise Problem(404, "Workspace not found")
    if asked["workspaceId"] != WORKSPACES[call.tenant]:
        raise Problem(403, "You do not own this workspace")
    # behaviour: session-pages-count-from-0
    number, limit = asked.get("page", 0), asked.get("limit", 50)
    # behaviour: workspace-has-its-agents-sessions, sessions-need-turns, agent-id-filters-sessions
    found = [
        (conversation, agent_id, agent)
        for agent_id, agent in state.memory.agents.items()
        for conversation in agent.conversations.values()
        if agent.owner == call.tenant
        and agent_id == asked.get("agentId", agent_id)
        and asked.get("origin") in {None, _text(conversation, "origin")}
        and agent.turns(conversation)
    ]
    # behaviour: latest-session-comes-first
    found.sort(key=lambda each: (each[0]["ts"], each[0]["ID"]), reverse=True)
    page = [_sessions(*each) for each in found[number * limit : (number + 1) * limit]]
    # behaviour: session-times-are-seconds, fetched-are-those-of-the-page
    times = [ts for each in page for ts in each["sessionData"]["allSessionTimestamps"]]
    return {
        "sessions": page,
        "timestampRange": {"oldest": min(times, default=0), "newest": max(times, default=0)},
        "pagination": {
            "page": number,
            "limit": limit,
            "hasMore": len(found) > (number + 1) * limit,
            "totalFetched": len(page),
        },
    }


def generate_summaries(state: State, call: Call) -> Any:
    """POST /convos/generate-summaries."""
    # behaviour: each-transcript-has-its-summary, summary-is-not-stored
    return {"success": True, "data": [_summary(state, call, item) for item in call.body["items"]]}


HANDLERS: dict[str, Handler] = {handler.__name__: handler for handler in (list_workspace_sessions, generate_summaries)}


def _sessions(conversation: Record, agent_id: str, agent: Agent) -> Record:
    *before, current = turns.sessions(agent.turns(conversation))
    begun = [next(turns.times(each), conversation["ts"]) for each in (*before, current)]
    names = ("userName", "userEmail", "userPhone", "origin", "state")
    return {
        "convoId": conversation["ID"],
        "agentId": agent_id,
        **{name: text for name in names if (text := _text(conversation, name)) is not None},
        "sessionData": {
            "turns": current,
            "sessions": before,
            "currentSessionTs": begun[-1],
            "allSessionTimestamps": begun,
        },
    }


def _text(conversation: Record, name: str) -> str | None:
    value = conversation.get(name)
    return value if isinstance(value, str) else None


def _summary(state: State, call: Call, item: Record) -> Record:
    agent = access.agent_of_tenant(state, call, item["agentId"])
    # behaviour: written-summary-is-kept, summary-is-the-beginning
    kept = {} if item.get("forceRegenerate") else agent.conversations.get(item["convoId"], {})
    words = item["transcript"].split()
    written = f"{item['messageCount']} messages, beginning with: {' '.join(words[:20])}"
    return {
        "convoId": item["convoId"],
        "summary": kept.get("summary", written),
        "shortSummary": kept.get("shortSummary", " ".join(words[:4])),
    }
