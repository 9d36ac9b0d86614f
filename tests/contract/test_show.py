"""A document for reading."""

from __future__ import annotations

import re

import pytest

from causerie_contract._show import operation, overview
from causerie_spec.documents import load, operations, vendors

DOCUMENTS = {vendor: load(vendor) for vendor in vendors()}
ALL = [(vendor, name) for vendor, document in DOCUMENTS.items() for name in operations(document)]


@pytest.mark.parametrize("vendor", DOCUMENTS)
def test_overview(vendor: str) -> None:
    """Every operation is there, with its level, method and path, and every level is explained."""
    document = DOCUMENTS[vendor]
    text = "\n".join(overview(document, 80))
    found = re.findall(r"^  (\w+) \((\w+)\)\n    .*\n    ([A-Z]+) (\S+)$", text, re.MULTILINE)

    assert operations(document) == {name: (method.lower(), path) for name, _, method, path in found}
    assert {level for _, level, *_ in found} == set(
        re.findall(r"^(\w+): .*(?:documentation|contract|inference)$", text, re.MULTILINE)
    )


@pytest.mark.parametrize(("vendor", "name"), ALL)
def test_operation(vendor: str, name: str) -> None:
    """Every operation fits a terminal of 80 columns, and each fact has its level."""
    lines = list(operation(DOCUMENTS[vendor], name, 80))
    facts = [line for line in lines if " · " in line]

    assert 80 >= max(map(len, lines))
    assert [] == [line for line in facts if not re.search(r"· (documented|example|published|observed|inferred)$", line)]
    assert any("Evidence: " in line for line in lines)
    assert "Answers" in lines


def test_fields() -> None:
    """The fields of the body and of the answers are there once each, those of another schema that they extend too."""
    text = "\n".join(operation(DOCUMENTS["raia"], "create_user", 80))
    (by_phone,) = re.findall(r"^NewUserByPhone: .*\n((?:  .*\n)*)", text, re.MULTILINE)

    assert 1 == by_phone.count("  phoneNumber  ")
    assert re.search(r"^  phoneNumber +string, required · published\n +Phone number\.$", by_phone, re.MULTILINE)
    assert "\nConversationUser: The person the agent talks with.\n" in text
    assert "\nNewUser: " not in text


def test_values() -> None:
    """The values of an enum have levels of their own."""
    text = "\n".join(operation(DOCUMENTS["convocore"], "update_conversation", 80))

    assert re.search(r"^  requested_chat +documented\n", text, re.MULTILINE)
    assert re.search(r"^  completed +example\n", text, re.MULTILINE)


def test_unknown() -> None:
    """The nearest name is offered where there is one."""
    with pytest.raises(
        ValueError, match=r"^There is no operation 'list_conversation'; did you mean 'list_conversations'\?$"
    ):
        list(operation(DOCUMENTS["raia"], "list_conversation", 80))
    with pytest.raises(ValueError, match=r"^There is no operation '42'\.$"):
        list(operation(DOCUMENTS["raia"], "42", 80))


def test_no_evidence() -> None:
    """A document without evidence cannot say how anything is known."""
    document = load("zild")
    del document["paths"]["/api/Conversation/proactive-conversation"]["post"]["x-evidence"]
    with pytest.raises(ValueError, match="There is no x-evidence at /paths/"):
        list(overview(document, 80))
