"""What the sweep of Convocore starts from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from causerie_contract._oracle._session import Session
from causerie_contract._oracle._sweep import Base
from causerie_contract._oracle.convocore._model import AGENT, TRPC, error


def _ready(session: Session) -> dict[str, str]:
    agent = {"agentId": session.parameters.get("agentId", AGENT)}
    created = session.ok(session.call("create_conversation", agent, body={"conversation": {"ts": 1}}))
    return {**agent, "conversationId": created.need("data", "ID")}


def _bodies(_: Mapping[str, str]) -> dict[str, list[Any]]:
    return {
        "create_conversation": [{"conversation": {"ts": 1699999999, "userName": "John Doe", "tags": ["new-lead"]}}],
        "update_conversation": [{"conversation": {"userName": "John Doe", "state": "completed"}}],
        "assign_conversation": [{"assignToUserId": "causerie-user", "delegatedBy": "causerie-user-2"}],
        "replace_messages": [
            {"turns": [{"text": "Hello"}], "lgMessages": [{}], "updateConversationMetadata": True},
        ],
    }


#: A cursor is the server's own, and so is what lies behind it; the export shows the messages too.
BASE = Base(
    _ready,
    _bodies,
    "export_conversation",
    (401, TRPC),
    error,
    queries={"get_conversation_details": {"region": "eu"}},
    judged={"list_conversations": {"cursor", "page"}, "export_conversations": {"cursor"}},
)
