"""Faults of Zild's behaviour."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any

from causerie_mock._vendor import Call
from causerie_mock.zild.state import State
from tests.kill_rate.behaviour.common import (
    Around,
    BehaviourMutant,
    Fire,
    Next,
    Writes,
    around_operation,
    method_of,
    telling,
)
from tests.kill_rate.mutants import Mutant

_TWICE = "No page says whether somebody who is named twice gets one conversation or two."

WRITES = Writes(
    kinds={"start_proactive_conversation": "create"},
    stored={
        "start_proactive_conversation": (
            None,
            (
                *("channelId", "botId", "recipient", "liveAgent", "conversationTemplateId", "counterpartUserId"),
                *("userId", "queueId", "contentVariables", "accountIds", "contactIds", "conversationIntegrationType"),
            ),
        )
    },
    lists={"start_proactive_conversation": (None, ("recipient", "contactIds"))},
    equivalent={(name, "deduplicated"): _TWICE for name in ("recipient", "contactIds")},
)


def mutants() -> Iterator[Mutant]:
    """Yield all mutants of Zild's behaviour."""
    operation = "start_proactive_conversation"

    def mutant(operator: str, change: str, around: Around) -> Mutant:
        return around_operation("zild", operation, operator, change, around)

    def whole(operator: str, change: str, owner: Any, name: str, make: Any) -> Mutant:
        return BehaviourMutant("zild", operator, (operation,), change, method_of(owner, name, make))

    def each(edit: Callable[[dict[str, Any]], Any]) -> Callable[[Any], Any]:
        def told(value: Any) -> Any:
            for conversation in value:
                edit(conversation)
            return value

        return told

    yield mutant("order reversed", "of the conversations", telling(lambda value: value[::-1]))
    yield mutant("list incomplete", "the first alone", telling(lambda value: value[:1]))
    yield mutant("returned id is not the stored one", "id", telling(each(lambda one: one.update(id=one["id"] + 1000))))
    yield mutant("wrong default", "active is false", telling(each(lambda one: one.update(active=False))))
    yield mutant("wrong default", "tags are null", telling(each(lambda one: one.update(tags=None))))
    yield mutant(
        "wrong default", "finishedAt is a time", telling(each(lambda one: one.update(finishedAt=one["createdAt"])))
    )
    yield mutant(
        "wrong value",
        "the message is to the channel",
        telling(each(lambda one: [message.update(to=message["from"]) for message in one["messages"]])),
    )
    yield mutant(
        "wrong value",
        "messages name another conversation",
        telling(
            each(
                lambda one: [
                    message.update(conversationId=message["conversationId"] + 1) for message in one["messages"]
                ]
            )
        ),
    )
    yield mutant(
        "wrong value", "lastMessageContent is null", telling(each(lambda one: one.update(lastMessageContent=None)))
    )
    yield mutant(
        "wrong value", "tenantId of the other", telling(each(lambda one: one.update(tenantId=3 - one["tenantId"])))
    )
    yield mutant("wrong value", "from is empty", telling(each(lambda one: one.update({"from": ""}))))
    yield mutant(
        "lifecycle",
        "never sent",
        telling(each(lambda one: [message.update(sent=False) for message in one["messages"]])),
    )
    yield mutant(
        "lifecycle",
        "read at once",
        telling(each(lambda one: [message.update(read=True, delivered=True) for message in one["messages"]])),
    )
    yield mutant(
        "not created anew",
        "one conversation for everybody",
        telling(lambda value: [{**value[0], "from": one["from"]} for one in value]),
    )
    yield mutant("duplicated", "every person twice", telling(lambda value: [one for one in value for _ in range(2)]))
    yield mutant(
        "order reversed", "of the messages", telling(each(lambda one: one.update(messages=one["messages"][::-1])))
    )
    yield mutant(
        "list incomplete",
        "the latest message alone",
        telling(each(lambda one: one.update(messages=one["messages"][-1:]))),
    )
    yield mutant("cross-parent leak", "messages of all conversations", _leak)
    yield mutant(
        "timestamp not updated",
        "lastConversationUpdateTime stays",
        telling(each(lambda one: one.update(lastConversationUpdateTime=one["createdAt"]))),
    )
    yield mutant(
        "wrong value",
        "queuedAt though no queue is named",
        telling(each(lambda one: one.update(queuedAt=one["queuedAt"] or one["createdAt"]))),
    )
    yield mutant(
        "wrong value", "queuedAt is null though a queue is named", telling(each(lambda one: one.update(queuedAt=None)))
    )
    yield whole("not created anew", "a new one though one is active", State, "start", _always_new)
    yield whole(
        "id not unique",
        "always 1",
        State,
        "_next_conversation",
        lambda before, fire: lambda self, taken: (fire(), 1)[1],
    )
    yield whole("cross-parent leak", "another channel's conversation goes on", State, "start", _any_channel)
    yield whole("duplicated", "who is named twice is two people", State, "people", _two_people)
    yield whole("wrong value", "variables of the message are empty", State, "message", _no_variables)


def _leak(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    value = copy.deepcopy(proceed(state, call))
    every = [
        message
        for conversation in state.memory.tenants[call.tenant].conversations.values()
        for message in conversation["messages"]
    ]
    for one in value:
        if len(one["messages"]) != len(every):
            fire()
            one["messages"] = copy.deepcopy(every)
    return value


def _always_new(before: Callable[..., Any], fire: Fire) -> Callable[..., Any]:
    def start(self: Any, tenant: int, *arguments: Any) -> Any:
        latest = self.memory.tenants[tenant].latest
        if latest:
            fire()
        latest.clear()
        return before(self, tenant, *arguments)

    return start


def _any_channel(before: Callable[..., Any], fire: Fire) -> Callable[..., Any]:
    def start(self: Any, tenant: int, address: str, name: str | None, body: Any, message: Any) -> Any:
        mine = self.memory.tenants[tenant]
        place = f"{body.get('channelId')} {address}"
        for other, conversation_id in list(mine.latest.items()):
            if other.partition(" ")[2] == address and other != place and place not in mine.latest:
                fire()
                mine.conversations[conversation_id]["channelId"] = body.get("channelId")
                mine.latest[place] = conversation_id
        return before(self, tenant, address, name, body, message)

    return start


def _two_people(before: Callable[..., Any], fire: Fire) -> Callable[..., Any]:
    def people(self: Any, tenant: int, body: Any) -> Any:
        found = before(self, tenant, body)
        named = [*(body.get("recipient") or ())]
        for number, phone in enumerate(named):
            if phone in named[:number]:
                fire()
                found[f"{phone} "] = None
        return found

    return people


def _no_variables(before: Callable[..., Any], fire: Fire) -> Callable[..., Any]:
    def message(self: Any, tenant: int, body: Any) -> Any:
        found = before(self, tenant, body)
        if found is not None and found["contentVariables"] != "{}":
            fire()
            found["contentVariables"] = "{}"
        return found

    return message
