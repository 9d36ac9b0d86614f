"""What a live run may write: only into what is its own, and only to people who are allowed."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from palaver_contract._pointer import Pointer, look


@dataclass(frozen=True, slots=True)
class Own:
    """What belongs to the run."""

    #: Stands in everything that it makes.
    tag: str
    #: A conversation user that nobody else has.
    user: str
    #: Phone numbers and email addresses that it may write to.
    recipients: Collection[str]


@dataclass(frozen=True, slots=True)
class Write:
    """One operation that writes."""

    #: Makes of a generated body one that may be sent.
    adapt: Callable[[Any, Own], Any] = lambda body, _: body
    #: Why a body may not be sent; empty when it may.
    refusal: Callable[[Any, Own], str] = lambda _, __: ""
    #: Where answers have the id of what was made, below each item of a list; None when nothing is.
    makes: Pointer | None = None
    #: Whether the conversation in its path has to be one that the run made.
    inside: bool = False
    #: Whether it reaches people.
    reaches: bool = False
    #: Whether what it makes cannot be removed by any operation of the document.
    stays: bool = False


#: An id would have to be somebody's; a file would be fetched from wherever it is.
_NOT_OURS = frozenset({"conversationStateId", "authorId", "conversationMessageId", "fkId", "fkUserId", "files"})


def _own_text(body: Any, own: Own) -> Any:
    tagged = {name: own.tag for name in ("title", "context") if name in body}
    return {name: value for name, value in body.items() if name not in _NOT_OURS} | tagged


def _new_of_raia(_: Any, own: Own) -> Any:
    return {"conversationUserId": own.user, "title": own.tag, "customData": {"palaver-contract": own.tag}}


def _of_own_user(body: Any, own: Own) -> str:
    return "" if body.get("conversationUserId") == own.user else "conversationUserId is not the run's own user"


_ADDRESS = {"email": "email", "sms": "phoneNumber", "voice": "phoneNumber"}


def _start_of_raia(body: Any, own: Own) -> Any:
    kept = {
        name: value
        for name, value in _own_text(body, own).items()
        if name not in {"email", "phoneNumber", "resetConversation"}
    }
    # An email address has an @, a phone number has none: the channel follows from whoever may be written to.
    address = next((each for each in own.recipients if ("@" in each) == (body["channel"] == "email")), "")
    named = {"firstName": "Palaver", "lastName": "Contract", "customData": {"palaver-contract": own.tag}}
    return {**kept, **named, _ADDRESS[body["channel"]]: address}


def _to_allowed_address(body: Any, own: Own) -> str:
    addresses = [body[name] for name in ("email", "phoneNumber") if name in body]
    if not addresses or not all(address in own.recipients for address in addresses):
        return "it would reach somebody who is not in --allow-recipient"
    if body.get("resetConversation"):
        return "it would archive a conversation that the run did not make"
    return ""


#: How a body names people, in lower case: to ASP.NET `Recipient` is `recipient`, and the last of them wins.
_PEOPLE = frozenset({"recipient", "accountids", "contactids", "counterpartuserid"})


def _start_of_zild(body: Any, own: Own) -> Any:
    rest = {name: value for name, value in body.items() if name.lower() not in _PEOPLE}
    return rest | {"recipient": sorted(own.recipients)}


def _to_allowed_numbers(body: Any, own: Own) -> str:
    numbers = body.get("recipient")
    if [name for name in body if name.lower() in _PEOPLE] != ["recipient"] or not isinstance(numbers, list):
        return "it names people otherwise than by numbers that are in --allow-recipient"
    if not numbers or not all(number in own.recipients for number in numbers):
        return "it would reach somebody who is not in --allow-recipient"
    return ""


#: The id of a conversation or a person may be that of one that is there; a channel or a number reaches somebody.
_OF_OTHERS = frozenset(
    {
        *("ID", "userID", "campaignId", "userEmail", "userPhone", "socialHandle", "origin", "vapi", "voice"),
        *("whatsappPhoneNumberId", "whatsappBusinessNumber", "whatsappDisplayPhoneNumber", "whatsappBusinessAccountId"),
        *("chatAssignedTo", "notifyToUserId", "requestedTeamKey", "delegatedBy", "handoffHistory", "campaignCalls"),
    }
)


def _of_convocore(body: Any, own: Own) -> Any:
    kept = {name: value for name, value in body["conversation"].items() if name not in _OF_OTHERS}
    return {"conversation": {**kept, "userName": own.tag, "notes": own.tag}}


def _of_nobody_else(body: Any, _: Own) -> str:
    conversation = body.get("conversation")
    if not isinstance(conversation, dict):
        return "it has no conversation"
    others = sorted(_OF_OTHERS & conversation.keys())
    return f"it has {', '.join(others)}, which may be somebody else's" if others else ""


WRITES: Mapping[str, Mapping[str, Write]] = {
    "convocore": {
        "create_conversation": Write(_of_convocore, _of_nobody_else, makes=("data", "ID"), stays=True),
        "update_conversation": Write(_of_convocore, _of_nobody_else, inside=True),
    },
    "raia": {
        "create_conversation": Write(_new_of_raia, _of_own_user, makes=("id",)),
        "start_conversation": Write(
            _start_of_raia, _to_allowed_address, makes=("conversationId",), reaches=True, stays=True
        ),
        "update_conversation": Write(_own_text, inside=True),
        "set_conversation_mode": Write(inside=True),
        "send_message": Write(_own_text, inside=True),
        "send_message_async": Write(_own_text, inside=True),
        "send_manual_message": Write(_own_text, inside=True),
    },
    "zild": {
        "start_proactive_conversation": Write(
            _start_of_zild, _to_allowed_numbers, makes=("id",), reaches=True, stays=True
        )
    },
}

#: The operation by which what a run made is removed: every conversation of the run's own user. No other write is done
#: without being named.
REMOVAL: Mapping[str, str] = {"raia": "delete_conversations"}


def ids(answer: Any, place: Pointer) -> list[str]:
    """The ids at `place` of an answer, or of each item of one; what has none is left out."""
    found = list[str]()
    for item in answer if isinstance(answer, list) else [answer]:
        with contextlib.suppress(LookupError, TypeError, ValueError):
            value = look(item, place)
            if isinstance(value, str | int):
                found.append(str(value))
    return found
