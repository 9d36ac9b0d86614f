"""What the sweep of Convocore starts from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..._oracle._base import Base
from ..._oracle._kept import Kept
from ..._oracle._session import Session
from ._model import AGENT, CHANGED, OTHER_AGENT, WORKSPACE, WRITTEN, error, promise_of
from ._turns import TURNS


def _agent(session: Session, ids: dict[str, str]) -> None:
    ids["agentId"] = session.parameters.get("agentId", AGENT)


def _conversation(session: Session, ids: dict[str, str]) -> None:
    agent = {"agentId": ids["agentId"]}
    created = session.ok(session.call("create_conversation", agent, body={"conversation": {"ts": 1}}))
    ids["conversationId"] = created.need("data", "ID")


def _bodies(ids: Mapping[str, str]) -> dict[str, list[Any]]:
    named = {"agentId": ids.get("agentId", AGENT), "convoId": ids.get("conversationId", "agent123_convo456")}
    return {
        "create_conversation": [{"conversation": {"ts": 1699999999, "userName": "John Doe", "tags": ["new-lead"]}}],
        "update_conversation": [{"conversation": {"userName": "John Doe", "state": "completed"}}],
        "assign_conversation": [
            {
                "assignToUserId": "causerie-user",
                "assignToUserIds": ["causerie-user-2"],
                "note": "n",
                "assigneesHint": [{"id": "causerie-user", "name": "n", "email": "e"}],
                "delegatedBy": "d",
            }
        ],
        "replace_messages": [
            {"turns": [*TURNS[:2]], "lgMessages": [{}], "updateConversationMetadata": True},
        ],
        "send_messages": [
            {"message": "Hello", "sourceLabel": "api", "options": {"dryRun": True}},
            {"messages": [{"type": "text", "item": {"payload": {"message": "Hello"}}}], "options": {"dryRun": True}},
        ],
        "accept_handoff": [{"acceptedByUserId": "causerie-user", "organizationId": "o", "teamIds": [], "teamKeys": []}],
        "generate_summaries": [{"items": [{**named, "transcript": "Hello", "messageCount": 1}]}],
        "interact": [
            {
                **named,
                "bucket": "(default)",
                "prompt": "Hello",
                "disableRecordHistory": True,
                "messageType": "text",
                "visualPayload": {},
                "initNodesOptions": {},
                "responseMode": "lean",
            }
        ],
    }


_SERVERS_OWN = frozenset({"ID", "lastModified"})

#: A cursor is the server's own, and so is what lies behind it; an agent, a workspace and people have to be there. The
#: one shows the record and the other the messages, beside which stands what each export counts.
BASE = Base(
    (_agent, _conversation),
    _bodies,
    {"get_conversation": (), "export_conversation": ("data",)},
    (401, promise_of("wrong-key-is-a-401")),
    error,
    reaching={"interact"},
    theirs={"agentId": OTHER_AGENT},
    kept=(
        Kept(
            operation="create_conversation",
            read="get_conversation",
            promise=WRITTEN,
            sent=("conversation",),
            shown=("data",),
            made=("data", "ID"),
            parameter="conversationId",
            free=_SERVERS_OWN,
        ),
        Kept(
            operation="update_conversation",
            read="get_conversation",
            promise=CHANGED,
            sent=("conversation",),
            shown=("data",),
            # Tags that are new are added.
            free={*_SERVERS_OWN, "tags"},
        ),
        Kept(
            operation="replace_messages",
            read="replace_messages",
            promise=promise_of("replaced-messages-are-answered"),
            shown=("data",),
        ),
        Kept(
            operation="send_messages",
            read="send_messages",
            promise=promise_of("sent-goes-out-as-it-is"),
            shown=("data",),
            moved={"message": ("messages", 0, "item", "payload", "message")},
            # Those that are sent as a whole go out with more than they have.
            free={"messages"},
            taken={"message"},
        ),
        Kept(
            operation="interact",
            read="export_conversation",
            promise=promise_of("turn-adds-two-messages"),
            shown=("data", "turns", -2),
            moved={"prompt": ("messages", 0, "payload", "message")},
            naming={"convoId"},
            besides={"disableRecordHistory": False},
        ),
    ),
    queries={
        "get_conversation_details": {"region": "eu"},
        "list_workspace_sessions": {"workspaceId": WORKSPACE, "region": "eu"},
    },
    judged={
        "list_conversations": {"cursor", "page"},
        "export_conversations": {"cursor"},
        "list_workspace_sessions": {"workspaceId"},
        "assign_conversation": {"body", "assignToUserId", "assignToUserIds"},
        "send_messages": {"body", "message", "messages"},
        "generate_summaries": {"items", "agentId", "convoId"},
        "interact": {"agentId"},
    },
    # Only a page beyond the first needs a cursor.
    sure={("list_conversations", "page"): ("0", "1")},
)
