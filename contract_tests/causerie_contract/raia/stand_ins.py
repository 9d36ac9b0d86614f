"""What stands in for the user, the conversation and the messages of raia's examples."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from .._segment import segment


def stand_ins(ask: Callable[[str, str, Any], Any]) -> Iterator[Mapping[str, str]]:
    """Make a user who has a conversation in manual mode with an answered question, a prompt and a file; yield ids."""
    number = uuid.uuid4().int
    known = {"email": f"a{number}@example.com", "phoneNumber": f"+1{number % 10**10:010}", "fkId": f"stand-in {number}"}
    user = ask("POST", "/external/users", {"firstName": "Stand", "lastName": "In", **known})["id"]
    conversation = ask("POST", "/external/conversations", {"conversationUserId": user})["id"]
    place = f"/external/conversations/{segment(conversation)}"
    message = ask("POST", f"{place}/messages", {"message": "Hello"})["id"]
    prompt = ask("POST", "/external/prompts/async", {"prompt": "Hello"})["promptId"]
    ask("PUT", f"{place}/mode", {"mode": "manual"})
    yield {
        **{f"query.{name}": value for name, value in known.items()},
        "path.conversationId": conversation,
        "path.messageId": message,
        "path.promptId": prompt,
        "path.userId": user,
        "body.conversationMessageId": message,
        "body.conversationUserId": user,
        "body.userId": user,
    }
    # Nothing is uploaded: the URL for that leads to another host, which is sent no requests.
    file = {"fileName": "note.txt", "contentType": "text/plain"}
    stored = ask("POST", f"{place}/message-files/upload-url", file)["storagePath"]
    body = {"message": "Hello", "files": [{"fileName": file["fileName"], "storagePath": stored}]}
    yield {"path.fileId": ask("POST", f"{place}/messages/async", body)["files"][0]["id"]}
    for state in ask("GET", "/external/conversations/states", None)[:1]:
        yield {"body.conversationStateId": state["id"]}
