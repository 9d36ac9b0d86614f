"""One turn with an agent."""

from __future__ import annotations

from typing import Any

from .._seed import Record
from .._vendor import Call, Handler
from . import access, events, turns
from .state import Agent, State

# behaviour: start-is-no-message
_START = "start"

# behaviour: new-conversation-has-what-is-told
_DETAILS = ("userID", "userName", "userEmail", "userPhone", "userImage", "origin")


def interact(state: State, call: Call) -> Any:
    """POST /agents/interact."""
    # behaviour: turn-needs-no-key, turn-has-an-answer, agent-repeats-what-it-hears
    body = call.body
    agent = access.agent_of(state, body["agentId"])
    # behaviour: failed-turn-has-an-error, turn-without-time-fails
    if body.get("timeout", 1) < 1:
        return _answer(body, "", [], f"The turn took longer than {body['timeout']} ms.")
    said = "Hello! How can I help you?" if body["prompt"] == _START else f"You said: {body['prompt']}"
    bot = _turn("bot", turns.text("bot", said, state.now), body) | {"isAIGenerated": True}
    taken = [bot] if body["prompt"] == _START else [_turn("human", _message(body, state.now), body), bot]
    if body["prompt"] != _START:
        events.received(state, body["agentId"], agent, body)
    # behaviour: turn-without-history-stores-nothing
    if not body.get("disableRecordHistory"):
        conversation = _conversation(state, agent, body)
        state.add_turns(agent, conversation, taken)
        # behaviour: turn-adds-two-messages
        if len(taken) > 1:
            conversation["interactionsNum"] = turns.counted(conversation.get("interactionsNum", 0), 1)
        events.stored(state, body["agentId"], agent, conversation)
    return _answer(body, said, [bot], None)


HANDLERS: dict[str, Handler] = {"interact": interact}


def _conversation(state: State, agent: Agent, body: Record) -> Record:
    """Return the conversation with the id in the body; a new id starts a new conversation."""
    # behaviour: new-id-begins-a-conversation
    conversation = agent.conversations.get(body["convoId"])
    if conversation is None:
        user = body.get("lightConvoData")
        given = user if isinstance(user, dict) else {}
        details = {name: given[name] for name in _DETAILS if isinstance(given.get(name), str)}
        new_id = body["convoId"]
        conversation = {"ID": new_id, "userID": new_id, "ts": state.now, "origin": "web-chat", "state": "ai-chatting"}
        conversation |= details | ({"isTest": body["isTest"]} if "isTest" in body else {})
        agent.store(conversation)
    return conversation


def _message(body: Record, now: int) -> Record:
    if body.get("messageType") == "visual" and "visualPayload" in body:
        return {
            "from": "human",
            "type": "visual",
            "item": {"type": "visual", "payload": body["visualPayload"]},
            "ts": now,
        }
    return turns.text("human", body["prompt"], now)


def _turn(sender: str, message: Record, body: Record) -> Record:
    # behaviour: session-is-the-conversation
    session_id = body.get("sessionId", body["convoId"])
    return {"from": sender, "ts": message["ts"], "session_id": session_id, "messages": [message]}


def _answer(body: Record, said: str, taken: list[Record], error: str | None) -> dict[str, Any]:
    failed = {} if error is None else {"error": error}
    if body.get("responseMode") != "verbose":
        lists: dict[str, Any] = {"uiEngineSummary": [], "kbDocsRetrieved": [], "imagesShown": []}
        return {"success": error is None, "assistantText": said, **lists, **failed}
    tokens = {"inputTokens": len(body["prompt"].split()), "outputTokens": len(said.split())}
    return {
        "success": error is None,
        "turns": taken,
        "lastBotMessage": said,
        "currentNodeId": "__start__",
        "debugMessages": [],
        "metadata": {"tokenUsage": tokens, "kbSources": [], "variables": {}},
        **failed,
    }
