"""What a document describes, the SDK takes, or says why not."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Any

import pytest

from causerie_codegen.names import function_name
from tests.overrides import taken

#: Why the SDK leaves something out, by vendor, operation and parameter or field, or without a name the operation.
LEFT_OUT: dict[tuple[str, str, str], str] = {}


def sentences(vendor: str, document: dict[str, Any]) -> list[str]:
    """Say what is missing, and which file to open."""
    return [
        f"{vendor}: {operation} takes {name}, which nothing in {files(vendor, operation)} sends: add it, or say in "
        "LEFT_OUT of tests/overrides/test_taken.py why not"
        if name
        else f"{vendor}: no method calls {operation}: add one to {files(vendor, operation)}, or say in LEFT_OUT of "
        "tests/overrides/test_taken.py why not"
        for operation, name in taken.missing(vendor, document)
        if (vendor, operation, name) not in LEFT_OUT
    ]


def files(vendor: str, operation: str) -> str:
    """Name the modules of the SDK that call an operation, or the vendor's package where none does.

    The record names operations too, and calls none.
    """
    folder = taken.ROOT / "overrides" / "causerie"
    found = [
        path.relative_to(taken.ROOT).as_posix()
        for path in sorted(folder.glob(f"{vendor}/*.py"))
        if path.name != "vendor.py" and re.search(rf"\b{function_name(operation)}\b", path.read_text(encoding="utf-8"))
    ]
    return " and ".join(found) or f"overrides/causerie/{vendor}"


@pytest.mark.parametrize("vendor", taken.VENDORS)
def test_taken(vendor: str) -> None:
    """Each operation has a method, and each parameter and field of a body can be given."""
    assert [] == sentences(vendor, taken.document_of(vendor))


def test_left_out() -> None:
    """What is left out is described, and not taken."""
    missing = {(vendor, *each) for vendor in taken.VENDORS for each in taken.missing(vendor, taken.document_of(vendor))}

    assert set() == LEFT_OUT.keys() - missing


def test_said() -> None:
    """A parameter, a field and an operation that are new are named, with the file to open."""
    document = deepcopy(taken.document_of("raia"))
    item = document["paths"]["/external/conversations"]
    item["get"]["parameters"].append({"name": "newest", "in": "query", "schema": {"type": "string"}})
    item["get"]["parameters"].append({"name": "X-Newest", "in": "header", "schema": {"type": "string"}})
    document["components"]["schemas"]["NewConversation"]["properties"]["newField"] = {"type": "string"}
    document["paths"]["/external/newest"] = {"get": {**item["get"], "operationId": "get_newest"}}
    file = "overrides/causerie/raia/conversations.py"
    said = sentences("raia", document)

    assert 4 == len(said)
    assert f"raia: list_conversations takes X-Newest, which nothing in {file} sends: add it, or say" in said[0]
    assert f"raia: list_conversations takes newest, which nothing in {file} sends: add it, or say" in said[1]
    assert f"raia: create_conversation takes newField, which nothing in {file} sends: add it, or say" in said[2]
    assert "raia: no method calls get_newest: add one to overrides/causerie/raia, or say" in said[3]
