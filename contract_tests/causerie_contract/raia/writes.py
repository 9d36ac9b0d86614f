"""What a live run may write: only into what is its own, and only to people who are allowed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from .._writes import Own, Write

_ASKING = ("send_message", "send_message_async")

#: The run's own conversations.
_OWN = ("create_conversation", "conversationId")


#: An id would have to be somebody's; a file would be fetched from wherever it is.
_NOT_OURS = frozenset({"conversationStateId", "authorId", "conversationMessageId", "fkId", "fkUserId", "files"})


def _own_text(body: Any, own: Own) -> Any:
    tagged = {name: own.tag for name in ("title", "context") if name in body}
    return {name: value for name, value in body.items() if name not in _NOT_OURS} | tagged


def _new(_: Any, own: Own) -> Any:
    return {"conversationUserId": own.user, "title": own.tag, "customData": {"causerie-contract": own.tag}}


def _of_own_user(body: Any, own: Own) -> str:
    return "" if body.get("conversationUserId") == own.user else "conversationUserId is not the run's own user"


_EMAIL, _PHONE = re.compile(r"[^/@]+@[^/@]+"), re.compile(r"\+?[\d ()./-]+")
_ADDRESS = {"email": "email", "sms": "phoneNumber", "voice": "phoneNumber"}


def _start(body: Any, own: Own) -> Any:
    kept = {
        name: value
        for name, value in _own_text(body, own).items()
        if name not in {"email", "phoneNumber", "resetConversation"}
    }
    # The people who may be written to decide the channel.
    form = _EMAIL if body["channel"] == "email" else _PHONE
    address = next((each for each in own.recipients if form.fullmatch(each)), "")
    named = {"firstName": "Causerie", "lastName": "Contract", "customData": {"causerie-contract": own.tag}}
    return {**kept, **named, _ADDRESS[body["channel"]]: address}


def _to_allowed_address(body: Any, own: Own) -> str:
    addresses = [body[name] for name in ("email", "phoneNumber") if name in body]
    if not addresses or not all(address in own.recipients for address in addresses):
        return "it would reach somebody who is not in --allow-recipient"
    if body.get("resetConversation"):
        return "it would archive a conversation that the run did not make"
    return ""


def _user(_: Any, own: Own) -> Any:
    return {"firstName": "Causerie", "lastName": "Contract", "fkId": own.user, "context": own.tag}


def _of_own_id(body: Any, own: Own) -> str:
    if body.get("fkId") != own.user:
        return "fkId is not the run's own"
    others = sorted(body.keys() & {"email", "phoneNumber", "fkUserId"})
    return f"it has {', '.join(others)}, which may be somebody else's" if others else ""


def _vote(body: Any, own: Own) -> Any:
    message = next(iter(_messages(own)), "")
    return {**body, "conversationMessageId": message, "userId": own.user, "question": own.tag, "comment": own.tag}


def _messages(own: Own) -> list[str]:
    return [each for name in _ASKING for each in own.made(name)]


def _on_own_message(body: Any, own: Own) -> str:
    if body.get("conversationMessageId") not in _messages(own):
        return "the run did not make this message"
    return "" if body.get("userId") == own.user else "userId is not the run's own user"


def _file(_: Any, own: Own) -> Any:
    return {"fileName": f"{own.tag}.txt", "contentType": "text/plain"}


def _webhook(body: Any, own: Own) -> Any:
    url = next((each for each in own.recipients if each.startswith("https://")), "")
    kept = {name: value for name, value in body.items() if name != "headers"}
    return {**kept, "title": own.tag, "description": own.tag, "url": url}


def _to_allowed_url(body: Any, own: Own) -> str:
    if "headers" in body:
        return "it has headers, which may be a secret of somebody else's"
    return "" if body.get("url") in own.recipients else "its URL is not in --allow-recipient"


def _prompt(_: Any, own: Own) -> Any:
    return {"prompt": f"{own.tag}: answer with one word.", "tokenTrackingId": own.tag}


def _without_files(body: Any, _: Own) -> str:
    return "it has files, which may be somebody else's" if "files" in body else ""


WRITES: Mapping[str, Write] = {
    "create_conversation": Write(_new, _of_own_user, makes=("id",)),
    "start_conversation": Write(_start, _to_allowed_address, makes=("conversationId",), stays=True),
    "update_conversation": Write(_own_text, inside=_OWN),
    "set_conversation_mode": Write(inside=_OWN),
    "send_message": Write(_own_text, makes=("id",), inside=_OWN),
    "send_message_async": Write(_own_text, makes=("id",), inside=_OWN),
    "send_manual_message": Write(
        _own_text, inside=_OWN, harmless="the user of its conversation has neither number nor address"
    ),
    "create_upload_url": Write(_file, inside=_OWN),
    "create_prompt_upload_url": Write(_file),
    "create_user": Write(_user, _of_own_id, makes=("id",)),
    "save_message_feedback": Write(_vote, _on_own_message, after=_ASKING),
    "send_prompt": Write(_prompt, _without_files),
    "send_prompt_async": Write(_prompt, _without_files),
    "create_webhook": Write(_webhook, _to_allowed_url, makes=("id",), stays=True),
}
