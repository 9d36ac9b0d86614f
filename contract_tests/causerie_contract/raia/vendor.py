"""The record of raia."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from urllib.parse import quote

import attrs

from .._removals import Listing, Removal
from .._vendor import Adaptation, Vendor
from .._writes import Own
from .oracle import BASE, Raia
from .stand_ins import stand_ins
from .writes import WRITES

_USER: Callable[[Own], str] = attrgetter("user")

#: The state of the documented examples. On a server that is no mock, one of its own takes its place (`stand_ins`).
_STATE = Adaptation(fields={"conversationStateId": lambda _, __: "5f7b1b3b-3b3b-4b3b-3b3b-3b3b3b3b3b3b"})

VENDOR = Vendor(
    requests={
        **dict.fromkeys(("create_conversation", "update_conversation"), _STATE),
        # No operation lists the members of the team.
        "start_conversation": attrs.evolve(_STATE, unknown=("authorId",)),
        "send_manual_message": Adaptation(unknown=("authorId",)),
        # A 400 is published for a user who exists.
        "create_user": Adaptation(
            fields=dict.fromkeys(("phoneNumber", "email", "fkId"), lambda text, number: f"{text} {number}")
        ),
        # The message and the user of the documented example are there, and hardly any other.
        "save_message_feedback": Adaptation(
            fields=dict.fromkeys(
                ("conversationMessageId", "userId"), lambda _, __: "123e4567-e89b-12d3-a456-426614174000"
            )
        ),
        # HTTPS and a public address are published.
        "create_webhook": Adaptation(fields={"url": lambda text, _: f"https://api.example.com/{quote(text)}"}),
        # A user whom the server does not know is a 404.
        "find_user": Adaptation(query={"email": "test@test.com", "phoneNumber": "+1234567890", "fkId": "123456"}),
    },
    stand_ins=stand_ins,
    ids={
        "list_conversations": (("conversationId", ("data",), ("id",)), ("userId", ("data",), ("conversationUserId",))),
        "list_messages": (("messageId", ("messages",), ("id",)), ("fileId", ("messages",), ("files", 0, "id"))),
        "list_users": (("userId", ("data",), ("id",)),),
        "send_prompt_async": (("promptId", (), ("promptId",)),),
    },
    needs={
        "find_user": (("query.email", "query.phoneNumber", "query.fkId"), ()),
        "get_prompt_response": (("path.promptId",), ("send_prompt_async",)),
    },
    personal=frozenset({"email", "phoneNumber", "fkId", "searchKeyword"}),
    writes=WRITES,
    removals=(
        Removal(
            made_by="create_conversation",
            operation="delete_conversations",
            field="conversationUserId",
            listing=Listing(
                operation="list_conversations",
                items=("data",),
                mark=(("conversationUserId",), _USER),
                query={"userId": _USER},
                page="page",
                more=("hasNextPage",),
            ),
        ),
        Removal(
            made_by="create_user",
            operation="delete_user",
            parameter="userId",
            listing=Listing(
                operation="find_user",
                items=("user",),
                mark=(("fkId",), _USER),
                query={"fkId": _USER},
                leaves_out="whom it does not know by that id",
            ),
        ),
        Removal(
            made_by="create_conversation",
            operation="delete_user",
            parameter="userId",
            brought=True,
            listing=Listing(operation="get_user", mark=(("id",), _USER), leaves_out="whom it does not find by the id"),
        ),
    ),
    polls=frozenset({"get_message_response", "get_prompt_response"}),
    oracle=(BASE, Raia),
)
