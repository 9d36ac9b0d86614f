"""The records from which the sweep of raia starts."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from ..._oracle._base import Base
from ..._oracle._kept import Kept
from ..._oracle._session import Session
from ._model import error
from ._promises import SENT, WRITTEN, promise_of
from ._values import FILES

_PHONE, _EMAIL, _FK = "+4930999", "sweep@example.com", "sweep"


def _names(session: Session, ids: dict[str, str]) -> None:
    """Note a state and a member of the team: those that a mock takes, and of another server the state that it has."""
    if not session.target.real:
        ids |= {"state": "state", "author": "author"}
        return
    states = session.ok(session.call("list_conversation_states"))
    if isinstance(state := states.at(0, "id"), str):
        ids["state"] = state


def _conversation(session: Session, ids: dict[str, str]) -> None:
    ids["user"] = session.own_id("user 0")
    created = session.ok(
        session.call("create_conversation", body={"conversationUserId": ids["user"], "title": "Sweep"})
    )
    ids["conversationId"] = created.need("id")


def _question(session: Session, ids: dict[str, str]) -> None:
    path = {"conversationId": ids.get("conversationId", "")}
    if path["conversationId"]:
        asked = session.ok(session.call("send_message_async", path, body={"message": "Why?", "files": FILES[1]}))
        ids["messageId"] = asked.need("id")
        ids["fileId"] = asked.need("files", 0, "id")


def _manual(session: Session, ids: dict[str, str]) -> None:
    path = {"conversationId": ids.get("conversationId", "")}
    if path["conversationId"]:
        session.ok(session.call("set_conversation_mode", path, body={"mode": "manual"}))


def _prompt(session: Session, ids: dict[str, str]) -> None:
    prompt = session.ok(session.call("send_prompt_async", body={"prompt": "Why?"}))
    ids["promptId"] = prompt.need("promptId")


def _user(session: Session, ids: dict[str, str]) -> None:
    made = session.call("create_user", body={"firstName": "Sweep", "lastName": "Sweep", "fkId": _FK})
    if made.status == 400:  # an earlier run has created it
        ids["userId"] = session.ok(session.call("find_user", query={"fkId": _FK})).need("user", "id")
    else:
        ids["userId"] = session.ok(made).need("id")


def _fresh(session: Session) -> Callable[[str, Any], Any]:
    """Create users whose contacts no other user has."""
    # A real server still has the users of earlier runs.
    numbers = itertools.count(uuid.uuid4().int if session.target.real else 10**6)

    def fresh(operation: str, body: Any) -> Any:
        if operation != "create_user" or not isinstance(body, dict):
            return body
        number = str(next(numbers))
        made = {"phoneNumber": f"+49{number}", "email": f"{number}@example.com", "fkId": number}
        return {name: made.get(name, value) for name, value in body.items()}

    return fresh


def _bodies(ids: Mapping[str, str]) -> dict[str, list[Any]]:
    john = {"firstName": "John", "lastName": "Doe"}
    message = {"message": "Hello", "context": "Context", "files": FILES[1]}
    prompt = {"prompt": "Why?", "tokenTrackingId": "tokens", "files": FILES[1]}
    return {
        "create_conversation": [
            {
                "conversationUserId": ids["user"],
                "title": "Title",
                "context": "Context",
                "customData": {"key1": "value1"},
                **({"conversationStateId": ids["state"]} if "state" in ids else {}),
            }
        ],
        "delete_conversations": [{"conversationUserId": "nobody"}],
        "start_conversation": [
            {**john, "channel": "email", "email": "a@example.com", "emailSubject": "Hi", "emailIntroduction": "Hello"},
            {**john, "channel": "sms", "phoneNumber": "+491", "smsIntroduction": "Hello"},
            {**john, "channel": "voice", "phoneNumber": "+491", "firstMessage": "Hello"},
        ],
        "update_conversation": [{"title": "Title", "context": "Context", "status": "active"}],
        "set_conversation_mode": [{"mode": "manual"}],
        "send_message": [message],
        "send_message_async": [message],
        "send_manual_message": [{**message, **({"authorId": ids["author"]} if "author" in ids else {})}],
        "create_upload_url": [{"fileName": "image.png", "contentType": "image/png"}],
        "create_prompt_upload_url": [{"fileName": "image.png", "contentType": "image/png"}],
        "create_user": [
            {**john, "phoneNumber": _PHONE, "context": "Context", "customData": {"key1": "value1"}},
            {**john, "email": _EMAIL, "skipEmailValidation": True, "skipPhoneNumberValidation": False},
            {**john, "fkId": _FK, "fkUserId": "user", "source": "source"},
        ],
        "save_message_feedback": [
            {
                "conversationMessageId": ids.get("messageId", ""),
                "userId": ids["user"],
                "voteType": "up",
                "question": "Why?",
                "answer": "Because.",
                "comment": "Thanks.",
            }
        ]
        if "messageId" in ids
        else [],
        "send_prompt": [prompt],
        "send_prompt_async": [prompt],
        "create_webhook": [
            {
                "title": "Title",
                "description": "Description",
                "url": "https://api.example.com/webhook",
                "triggerCondition": "manual",
                "headers": {"Authorization": "Bearer token"},
            }
        ],
    }


_CUSTOM_DATA = {"customData": ("metadata", "customData")}

BASE = Base(
    # A manual conversation with a question that has a file.
    (_names, _conversation, _question, _manual, _prompt, _user),
    _bodies,
    {"get_conversation": ()},
    (403, promise_of("wrong-key-is-a-403")),
    error,
    lengths={"title": 256, "context": 256_001},
    queries={"find_user": {"fkId": _FK}},
    judged={
        # The server decides which users they find, and who has them already.
        "find_user": {"email", "phoneNumber", "fkId"},
        "create_user": {"email", "phoneNumber", "fkId"},
        "save_message_feedback": {"conversationMessageId", "userId"},
        "create_webhook": {"url"},
    },
    referring={
        "create_conversation": {"conversationStateId"},
        "update_conversation": {"conversationStateId"},
        "start_conversation": {"conversationStateId", "authorId"},
        "send_manual_message": {"authorId"},
    },
    fresh=_fresh,
    reaching={"save_message_feedback"},
    personal={"start_conversation"},
    kept=(
        Kept(
            operation="create_conversation",
            read="get_conversation",
            promise=WRITTEN,
            made=("id",),
            parameter="conversationId",
            moved=_CUSTOM_DATA,
        ),
        Kept(operation="update_conversation", read="get_conversation", promise=WRITTEN),
        Kept(
            operation="create_user",
            read="get_user",
            promise=promise_of("written-user-is-shown"),
            made=("id",),
            parameter="userId",
            moved=_CUSTOM_DATA,
        ),
        *(
            Kept(
                operation=operation,
                read="list_messages",
                promise=SENT,
                shown=("messages",),
                made=("id",),
                identity=("id",),
                free={"files"},
            )
            for operation in ("send_message_async", "send_manual_message")
        ),
        Kept(
            operation="save_message_feedback",
            read="save_message_feedback",
            promise=promise_of("feedback-is-written"),
            naming={"conversationMessageId", "userId"},
        ),
        Kept(operation="create_webhook", read="create_webhook", promise=promise_of("webhook-is-written")),
    ),
)
