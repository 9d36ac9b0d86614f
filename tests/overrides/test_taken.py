"""What a document describes, the methods of the SDK name and take, or it is said why not."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from tests.overrides import taken

#: Why no method names an operation, by vendor and operation.
UNNAMED: dict[tuple[str, str], str] = {}

#: What a method does not take of the operations that it names, and why, by method.
LEFT_OUT: dict[str, tuple[set[str], str]] = {
    "convocore.conversations.assign": ({"assignToUserIds", "assigneesHint"}, "assign_many names several people"),
    "convocore.conversations.assign_many": ({"assignToUserId"}, "assign names one person"),
    "raia.conversations.start_email": (
        {"firstMessage", "includeSignatureInSms", "smsIntroduction"},
        "they are of other channels",
    ),
    "raia.conversations.start_sms": (
        {"emailIntroduction", "emailSubject", "firstMessage", "includeSignatureInEmail"},
        "they are of other channels",
    ),
    "raia.conversations.start_voice": (
        {
            *("emailIntroduction", "emailSubject", "includeSignatureInEmail"),
            *("includeSignatureInSms", "resetConversation", "smsIntroduction"),
        },
        "they are of other channels",
    ),
    "raia.messages.list_many": ({"orderDirection", "shouldIncludeFeedbacks"}, "list takes them, for one conversation"),
}


def sentences(vendor: str, document: dict[str, Any]) -> list[str]:
    """Say what is missing, and which file to open."""
    return [
        f"{vendor}: no method names {operation}: add one to overrides/causerie/{vendor}, or say in UNNAMED of "
        "tests/overrides/test_taken.py why not"
        for operation in taken.unnamed(vendor, document)
        if (vendor, operation) not in UNNAMED
    ] + [
        f"{method} names {operation}, and does not take {name}: add it in {file(method)}, or say in LEFT_OUT of "
        "tests/overrides/test_taken.py why not"
        for method, operation, name in taken.missing(vendor, document)
        if name not in LEFT_OUT.get(str(method), ((), ""))[0]
    ]


def file(method: taken.Operation) -> str:
    """Return the module of a method, as a path in the repository."""
    return f"overrides/{method.method.__module__.replace('.', '/')}.py"


@pytest.mark.parametrize("vendor", taken.VENDORS)
def test_taken(vendor: str) -> None:
    """A method names each operation, and takes each parameter and each field of a body."""
    assert [] == sentences(vendor, taken.document_of(vendor))


def test_left_out() -> None:
    """What is left out is described, and not taken."""
    documents = {vendor: taken.document_of(vendor) for vendor in taken.VENDORS}
    missing = {(str(method), name) for each in documents.items() for method, _, name in taken.missing(*each)}
    unnamed = {(vendor, each) for vendor, document in documents.items() for each in taken.unnamed(vendor, document)}

    assert set() == {(method, name) for method, (names, _) in LEFT_OUT.items() for name in names} - missing
    assert set() == UNNAMED.keys() - unnamed


@pytest.mark.parametrize("vendor", taken.VENDORS)
def test_named(vendor: str) -> None:
    """A method asks the endpoints that it names, each of them, and no others."""
    named = {str(method): taken.named_by(method) for method in taken.methods(vendor)}

    assert named == {method: set(names) for method, names in taken.sent(vendor).items()}


def test_said() -> None:
    """A parameter, a field and an operation that are new are named, with the file to open."""
    document = deepcopy(taken.document_of("raia"))
    item = document["paths"]["/external/conversations"]
    item["get"]["parameters"].append({"name": "newest", "in": "query", "schema": {"type": "string"}})
    item["get"]["parameters"].append({"name": "X-Newest", "in": "header", "schema": {"type": "string"}})
    document["components"]["schemas"]["NewConversation"]["properties"]["newField"] = {"type": "string"}
    document["paths"]["/external/newest"] = {"get": {**item["get"], "operationId": "get_newest"}}
    method, place = "raia.conversations", "add it in overrides/causerie/raia/conversations.py, or say"
    said = sentences("raia", document)

    assert 4 == len(said)
    assert "raia: no method names get_newest: add one to overrides/causerie/raia, or say" in said[0]
    assert f"{method}.list names list_conversations, and does not take X-Newest: {place}" in said[1]
    assert f"{method}.list names list_conversations, and does not take newest: {place}" in said[2]
    assert f"{method}.create names create_conversation, and does not take newField: {place}" in said[3]
