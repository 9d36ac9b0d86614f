"""What a live run may write: only into what is its own, and only to people who are allowed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._writes import Own, Write

#: The run's own conversations.
_OWN = ("create_conversation", "conversationId")


#: The id of a conversation or a person may be that of one that is there; a channel or a number reaches somebody.
_OF_OTHERS = frozenset(
    {
        *("ID", "userID", "campaignId", "userEmail", "userPhone", "socialHandle", "origin", "vapi", "voice"),
        *("whatsappPhoneNumberId", "whatsappBusinessNumber", "whatsappDisplayPhoneNumber", "whatsappBusinessAccountId"),
        *("chatAssignedTo", "notifyToUserId", "requestedTeamKey", "delegatedBy", "handoffHistory", "campaignCalls"),
    }
)


def _conversation(body: Any, own: Own) -> Any:
    kept = {name: value for name, value in body["conversation"].items() if name not in _OF_OTHERS}
    return {"conversation": {**kept, "userName": own.tag, "notes": own.tag}}


def _of_nobody_else(body: Any, _: Own) -> str:
    conversation = body.get("conversation")
    if not isinstance(conversation, dict):
        return "it has no conversation"
    others = sorted(_OF_OTHERS & conversation.keys())
    return f"it has {', '.join(others)}, which may be somebody else's" if others else ""


def _assignment(_: Any, own: Own) -> Any:
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


def _messages(body: Any, own: Own) -> Any:
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


_FOREIGN = "the run did not make this conversation"


def _is_own(named: Mapping[str, Any], own: Own) -> bool:
    """Whether it is about a conversation that the run made, of the agent for which it did."""
    places = own.places("create_conversation")
    return any((path.get("agentId"), made) == (named.get("agentId"), named.get("convoId")) for path, made in places)


WRITES: Mapping[str, Write] = {
    "create_conversation": Write(_conversation, _of_nobody_else, makes=("data", "ID")),
    "update_conversation": Write(_conversation, _of_nobody_else, inside=_OWN),
    "assign_conversation": Write(_assignment, _to_allowed_person, inside=_OWN),
    "accept_handoff": Write(_taking_over, _by_allowed_person, inside=_OWN),
    "replace_messages": Write(_messages, inside=_OWN),
    "send_messages": Write(_dry_run, _only_dry, inside=_OWN, harmless="options.dryRun is true"),
    "generate_summaries": Write(_transcripts_of_own, _about_own, after=("create_conversation",)),
    "interact": Write(_turn_in_own, _inside_own, after=("create_conversation",)),
}
