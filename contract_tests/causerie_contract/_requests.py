"""Generated requests, made such as a server can accept: of some fields it knows more than any schema can say."""

from __future__ import annotations

import itertools
import weakref
from collections.abc import Callable
from typing import Any
from urllib.parse import quote
from zlib import crc32

import schemathesis
from schemathesis import Case, HookContext
from schemathesis.schemas import BaseSchema

#: Makes of the text in a field, and a number that no other request has, another text.
_Make = Callable[[str, int], str]

#: Convocore: no operation lists or makes agents, and every other id is a 404.
_AGENT = "agent123"

#: By operation and field of the body.
_FIELDS: dict[str, dict[str, _Make]] = {
    # raia: a 400 is published for a user who exists.
    "create_user": dict.fromkeys(("phoneNumber", "email", "fkId"), lambda text, number: f"{text} {number}"),
    # raia: the message and the user of the documented example are there, and hardly any other.
    "save_message_feedback": dict.fromkeys(
        ("conversationMessageId", "userId"), lambda _, __: "123e4567-e89b-12d3-a456-426614174000"
    ),
    "interact": {"agentId": lambda _, __: _AGENT},
    # raia: HTTPS and a public address are published.
    "create_webhook": {"url": lambda text, _: f"https://api.example.com/{quote(text)}"},
}

#: By operation the list in its body whose items name an agent.
_ITEMS = {"generate_summaries": "items"}

#: By operation the fields of its body of which one has to be there, and what is added where none is.
_ONE_OF: dict[str, tuple[frozenset[str], dict[str, str]]] = {
    "assign_conversation": (frozenset({"assignToUserId", "assignToUserIds"}), {"assignToUserId": "causerie-user"}),
    "send_messages": (frozenset({"message", "messages"}), {"message": "Hello"}),
}

#: By operation and query parameter: whom nobody knows is a 404.
_QUERY = {"find_user": {"email": "test@test.com", "phoneNumber": "+1234567890", "fkId": "123456"}}

#: By operation the query parameters with which hardly any request can be accepted: only an answer has a cursor, and a
#: page beyond the first needs one. One request of three keeps them, for the refusal is documented.
_OF_ANSWERS = {"list_conversations": ("cursor", "page"), "export_conversations": ("cursor",)}

#: By the identity of a schema, which cannot be hashed.
_made: dict[int, Callable[[Case[Any]], None]] = {}


def adapt(schema: BaseSchema, first: int) -> None:
    """Has Schemathesis send requests of `schema` that can be accepted; their numbers begin with `first`."""
    numbers = itertools.count(first)

    def change(case: Case[Any]) -> None:
        operation = case.operation.definition.raw.get("operationId", "")
        fields, query = _FIELDS.get(operation, {}), _QUERY.get(operation, {})
        for name in query.keys() & case.query.keys():
            if isinstance(case.query[name], str):
                case.query[name] = query[name]
        # By what it asks for, not by a counter: a sequence that is played again has to be the same.
        if operation in _OF_ANSWERS and crc32(repr(case.query).encode("utf-8", "surrogatepass")) % 3:
            for name in _OF_ANSWERS[operation]:
                case.query.pop(name, None)
        if isinstance(case.body, dict):
            for name in fields.keys() & case.body.keys():
                text = case.body[name]
                if isinstance(text, str):
                    case.body[name] = fields[name](text, next(numbers))
            _complete(operation, case.body)

    _made[id(schema)] = change
    weakref.finalize(schema, _made.pop, id(schema))


def _complete(operation: str, body: dict[str, Any]) -> None:
    """Puts what the operation needs, and the schema does not ask for, into the body."""
    if operation in _ONE_OF:
        names, default = _ONE_OF[operation]
        if not names & body.keys():
            body |= default
    items = body.get(_ITEMS.get(operation, ""), ())
    for item in items if isinstance(items, list) else ():
        if isinstance(item, dict) and isinstance(item.get("agentId"), str):
            item["agentId"] = _AGENT


# Schemathesis has this hook for all schemas of a process only.
@schemathesis.hook
def before_call(_: HookContext, case: Case[Any], __: dict[str, Any]) -> None:
    """Changes a request of a schema that asked for it, and no other."""
    change = _made.get(id(case.operation.schema))
    if change is not None:
        change(case)
