"""Zild's memory: the conversations of its tenants, and the contacts, accounts and templates to begin one with."""

from __future__ import annotations

import copy
import re
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

import attrs

from .. import _json
from .._seed import Record, Seeds, component
from .._store import Store
from .._vendor import World
from .options import Options

# behaviour: 50-messages-are-remembered
_MAX_MESSAGES = 50
MAX_HISTORY = 32 * 1024
_COPIED = (
    "channelId",
    "botId",
    "userId",
    "queueId",
    "counterpartUserId",
    "conversationIntegrationType",
    "liveAgent",
)
_PLACEHOLDER = re.compile(r"\{\{\s*([^{}\s]+)\s*\}\}")

_ID = {"type": "integer", "minimum": -(2**31), "maximum": 2**31 - 1}
# behaviour: seeds-have-fields-of-their-own
_PERSON = {
    "type": "object",
    "required": ["id", "name", "phone"],
    "properties": {"id": _ID, "name": {"type": ["string", "null"]}, "phone": {"type": "string"}},
    "additionalProperties": False,
}
_KINDS = {
    "contacts": _PERSON,
    "accounts": _PERSON,
    "templates": {
        "type": "object",
        "required": ["id", "content"],
        "properties": {"id": _ID, "content": {"type": "string", "maxLength": 4096}},
        "additionalProperties": False,
    },
    "conversations": {
        "allOf": [
            component("Conversation"),
            {
                "required": ["id", "active", "from", "messages"],
                "properties": {
                    "from": {"type": "string"},
                    "messages": {"type": "array", "items": {"required": ["createdAt", "from"]}},
                },
            },
        ]
    },
}


@attrs.define
class Tenant:
    """The data of one tenant, by id."""

    contacts: Store[Record] = attrs.field(factory=Store[Record])
    accounts: Store[Record] = attrs.field(factory=Store[Record])
    templates: Store[Record] = attrs.field(factory=Store[Record])
    conversations: Store[Record] = attrs.field(factory=Store[Record])
    #: The id of the latest active conversation by channel and address.
    latest: Store[str] = attrs.field(factory=Store[str])


@attrs.define
class Memory:
    """The two tenants, and the next free numbers."""

    tenants: tuple[Tenant, Tenant] = attrs.field(factory=lambda: (Tenant(), Tenant()))
    next_conversation: int = 1
    next_message: int = 1


class State:
    """Zild's state, empty at first. Conversations have the form of answers, except for the progress of messages."""

    def __init__(self, world: World, options: Options) -> None:
        self.world = world
        self._clock = world.clock
        self._ids = world.ids
        self._options = options
        self._seeds = Seeds(world.document, _KINDS)
        self.memory = Memory()

    def seed(self, tenant: int, data: Mapping[str, Any]) -> dict[str, list[Record]]:
        """Add the tenant's `contacts`, `accounts`, `templates` and `conversations`, and return them as they are stored.

        Contacts and accounts have `id`, `name` and `phone`, templates `id` and `content`. Missing fields get default
        values. A record replaces one with the same id.

        Raises `ValueError`, and adds nothing, for a record that the document does not allow.
        """
        given = self._seeds.read(tenant, data)
        taken = {record["id"] for record in given["conversations"] if "id" in record}
        records = {
            "contacts": [_person("contact", record) for record in given["contacts"]],
            "accounts": [_person("account", record) for record in given["accounts"]],
            "templates": given["templates"],
            "conversations": [self._conversation(tenant, record, taken) for record in given["conversations"]],
        }
        for kind, found in records.items():
            for index, record in enumerate(found):
                self._check(kind, f"{kind}[{index}]", record)
        mine = self.memory.tenants[tenant]
        for conversation in copy.deepcopy(records["conversations"]):
            self._keep(mine, conversation)
        for kind, store in {"contacts": mine.contacts, "accounts": mine.accounts, "templates": mine.templates}.items():
            for record in copy.deepcopy(records[kind]):
                store[_key(record["id"])] = record
        return records

    def adopt(self, memory: Memory) -> None:
        """Continue with another state's memory. Raises `ValueError` for a record that the document does not allow."""
        for number, tenant in enumerate(memory.tenants):
            for kind in _KINDS:
                for key, record in getattr(tenant, kind).items():
                    place = f"tenants[{number}]/{kind}/{key}"
                    self._check(kind, place, record)
                    if _key(record["id"]) != key:
                        raise ValueError(f"{place}/id: it is {record['id']!r}.")
        self.memory = memory

    def people(self, tenant: int, body: Mapping[str, Any]) -> dict[str, str | None]:
        """Return the people in a request, without repeats: their names, if known, by address."""
        # behaviour: named-twice-is-one-person
        mine = self.memory.tenants[tenant]
        known = {person["phone"]: person["name"] for book in (mine.accounts, mine.contacts) for person in book.values()}
        people = {phone: known.get(phone) for phone in body.get("recipient") or ()}
        for kind, book in (("contact", mine.contacts), ("account", mine.accounts)):
            for number in body.get(f"{kind}Ids") or ():
                person = book.get(_key(number)) or _person(kind, {"id": number})
                people[person["phone"]] = people.get(person["phone"]) or person["name"]
        return people

    def message(self, tenant: int, body: Mapping[str, Any]) -> Record | None:
        """Return the message that a request sends to all people; None if it names no template."""
        # behaviour: placeholders-have-values, unknown-template-has-its-number, forms-of-a-message
        if "conversationTemplateId" not in body:
            return None
        number, variables = _key(body["conversationTemplateId"]), body.get("contentVariables", {})
        template = self.memory.tenants[tenant].templates.get(number, {"content": f"Template {number}"})
        return {
            "from": _channel(body),
            "content": _PLACEHOLDER.sub(lambda found: _text(variables.get(found[1], found[0])), template["content"]),
            "contentVariables": _text(variables),
        }

    def start(self, tenant: int, address: str, name: str | None, body: Record, message: Record | None) -> Record:
        """Return a conversation with the person at `address`, with `message` as its latest."""
        # behaviour: active-conversation-goes-on, value-after-write
        mine = self.memory.tenants[tenant]
        place = _place({**body, "from": address})
        conversation = mine.conversations.get(mine.latest.get(place, ""))
        now = self._now()
        said = {field: body[field] for field in _COPIED if field in body}
        # A seed may have replaced it.
        if conversation is None or not conversation["active"] or _place(conversation) != place:
            conversation = self._conversation(tenant, {"from": address, **said})
            self._keep(mine, conversation)
        # behaviour: last-update-moves, created-at-stays
        conversation |= {**said, "lastConversationUpdateTime": now}
        if name is not None:
            conversation["contactName"] = name
        # behaviour: queued-at-is-when-a-queue-was-named
        if "queueId" in body:
            conversation["queuedAt"] = now
        # behaviour: message-is-added
        if message is not None:
            conversation["messages"].append(self._message(tenant, conversation, message))
            conversation["messages"] = _latest(conversation["messages"])
            conversation["lastMessageContent"] = message["content"]
        return self._shown(conversation)

    def _check(self, kind: str, place: str, record: Record) -> None:
        self._seeds.check(kind, place, record)
        for index, message in enumerate(record.get("messages", ())):  # their age is computed
            try:
                datetime.fromisoformat(message["createdAt"].upper())
            except ValueError:
                sentence = f"{message['createdAt']!r} is not a valid date."
                raise ValueError(f"{place}/messages/{index}/createdAt: {sentence}") from None

    def _keep(self, tenant: Tenant, conversation: Record) -> None:
        tenant.conversations[_key(conversation["id"])] = conversation
        if conversation["active"]:
            tenant.latest[_place(conversation)] = _key(conversation["id"])

    def _conversation(self, tenant: int, record: Record, taken: Collection[int] = ()) -> Record:
        """Return a complete record: the fields in `record`, and values for those that it leaves out."""
        number, now = record["id"] if "id" in record else self._next_conversation(taken), self._now()
        # behaviour: unset-fields-are-the-mocks, stays-active, token-sees-its-own-tenant
        conversation: Record = {
            "id": number,
            "active": True,
            "liveAgent": False,
            "from": f"recipient {number}",
            "conversationId": self._ids.uuid(),
            "createdAt": now,
            "finishedAt": None,
            "queuedAt": None,
            "lastConversationUpdateTime": now,
            "contactName": None,
            "tags": [],
            "totalUnreadedMessagesByUser": 0,
            "dynamicVariables": [],
            "dataCollection": [],
            **record,
            "tenantId": _tenant_id(tenant),
        }
        messages = [self._message(tenant, conversation, each) for each in record.get("messages", ())]
        content = messages[-1]["content"] if messages else None
        return {"lastMessageContent": content, **conversation, "messages": _latest(messages)}

    def _message(self, tenant: int, conversation: Record, record: Record) -> Record:
        number, self.memory.next_message = self.memory.next_message, self.memory.next_message + 1
        return {
            "id": number,
            "createdAt": self._now(),
            "from": _channel(conversation),
            "to": conversation["from"],
            "content": "",
            "messageType": 0,
            "messageSid": "SM" + self._ids.token(32),
            "isReadByUser": False,
            **record,
            "conversationId": conversation["id"],
            "tenantId": _tenant_id(tenant),
        }

    def _next_conversation(self, taken: Collection[int]) -> int:
        """Return the next number that is not `taken` or used by a conversation, as seeded ones may have any number."""
        # behaviour: id-is-never-used-again
        while True:
            number, self.memory.next_conversation = self.memory.next_conversation, self.memory.next_conversation + 1
            stored = any(str(number) in tenant.conversations for tenant in self.memory.tenants)
            if not stored and number not in taken:
                return number

    def _shown(self, conversation: Record) -> Record:
        messages: list[Record] = conversation["messages"]
        return {**conversation, "messages": [{**self._delivery(conversation, each), **each} for each in messages]}

    def _delivery(self, conversation: Record, message: Record) -> Record:
        """Return WhatsApp's progress in delivering a message to the contact."""
        # behaviour: delivery-takes-time, status-counts-the-way, contacts-messages-stay
        if message["from"] == conversation["from"]:
            return {}
        age = (self._clock.now - datetime.fromisoformat(message["createdAt"].upper())).total_seconds()
        read = age >= self._options.read_after
        delivered = read or age >= self._options.delivered_after
        status = 2 if read else 1 if delivered else 0
        return {"messageStatus": status, "sent": True, "delivered": delivered, "read": read}

    def _now(self) -> str:
        return self._clock.now.isoformat().replace("+00:00", "Z")


def _person(kind: str, record: Record) -> Record:
    # behaviour: contact-has-its-number-as-name
    number = _key(record.get("id"))
    return {"name": f"{kind.capitalize()} {number}", "phone": f"{kind} {number}", **record}


def _place(conversation: Mapping[str, Any]) -> str:
    """Return where a conversation takes place: its channel and the other side's address."""
    return f"{_key(conversation.get('channelId'))} {conversation['from']}"


def _channel(said: Mapping[str, Any]) -> str:
    return f"channel {_key(said.get('channelId', 0))}"


def _key(number: float | None) -> str:
    """Return `number` as text. 5.0 becomes 5, because it is also an integer in JSON Schema."""
    return str(number if number is None else int(number))


def _latest(messages: list[Record]) -> list[Record]:
    """Return the latest messages, as many as a conversation keeps."""
    latest = messages[-_MAX_MESSAGES:]
    while len(latest) > 1 and len(_json.encode(latest)) > MAX_HISTORY:
        del latest[0]
    return latest


def _text(value: Any) -> str:
    return value if isinstance(value, str) else _json.encode(value).decode()


def _tenant_id(tenant: int) -> int:
    return tenant + 1
