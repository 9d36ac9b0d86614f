"""What a live run may write: only into what is its own, and only to people who are allowed."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from causerie_spec.pointer import Pointer, look


@dataclass(frozen=True, slots=True)
class Own:
    """What belongs to the run."""

    #: Stands in everything that it makes.
    tag: str
    #: A conversation user that nobody else has, and the id elsewhere of the one user that it makes.
    user: str
    #: Phone numbers, email addresses, ids of people and URLs that it may reach.
    recipients: Collection[str]
    #: What answers of an operation have named: the values in the path of its request, and the id.
    places: Callable[[str], Sequence[tuple[Mapping[str, str], str]]] = lambda _: ()

    def made(self, operation: str) -> list[str]:
        """The ids that answers of `operation` have named."""
        return [made_id for _, made_id in self.places(operation)]


@dataclass(frozen=True, slots=True)
class Write:
    """One operation that writes."""

    #: Makes of a generated body one that may be sent.
    adapt: Callable[[Any, Own], Any] = lambda body, _: body
    #: Why a body may not be sent; empty when it may.
    refusal: Callable[[Any, Own], str] = lambda _, __: ""
    #: Where answers have the id of what was made, below each item of a list; None when nothing is.
    makes: Pointer | None = None
    #: The operation whose things it works in, and the parameter of its path for the id of one; None for any path.
    inside: tuple[str, str] | None = None
    #: Operations of which one has to have made something before.
    after: tuple[str, ...] = ()
    #: Why it reaches nobody as the run sends it, though the document says that it reaches people; empty when it does.
    harmless: str = ""
    #: Whether what it makes cannot be removed by any operation of the document.
    stays: bool = False


#: An id would have to be somebody's; a file would be fetched from wherever it is.
_NOT_OURS = frozenset({"conversationStateId", "authorId", "conversationMessageId", "fkId", "fkUserId", "files"})


def _own_text(body: Any, own: Own) -> Any:
    tagged = {name: own.tag for name in ("title", "context") if name in body}
    return {name: value for name, value in body.items() if name not in _NOT_OURS} | tagged


def _new_of_raia(_: Any, own: Own) -> Any:
    return {"conversationUserId": own.user, "title": own.tag, "customData": {"causerie-contract": own.tag}}


def _of_own_user(body: Any, own: Own) -> str:
    return "" if body.get("conversationUserId") == own.user else "conversationUserId is not the run's own user"


_EMAIL, _PHONE = re.compile(r"[^/@]+@[^/@]+"), re.compile(r"\+?[\d ()./-]+")
_ADDRESS = {"email": "email", "sms": "phoneNumber", "voice": "phoneNumber"}


def _start_of_raia(body: Any, own: Own) -> Any:
    kept = {
        name: value
        for name, value in _own_text(body, own).items()
        if name not in {"email", "phoneNumber", "resetConversation"}
    }
    # The channel follows from whoever may be written to.
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


def _user_of_raia(_: Any, own: Own) -> Any:
    return {"firstName": "Causerie", "lastName": "Contract", "fkId": own.user, "context": own.tag}


def _of_own_id(body: Any, own: Own) -> str:
    if body.get("fkId") != own.user:
        return "fkId is not the run's own"
    others = sorted(body.keys() & {"email", "phoneNumber", "fkUserId"})
    return f"it has {', '.join(others)}, which may be somebody else's" if others else ""


def _vote_of_raia(body: Any, own: Own) -> Any:
    message = next(iter(_messages(own)), "")
    return {**body, "conversationMessageId": message, "userId": own.user, "question": own.tag, "comment": own.tag}


def _messages(own: Own) -> list[str]:
    return [each for name in _ASKING for each in own.made(name)]


def _on_own_message(body: Any, own: Own) -> str:
    if body.get("conversationMessageId") not in _messages(own):
        return "the message is none that the run made"
    return "" if body.get("userId") == own.user else "userId is not the run's own user"


def _file_of_raia(_: Any, own: Own) -> Any:
    return {"fileName": f"{own.tag}.txt", "contentType": "text/plain"}


def _webhook_of_raia(body: Any, own: Own) -> Any:
    url = next((each for each in own.recipients if each.startswith("https://")), "")
    kept = {name: value for name, value in body.items() if name != "headers"}
    return {**kept, "title": own.tag, "description": own.tag, "url": url}


def _to_allowed_url(body: Any, own: Own) -> str:
    if "headers" in body:
        return "it has headers, which may be a secret of somebody else's"
    return "" if body.get("url") in own.recipients else "its URL is not in --allow-recipient"


def _prompt_of_raia(_: Any, own: Own) -> Any:
    return {"prompt": f"{own.tag}: answer with one word.", "tokenTrackingId": own.tag}


def _without_files(body: Any, _: Own) -> str:
    return "it has files, which may be somebody else's" if "files" in body else ""


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


def _assignment_of_convocore(_: Any, own: Own) -> Any:
    return {"assignToUserId": next(iter(own.recipients), "")}


def _to_allowed_person(body: Any, own: Own) -> str:
    if body.keys() != {"assignToUserId"} or body["assignToUserId"] not in own.recipients:
        return "it names somebody who is not in --allow-recipient"
    return ""


def _taking_over(_: Any, own: Own) -> Any:
    return {"acceptedByUserId": next(iter(own.recipients), own.user)}


def _by_allowed_person(body: Any, own: Own) -> str:
    if body.keys() != {"acceptedByUserId"} or body["acceptedByUserId"] not in (own.user, *own.recipients):
        return "it names somebody who is not in --allow-recipient"
    return ""


def _messages_of_convocore(body: Any, own: Own) -> Any:
    text = {"type": "text", "item": {"type": "text", "payload": {"message": own.tag}}}
    return {**body, "turns": [{"from": "bot", "messages": [text]}], "lgMessages": []}


def _dry_run(_: Any, own: Own) -> Any:
    return {"message": own.tag, "options": {"dryRun": True}}


def _only_dry(body: Any, _: Own) -> str:
    options = body.get("options")
    if body.keys() != {"message", "options"} or not isinstance(options, dict) or options.keys() != {"dryRun"}:
        return "it has more than a message and options.dryRun"
    return "" if options["dryRun"] is True else "options.dryRun is not true, so that it would be delivered"


def _transcripts_of_own(_: Any, own: Own) -> Any:
    items = [
        {"agentId": path.get("agentId", ""), "convoId": made, "transcript": f"human: {own.tag}", "messageCount": 1}
        for path, made in own.places("create_conversation")[-1:]
    ]
    return {"items": items}


def _about_own(body: Any, own: Own) -> str:
    items = body.get("items")
    if not isinstance(items, list) or not all(isinstance(each, dict) for each in items):
        return "it has no items"
    return "" if all(_is_own(each, own) for each in items) else _FOREIGN


def _turn_in_own(body: Any, own: Own) -> Any:
    kept = {name: value for name, value in body.items() if name in {"bucket", "responseMode"}}
    place = [
        {"agentId": path.get("agentId", ""), "convoId": made} for path, made in own.places("create_conversation")[-1:]
    ]
    return {**kept, **dict(*place), "prompt": f"{own.tag}: answer with one word.", "isTest": True}


def _inside_own(body: Any, own: Own) -> str:
    more = sorted(body.keys() - {"agentId", "convoId", "bucket", "prompt", "isTest", "responseMode"})
    if more:
        return f"it has {', '.join(more)}, which may be somebody else's"
    return "" if _is_own(body, own) else _FOREIGN


_FOREIGN = "the conversation is none that the run made"


def _is_own(named: Mapping[str, Any], own: Own) -> bool:
    """Whether it is about a conversation that the run made, of the agent for which it did."""
    places = own.places("create_conversation")
    return any((path.get("agentId"), made) == (named.get("agentId"), named.get("convoId")) for path, made in places)


_ASKING = ("send_message", "send_message_async")

#: The run's own conversations.
_OWN = ("create_conversation", "conversationId")

WRITES: Mapping[str, Mapping[str, Write]] = {
    "convocore": {
        "create_conversation": Write(_of_convocore, _of_nobody_else, makes=("data", "ID")),
        "update_conversation": Write(_of_convocore, _of_nobody_else, inside=_OWN),
        "assign_conversation": Write(_assignment_of_convocore, _to_allowed_person, inside=_OWN),
        "accept_handoff": Write(_taking_over, _by_allowed_person, inside=_OWN),
        "replace_messages": Write(_messages_of_convocore, inside=_OWN),
        "send_messages": Write(_dry_run, _only_dry, inside=_OWN, harmless="options.dryRun is true"),
        "generate_summaries": Write(_transcripts_of_own, _about_own, after=("create_conversation",)),
        "interact": Write(_turn_in_own, _inside_own, after=("create_conversation",)),
    },
    "raia": {
        "create_conversation": Write(_new_of_raia, _of_own_user, makes=("id",)),
        "start_conversation": Write(_start_of_raia, _to_allowed_address, makes=("conversationId",), stays=True),
        "update_conversation": Write(_own_text, inside=_OWN),
        "set_conversation_mode": Write(inside=_OWN),
        "send_message": Write(_own_text, makes=("id",), inside=_OWN),
        "send_message_async": Write(_own_text, makes=("id",), inside=_OWN),
        "send_manual_message": Write(
            _own_text, inside=_OWN, harmless="the user of its conversation has neither number nor address"
        ),
        "create_upload_url": Write(_file_of_raia, inside=_OWN),
        "create_prompt_upload_url": Write(_file_of_raia),
        "create_user": Write(_user_of_raia, _of_own_id, makes=("id",)),
        "save_message_feedback": Write(_vote_of_raia, _on_own_message, after=_ASKING),
        "send_prompt": Write(_prompt_of_raia, _without_files),
        "send_prompt_async": Write(_prompt_of_raia, _without_files),
        "create_webhook": Write(_webhook_of_raia, _to_allowed_url, makes=("id",), stays=True),
    },
    "zild": {
        "start_proactive_conversation": Write(_start_of_zild, _to_allowed_numbers, makes=("id",), stays=True),
    },
}


def ids(answer: Any, place: Pointer) -> list[str]:
    """The ids at `place` of an answer, or of each item of one; what has none is left out."""
    found = list[str]()
    for item in answer if isinstance(answer, list) else [answer]:
        with contextlib.suppress(LookupError, TypeError, ValueError):
            value = look(item, place)
            if isinstance(value, str | int):
                found.append(str(value))
    return found
