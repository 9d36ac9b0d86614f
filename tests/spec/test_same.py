"""What two documents have in common word for word."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from causerie_spec.same import Same

PLACE = ("paths", "/notes/{id}", "get")
DOCUMENT: dict[str, Any] = {
    "security": [{"key": []}],
    "servers": [{"url": "https://api.example.com"}],
    "paths": {
        "/notes/{id}": {
            "parameters": [{"$ref": "#/components/parameters/Id"}],
            "get": {
                "responses": {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/A"}}}}}
            },
            "put": {"responses": {"204": {"description": "#nothing"}}},
        },
        "/others": {"get": {"responses": {}}},
    },
    "components": {
        "parameters": {"Id": {"name": "id", "in": "path"}},
        "securitySchemes": {"key": {"type": "apiKey"}},
        # A circle, one of whose members refers to something outside of it.
        "schemas": {
            "A": {"properties": {"b": {"$ref": "#/components/schemas/B"}, "c": {"$ref": "#/components/schemas/C"}}},
            "B": {"properties": {"a": {"$ref": "#/components/schemas/A"}}},
            "C": {"discriminator": {"mapping": {"d": "#/components/schemas/D"}}},
            "D": {"type": "string"},
            "Apart": {"type": "string"},
        },
    },
}


def change(*place: str) -> Callable[[dict[str, Any]], None]:
    """Return a change at a place."""

    def changed(document: dict[str, Any]) -> None:
        for token in place:
            document = document[token]
        document["x-changed"] = True

    return changed


def test_same() -> None:
    """A copy is the same, as often as it is asked for, and at its own place alone."""
    same = Same(DOCUMENT, copy.deepcopy(DOCUMENT))

    assert [True, True, False] == [
        same.holds(PLACE, PLACE),
        same.holds(PLACE, PLACE),
        same.holds(PLACE, ("paths", "/others", "get")),
    ]


@pytest.mark.parametrize(
    "edit",
    [
        change(*PLACE),
        change("paths", "/notes/{id}"),
        *(change("components", "schemas", name) for name in "ABCD"),
        change("components", "parameters", "Id"),
        change("components", "securitySchemes"),
        lambda document: document["components"]["schemas"].pop("D"),
        lambda document: document.pop("security"),
        lambda document: document["servers"].clear(),
    ],
)
def test_another_word(edit: Callable[[dict[str, Any]], Any]) -> None:
    """Another word is found wherever an operation refers to, also behind a circle, whoever was asked for first."""
    head = copy.deepcopy(DOCUMENT)
    edit(head)
    same = Same(DOCUMENT, head)

    assert [False, False] == [same.holds(PLACE, PLACE), same.holds(PLACE, PLACE)]


def test_what_an_operation_does_not_refer_to() -> None:
    """What another operation has, or nobody, makes no difference."""
    head = copy.deepcopy(DOCUMENT)
    change("components", "schemas", "Apart")(head)
    change("paths", "/others")(head)

    assert Same(DOCUMENT, head).holds(PLACE, PLACE)


def test_reference_that_leads_nowhere() -> None:
    """What leads nowhere is not the same: it is for the comparison to say so."""
    document = copy.deepcopy(DOCUMENT)
    del document["components"]["schemas"]["D"]

    assert not Same(document, copy.deepcopy(document)).holds(PLACE, PLACE)
