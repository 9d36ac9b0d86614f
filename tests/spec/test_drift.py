"""Our document and the one that a vendor publishes."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from causerie_spec.documents import load, vendors
from causerie_spec.drift import Known, compare, triage

OURS: dict[str, Any] = {
    "openapi": "3.1.0",
    "servers": [{"url": "https://api.example.com/v1"}],
    "paths": {
        "/users/{userId}": {
            "get": {
                "operationId": "get_user",
                "parameters": [{"name": "userId", "in": "path", "required": True, "schema": {"type": "string"}}],
                "responses": {
                    "200": {
                        "description": "A user.",
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/User"}}},
                    }
                },
            }
        }
    },
    "components": {
        "schemas": {
            "User": {
                "x-evidence": {"level": "documented", "source": "users"},
                "type": "object",
                "required": ["id"],
                "properties": {
                    "id": {"type": "string"},
                    "role": {"type": "string", "enum": ["admin", "guest"]},
                    "boss": {"anyOf": [{"$ref": "#/components/schemas/User"}, {"type": "null"}]},
                    "note": {"type": ["string", "null"]},
                },
            }
        }
    },
}

#: The same contract as another generator writes it.
THEIRS: dict[str, Any] = {
    "openapi": "3.0.3",
    "servers": [{"url": "https://api.example.com/v1"}],
    "paths": {
        "/users/{id}": {
            "get": {
                "operationId": "UsersController_get",
                "tags": ["Users"],
                "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
                "responses": {
                    "200": {
                        "description": "OK",
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/UserDTO"}}},
                    }
                },
            }
        }
    },
    "components": {
        "schemas": {
            "BaseDTO": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}},
            "UserDTO": {
                "allOf": [
                    {"$ref": "#/components/schemas/BaseDTO"},
                    {
                        "type": "object",
                        "properties": {
                            "role": {"type": "string", "enum": ["guest", "admin"]},
                            "boss": {"nullable": True, "allOf": [{"$ref": "#/components/schemas/UserDTO"}]},
                            "note": {"type": "string", "nullable": True},
                        },
                    },
                ]
            },
        }
    },
}


def changed() -> tuple[dict[str, Any], dict[str, Any]]:
    """Return a copy of their document, and its fields that are not the base's."""
    theirs = copy.deepcopy(THEIRS)
    return theirs, theirs["components"]["schemas"]["UserDTO"]["allOf"][1]["properties"]


def test_same_contract() -> None:
    """Names, `nullable`, `allOf`, references and order are how a contract is written, not what it says."""
    assert () == compare("raia", OURS, THEIRS, ()).drifts


def test_sides() -> None:
    """A difference is theirs, ours, or a contradiction, and says whose promise ours is."""
    theirs, fields = changed()
    fields["role"]["enum"] = ["guest"]
    fields["note"] = {"type": "integer", "nullable": True}
    fields["age"] = {"type": "integer"}
    theirs["paths"]["/users"] = {"post": {"responses": {}}}
    found = compare("raia", OURS, theirs, ()).new

    assert {
        ("User.role", "enum", "ours only"),
        ("User.note", "type", "contradiction"),
        ("User.age", "field", "theirs only"),
        ("POST /users", "operation", "theirs only"),
    } == {(each.first.where, each.first.aspect, each.side) for each in found}
    assert ["documented", "documented", "documented", None] == [
        each.evidence.level if each.evidence else None for each in found
    ]


def test_what_ours_leaves_open() -> None:
    """What their document restricts and ours leaves open is a difference of the place around it."""
    theirs, fields = changed()
    ours = copy.deepcopy(OURS)
    ours["components"]["schemas"]["User"]["properties"] |= {"tags": {"type": "array"}, "more": {"type": "object"}}
    fields["tags"] = {"type": "array", "items": {"type": "string"}}
    fields["more"] = {"type": "object", "additionalProperties": {"type": "integer"}}
    found = compare("raia", ours, theirs, ()).new

    assert {("User.tags[]", "type", "documented"), ("User.more.*", "type", "documented")} == {
        (each.first.where, each.first.aspect, each.evidence.level if each.evidence else "") for each in found
    }


def test_server_path() -> None:
    """A path may begin in the server's URL."""
    theirs = copy.deepcopy(THEIRS)
    theirs["servers"] = [{"url": "https://api.example.com"}]
    theirs["paths"] = {f"/v1{path}": item for path, item in theirs["paths"].items()}

    assert ["server"] == [each.first.aspect for each in compare("raia", OURS, theirs, ()).drifts]


def test_default_error_covers_errors() -> None:
    """A `default` answer stands for errors that are not listed, and for no success."""
    ours, theirs = copy.deepcopy(OURS), copy.deepcopy(THEIRS)
    ours["paths"]["/users/{userId}"]["get"]["responses"] |= {"404": {"description": "None."}}
    theirs["paths"]["/users/{id}"]["get"]["responses"] = {"default": {"description": "Error."}}
    found = compare("raia", ours, theirs, ()).drifts

    assert [("200", None), (None, "default")] == [(each.first.before, each.first.after) for each in found]


def test_triage() -> None:
    """An entry knows what all its globs match, so that a difference that moves on is new again; others are stale."""
    theirs, fields = changed()
    fields["note"] = {"type": "integer", "nullable": True}
    entry = Known("seen", "contradiction", "type", "User.*", "string", "integer")
    stale = Known("once", where="Account.*")
    before = compare("raia", OURS, theirs, (entry, stale))
    fields["note"]["type"] = "boolean"
    after = compare("raia", OURS, theirs, (entry,))

    assert ((), (stale,)) == (before.new, before.stale)
    assert (["User.note"], (entry,)) == ([each.first.where for each in after.new], after.stale)


@pytest.mark.parametrize("vendor", vendors())
def test_own_triage_is_readable(vendor: str) -> None:
    """Every entry of spec/drift says something, and nothing of ours drifts from ours."""
    entries = triage(vendor)

    assert len(entries) == len(set(entries))
    assert () == compare(vendor, load(vendor), load(vendor), entries).drifts


@pytest.mark.parametrize("text", ["- {side: ours only}", "- {reason: x, colour: red}", "- word", "word"])
def test_bad_triage(text: str, tmp_path: Path) -> None:
    """An entry without a reason or with an unknown key is an error that counts to it."""
    (file := tmp_path / "raia.yaml").write_text(text)
    with pytest.raises(ValueError, match="entry 1 needs a reason") as caught:
        triage("raia", file)

    assert str(file) in str(caught.value)


@pytest.mark.parametrize(("text", "problem"), [(b"{", "not YAML"), (b"\xff", "not UTF-8")])
def test_unreadable_triage(text: bytes, problem: str, tmp_path: Path) -> None:
    """A file that cannot be read is refused with its name; one that is not there has no entries."""
    (file := tmp_path / "raia.yaml").write_bytes(text)
    with pytest.raises(ValueError, match=f"{file}: .*{problem}"):
        triage("raia", file)

    assert () == triage("raia", tmp_path / "none.yaml")
