"""What a change of a document breaks."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from causerie_spec.diff import Change, Verdict, changes, fragment, kind, step
from tests.spec import edits

BASE: dict[str, Any] = {
    "openapi": "3.1.0",
    "servers": [{"url": "https://api.example.com/v1"}],
    "paths": {
        "/users/{userId}/notes/{noteId}": {
            "parameters": [
                {"name": "userId", "in": "path", "required": True, "schema": {"type": "string"}},
                {"name": "noteId", "in": "path", "required": True, "schema": {"type": "string"}},
            ],
            "put": {
                "operationId": "put_note",
                "tags": ["notes"],
                "security": [{"Key": []}],
                "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Note"}}}},
                "responses": {
                    "200": {
                        "description": "The note.",
                        "headers": {"ETag": {"schema": {"type": "string"}}},
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Note"}}},
                    }
                },
            },
        }
    },
    "components": {
        "securitySchemes": {"Key": {"type": "apiKey", "in": "header", "name": "X-Key"}},
        "schemas": {
            "Note": {
                "type": "object",
                "required": ["text"],
                "properties": {
                    "text": {"type": "string", "maxLength": 10},
                    "parent": {"anyOf": [{"$ref": "#/components/schemas/Note"}, {"type": "null"}]},
                    "size": {"type": "number", "exclusiveMinimum": 0},
                    "extra": {"type": "object", "additionalProperties": {"type": "integer"}},
                    "tags": {"type": "array"},
                    "more": {"type": "object"},
                },
            }
        },
    },
}


def changed(*path: str, value: Any) -> list[Change]:
    """Return what is changed when `value` stands at `path`."""
    head = copy.deepcopy(BASE)
    node = head
    for each in path[:-1]:
        node = node[each]
    node[path[-1]] = value
    return changes("raia", BASE, head)


def field(name: str, schema: Any) -> list[Change]:
    """Return what is changed when the field `name` of the note has another schema."""
    return changed("components", "schemas", "Note", "properties", name, value=schema)


OPERATION = ("paths", "/users/{userId}/notes/{noteId}", "put")


def test_seeded_edits() -> None:
    """Of a hundred edits, at least 99 % of the breaking ones are found, and at most 2 % of the others alarm."""
    judged = [(edit, edit.verdict) for edit in edits.edits()]
    harmful = [verdict for edit, verdict in judged if edit.label is Verdict.BREAKING]
    harmless = [verdict for edit, verdict in judged if edit.label is not Verdict.BREAKING]

    assert edits.COUNT == len(judged)
    assert harmful.count(Verdict.BREAKING) >= 0.99 * len(harmful)
    assert harmless.count(Verdict.BREAKING) <= 0.02 * len(harmless)
    assert {name for name, _, _ in edits.OPERATORS} == {edit.operator for edit, _ in judged}


def test_edits_are_seeded() -> None:
    """The same seed makes the same edits."""
    assert list(edits.edits(3, 20)) == list(edits.edits(3, 20))


def test_recursion_ends() -> None:
    """A schema that contains itself is compared once, and a document is what it is."""
    assert [] == changes("raia", BASE, copy.deepcopy(BASE))


@pytest.mark.parametrize(
    ("found", "verdict", "where", "aspect"),
    [
        (field("text", {"type": "string", "maxLength": 9}), Verdict.BREAKING, "Note.text", "maxLength"),
        (field("text", {"type": "string", "maxLength": 11}), Verdict.BREAKING, "Note.text", "maxLength"),
        (field("size", {"type": "number", "exclusiveMinimum": 0, "multipleOf": 2}), 2, "Note.size", "multipleOf"),
        (field("size", {"type": "number", "exclusiveMinimum": True}), 2, "Note.size", "exclusiveMinimum"),
        (field("text", {"type": "string", "maxLength": 10, "enum": ["a"]}), 2, "Note.text", "enum"),
        (field("parent", {"$ref": "#/components/schemas/Note"}), 2, "Note.parent", "nullable"),
        (field("extra", {"type": "object", "additionalProperties": {"type": "string"}}), 2, "Note.extra.*", "type"),
        (field("extra", {"type": "object", "additionalProperties": False}), Verdict.BREAKING, "Note.extra", "closed"),
        (field("tags", {"type": "array", "items": {"type": "string"}}), Verdict.BREAKING, "Note.tags[]", "type"),
        (field("tags", {"type": "array", "items": {}}), None, "", ""),
        (field("tags", {"type": "array", "contains": {"const": 1}}), Verdict.BREAKING, "Note.tags", "contains"),
        (field("more", {"type": "object", "additionalProperties": {"type": "null"}}), 2, "Note.more.*", "type"),
        (field("more", {"type": "object", "required": ["a"]}), Verdict.BREAKING, "Note.more.a", "required"),
        (field("text", {"type": "string", "maxLength": 10, "readOnly": True}), 2, "Note.text", "readOnly"),
        (changed(*OPERATION, "deprecated", value=True), None, "", ""),
        (
            changed(*OPERATION, "responses", "200", "headers", "ETag", "required", value=True),
            Verdict.COMPATIBLE,
            "PUT /users/{userId}/notes/{noteId} 200 header ETag",
            "required",
        ),
        (changed(*OPERATION, "security", value=[]), 0, "PUT /users/{userId}/notes/{noteId}", "security"),
        (changed(*OPERATION, "security", value=[{"Key": []}, {}]), 0, "PUT /users/{userId}/notes/{noteId}", "security"),
        (
            changed(*OPERATION, "requestBody", "required", value=True),
            Verdict.BREAKING,
            "PUT /users/{userId}/notes/{noteId} body",
            "required",
        ),
        (
            changed(*OPERATION, "responses", "200", "headers", value={}),
            Verdict.BREAKING,
            "PUT /users/{userId}/notes/{noteId} 200 header etag",
            "header",
        ),
        (
            changed("components", "securitySchemes", "Key", "name", value="X-Other"),
            Verdict.BREAKING,
            "scheme Key",
            "security",
        ),
        (
            changed("servers", value=[{"url": "https://new.example.com/v1"}, {"url": "https://api.example.com/v1"}]),
            Verdict.CLIENT,
            "servers",
            "server",
        ),
    ],
)
def test_verdict(found: list[Change], verdict: int | None, where: str, aspect: str) -> None:
    """A change is told once, by its place and aspect, with the worst that it does in requests and answers."""
    expected = [] if verdict is None else [(verdict, where, aspect)]

    assert expected == [(each.verdict, each.first.where, each.first.aspect) for each in found]


def test_renamed_component_is_one_change() -> None:
    """However often a component is used, its new name is one change of the client's surface."""
    text = repr(BASE).replace("schemas/Note", "schemas/Memo").replace("'Note'", "'Memo'")
    found = changes("raia", BASE, eval(text))

    assert [("Note", "component", "Note", "Memo", Verdict.CLIENT)] == [
        (each.first.where, each.first.aspect, each.first.before, each.first.after, each.verdict) for each in found
    ]


def test_swapped_arguments() -> None:
    """The names of a path's parameters are the function's arguments, in their order."""
    head = copy.deepcopy(BASE)
    head["paths"]["/users/{noteId}/notes/{userId}"] = head["paths"].pop("/users/{userId}/notes/{noteId}")
    (found,) = changes("raia", BASE, head)

    assert (Verdict.CLIENT, "the arguments have another order") == (found.verdict, found.reason)


def test_path_moves_into_server() -> None:
    """The same URLs are the same operations, wherever server and path are divided."""
    head = copy.deepcopy(BASE)
    head["servers"] = [{"url": "https://api.example.com"}]
    head["paths"] = {f"/v1{path}": item for path, item in head["paths"].items()}

    assert ["server"] == [each.first.aspect for each in changes("raia", BASE, head)]


@pytest.mark.parametrize(
    ("found", "version", "expected"),
    [
        (field("new", {"type": "string"}), "0.4.0", ("added", "patch")),
        (field("new", {"type": "string"}), "1.4.0", ("added", "minor")),
        (field("size", {"type": "string"}), "0.4.0", ("breaking", "minor")),
        (field("size", {"type": "string"}), "1.4.0", ("breaking", "major")),
        (changed(*OPERATION, "operationId", value="keep_note"), "1.4.0", ("breaking", "major")),
        (changed(*OPERATION, "tags", value=["notes", "x"]), "1.4.0", ("changed", "patch")),
        (changed(*OPERATION, "responses", "503", value={"description": "Down."}), "1.4.0", ("changed", "patch")),
    ],
)
def test_proposal(found: list[Change], version: str, expected: tuple[str, str]) -> None:
    """What breaks is a minor step before 1.0 and a major one after it; an addition is a minor step after it."""
    assert expected == (kind(found), step(found, version))


def test_fragment() -> None:
    """The changelog's line names the places of the most harmful kind, by vendor, with what is different there."""
    found = field("size", {"type": "string", "exclusiveMinimum": 0}) + field("new", {"type": "string"})
    gone = changed("paths", value={})

    assert fragment(found) == "raia: `Note.size` (requests of the old type are refused)"
    assert fragment(found + gone[:1]).endswith("; raia: `PUT /users/{userId}/notes/{noteId}` (it is gone)")


CLIENT = {
    "a field with the name of another in Python": field("Text", {"type": "string"}),
    "a first field of an object of any shape": field(
        "more", {"type": "object", "properties": {"a": {"type": "string"}}}
    ),
    "another name in Python": field("text", {"type": "string", "maxLength": 10, "x-python-name": "words"}),
    "a parameter with the name of another in Python": changed(
        *OPERATION, "parameters", value=[{"name": f"{name}_id", "in": "query", "schema": {}} for name in ("user", "a")]
    ),
    "a component with the name of another in Python": changed(
        "components", "schemas", "note", value={"type": "object"}
    ),
    "a function with the name of another in Python": changed(
        "paths", "/notes", value={"get": {"operationId": "putNote", "tags": ["notes"], "responses": {}}}
    ),
}


@pytest.mark.parametrize("name", CLIENT)
def test_client_surface(name: str) -> None:
    """What only a user of the generated client notices does not break the wire."""
    assert Verdict.CLIENT == max(each.verdict for each in CLIENT[name])


def enum(**more: Any) -> dict[str, Any]:
    """Return a document with a listed value."""
    head = copy.deepcopy(BASE)
    head["components"]["schemas"]["Note"]["properties"]["level"] = {"type": "string", **more}
    return head


@pytest.mark.parametrize(
    ("values", "names", "verdict"),
    [
        (["a", "b"], ["X", "Z"], [Verdict.CLIENT]),
        (["b", "a"], ["Y", "X"], []),
        (["a", "b", "c"], ["X", "Y", "Z"], [Verdict.COMPATIBLE, Verdict.COMPATIBLE]),
        (["a", "b"], None, [Verdict.CLIENT]),
    ],
)
def test_names_of_members(values: list[str], names: list[str] | None, verdict: list[Verdict]) -> None:
    """The names of an enum's members are the client's, value by value; new ones rename none."""
    more = {} if names is None else {"x-enum-varnames": names}
    base = enum(enum=["a", "b"], **{"x-enum-varnames": ["X", "Y"]})

    assert verdict == [each.verdict for each in changes("raia", base, enum(enum=values, **more))]


def test_a_parameter_that_its_path_does_not_name() -> None:
    """It is never sent, so nothing changes with it."""
    stray = {"name": "nowhereId", "in": "path", "required": True, "schema": {"type": "string"}}

    assert [] == changed(*OPERATION, "parameters", value=[stray])


def test_words_alone() -> None:
    """A title names no class, and the charset of JSON is always the same."""
    head = copy.deepcopy(BASE)
    head["components"]["schemas"]["Note"]["title"] = "Memo"
    body = head["paths"]["/users/{userId}/notes/{noteId}"]["put"]["requestBody"]
    body["content"] = {"Application/JSON; charset=utf-8": body["content"]["application/json"]}

    assert [] == changes("raia", BASE, head)


def test_server_of_an_operation() -> None:
    """An operation that gets a server of its own is asked at another place."""
    found = changed(*OPERATION, "servers", value=[{"url": "https://{at}.x.com", "variables": {"at": {"default": "b"}}}])

    assert [(Verdict.BREAKING, ("https://b.x.com",))] == [(each.verdict, each.first.after) for each in found]


def test_schema_becomes_a_choice() -> None:
    """What was sent may still be sent when there is another alternative beside it."""
    head = copy.deepcopy(BASE)
    schemas = head["components"]["schemas"]
    schemas["Memo"] = {"type": "object", "properties": {"memo": {"type": "string"}}}
    body = head["paths"]["/users/{userId}/notes/{noteId}"]["put"]["requestBody"]["content"]["application/json"]
    body["schema"] = {"oneOf": [body["schema"], {"$ref": "#/components/schemas/Memo"}]}
    found = [each for each in changes("raia", BASE, head) if each.first.aspect != "component"]

    assert [("variant", "Memo", Verdict.COMPATIBLE)] == [
        (each.first.aspect, each.first.after, each.verdict) for each in found
    ]
