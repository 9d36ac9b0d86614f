"""The record of Convocore."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from .._removals import Listing, Removal
from .._vendor import Adaptation, Vendor
from .oracle import BASE, Convocore
from .writes import WRITES

#: No operation lists or makes agents, and every other id is a 404.
_AGENT = "agent123"


def _name_agents(body: dict[str, Any]) -> None:
    items = body.get("items")
    for item in items if isinstance(items, list) else ():
        if isinstance(item, dict) and isinstance(item.get("agentId"), str):
            item["agentId"] = _AGENT


def _name_people(body: dict[str, Any]) -> None:
    if not {"assignToUserId", "assignToUserIds"} & body.keys():
        body["assignToUserId"] = "causerie-user"


def _say_something(body: dict[str, Any]) -> None:
    if not {"message", "messages"} & body.keys():
        body["message"] = "Hello"


VENDOR = Vendor(
    requests={
        # Only an answer has a cursor, and a page beyond the first needs one.
        "list_conversations": Adaptation(rare=("cursor", "page")),
        "export_conversations": Adaptation(rare=("cursor",)),
        "interact": Adaptation(fields={"agentId": lambda _, __: _AGENT}),
        "generate_summaries": Adaptation(complete=_name_agents),
        "assign_conversation": Adaptation(complete=_name_people),
        "send_messages": Adaptation(complete=_say_something),
    },
    ids={"list_conversations": (("conversationId", ("data",), ("ID",)),)},
    needs={"list_workspace_sessions": (("query.workspaceId",), ())},
    writes=WRITES,
    removals=(
        Removal(
            made_by="create_conversation",
            operation="delete_conversation",
            parameter="conversationId",
            listing=Listing(
                operation="list_conversations",
                items=("data",),
                id=("ID",),
                mark=(("userName",), attrgetter("tag")),
                page="page",
                size="limit",
                cursor=("cursor", ("nextCursor",)),
                more=("hasMore",),
                stale=("cached",),
                leaves_out="conversations without messages",
            ),
        ),
    ),
    oracle=(BASE, Convocore),
)
