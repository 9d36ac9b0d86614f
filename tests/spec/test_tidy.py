"""Documents of strangers, made fit for comparison."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from causerie_spec import shape
from causerie_spec.documents import load, vendors
from causerie_spec.drift import Comparison, Known, compare
from causerie_spec.pointer import look, spell
from causerie_spec.scope import LeftOut
from causerie_spec.tidy import problems
from tests.spec.strangers import FAULTS, LOOPS, Document, Place, places, put, respelt

OURS = {vendor: load(vendor) for vendor in vendors()}
THEIRS = {vendor: respelt(document) for vendor, document in OURS.items()}
STRANGERS = (LeftOut("Somebody else's.", below="/stranger"),)

#: All places of theirs at which something refers to something.
REFERENCES = [
    (vendor, place[:-1])
    for vendor, document in THEIRS.items()
    for place in places(document)
    if place[-1] == "$ref" and "stranger" not in str(place) and not LOOPS.keys() & set(place)
]

#: A document that has one of everything.
SMALL: Document = {
    "openapi": "3.1.0",
    "servers": [{"url": "https://api.example.com"}],
    "security": [{"Key": []}],
    "paths": {
        "/users/{userId}/notes/{noteId}": {
            "parameters": [
                {"name": "userId", "in": "path", "required": True, "schema": {"type": "string"}},
                {"$ref": "#/components/parameters/NoteId"},
            ],
            "put": {
                "parameters": [
                    {"name": "tags", "in": "query", "style": "form", "explode": False, "schema": {"type": "array"}},
                ],
                "requestBody": {"$ref": "#/components/requestBodies/Note"},
                "responses": {
                    "200": {"$ref": "#/components/responses/Note"},
                    "4XX": {"description": "No."},
                    "default": {"description": "No."},
                },
            },
        }
    },
    "components": {
        "securitySchemes": {"Key": {"type": "apiKey", "in": "header", "name": "X-Key"}},
        "parameters": {
            "NoteId": {"name": "noteId", "in": "path", "required": True, "schema": {"type": "string"}},
        },
        "requestBodies": {
            "Note": {
                "required": True,
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Note"}}},
            }
        },
        "responses": {
            "Note": {
                "headers": {"ETag": {"$ref": "#/components/headers/Tag"}},
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Note"}}, "text/plain": {}},
            }
        },
        "headers": {"Tag": {"required": True, "schema": {"type": "string"}}},
        "schemas": {
            "Base": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}},
            "Note": {
                "allOf": [
                    {"$ref": "#/components/schemas/Base"},
                    {
                        "type": "object",
                        "properties": {
                            "parent": {"anyOf": [{"$ref": "#/components/schemas/Note"}, {"type": "null"}]},
                            "kind": {"type": "string", "enum": ["a", "b"]},
                            "size": {"type": "integer", "exclusiveMinimum": 0},
                            "author": {
                                "oneOf": [{"$ref": "#/components/schemas/Bot"}, {"$ref": "#/components/schemas/Human"}],
                                "discriminator": {"propertyName": "kind", "mapping": {"bot": "Bot", "human": "Human"}},
                            },
                            "tags": {"type": "array", "items": {"type": "string"}},
                            "more": {"type": "object", "additionalProperties": {"type": "number"}},
                            "closed": {"type": "object", "additionalProperties": False},
                        },
                    },
                ]
            },
            "Bot": {"type": "object", "properties": {"kind": {"const": "bot"}, "any": True}},
            "Human": {"type": "object", "properties": {"kind": {"const": "human"}}},
        },
    },
}

#: Where what stands in the small document.
PATH: Place = ("paths", "/users/{userId}/notes/{noteId}")
PUT: Place = (*PATH, "put")
SCHEMAS: Place = ("components", "schemas")
NOTE: Place = (*SCHEMAS, "Note")
TAGS = {"name": "tags", "in": "query", "explode": False}
BODY: Place = ("components", "requestBodies", "Note")
FIELDS: Place = (*NOTE, "allOf", 1, "properties")


def compared(vendor: str, theirs: Document) -> Comparison:
    """Return what drift finds between our document and one that has strangers' operations besides."""
    return compare(vendor, OURS[vendor], theirs, (), STRANGERS)


def missed(*changes: tuple[Place, Any]) -> tuple[list[tuple[str, str]], list[str]]:
    """Return what drift cannot read of the small document with other things in it, and the other differences."""
    theirs = copy.deepcopy(SMALL)
    for place, value in changes:
        put(theirs, place, value)
    drifts = compare("raia", SMALL, theirs, ()).drifts
    unread = [(each.first.where, str(each.first.after)) for each in drifts if each.side == "unread"]
    return unread, [str(each) for each in drifts if each.side != "unread"]


@pytest.mark.parametrize("vendor", vendors())
def test_other_words(vendor: str) -> None:
    """A contract in other words is the same, and nothing is read of what is not ours."""
    found = compared(vendor, THEIRS[vendor])
    servers = [each["url"] for each in OURS[vendor]["servers"]]
    moved = ["server"] if servers != [each["url"] for each in THEIRS[vendor]["servers"]] else []

    assert moved == [each.first.aspect for each in found.drifts]
    assert ((), len(FAULTS) + 2) == (found.stale, len(found.out))


@pytest.mark.parametrize("document", [*OURS.values(), SMALL], ids=[*OURS, "small"])
def test_own_documents(document: Document) -> None:
    """All of our own documents can be read, and are then as they were."""
    assert () == problems(document)
    assert () == compare("raia", document, document, ()).drifts


@pytest.mark.parametrize(
    ("place", "value", "text"),
    [
        # References
        ((*NOTE, "allOf", 0), {"$ref": "#/components/schemas/Gone"}, "refers to '#/components/schemas/Gone', which it"),
        ((*FIELDS, "kind"), {"$ref": "a.yaml#/A"}, "refers to 'a.yaml#/A', which is no place in this document"),
        ((*FIELDS, "kind"), {"$ref": None}, "refers to None, which is no place in this document"),
        ((*FIELDS, "kind"), {"$ref": "#/components/schemas/Note/allOf/7"}, "which it does not have"),
        ((*FIELDS, "kind"), {"$ref": "#/openapi/0"}, "refers to '#/openapi/0', which it does not have"),
        ((*PUT, "requestBody"), {"$ref": "#/gone"}, "refers to '#/gone', which it does not have"),
        ((*PUT, "responses", "200"), {"$ref": "#/gone"}, "refers to '#/gone', which it does not have"),
        (("components", "headers", "Tag"), {"$ref": "#/gone"}, "refers to '#/gone', which it does not have"),
        ((*SCHEMAS, "Base"), {"$ref": "#/components/schemas/Base"}, "is composed of itself"),
        ((*SCHEMAS, "Base"), {"allOf": [{"$ref": "#/components/schemas/Base"}]}, "is composed of itself"),
        # Schemas
        ((*FIELDS, "kind"), 7, "is 7, which is no schema"),
        ((*FIELDS, "kind", "type"), "file", "is 'file', which is no type"),
        ((*FIELDS, "kind", "type"), ["string", []], "is ['string', []], which is no type"),
        ((*FIELDS, "tags", "items"), [{"type": "string"}], "is [{'type': 'string'}], which is no schema"),
        ((*FIELDS, "more", "additionalProperties"), "any", "is 'any', which is no schema"),
        ((*FIELDS, "author", "oneOf"), {"$ref": "#/components/schemas/Bot"}, "but should be a list"),
        ((*FIELDS, "author", "oneOf", 0), None, "is None, which is no schema"),
        ((*NOTE, "allOf", 1, "required"), [7], "is [7], where names should be"),
        ((*NOTE, "allOf", 1, "required"), True, "is True, but should be a list"),
        ((*FIELDS, "author", "discriminator", "mapping", "cat"), "Cat", "refers to 'Cat', which it does not"),
        # Bodies, answers, parameters
        ((*PUT, "responses", "20"), {}, "is no status"),
        ((*PUT, "responses", "4XX"), None, "is nothing where an object should be"),
        ((*PUT, "responses", "default"), [], "is list [] where an object should be"),
        ((*BODY, "content", "application/json"), 7, "is no object"),
        ((*BODY, "content", "application/json", "schema"), [], "is [], which is no schema"),
        ((*BODY, "headers"), 7, "is 7, but should be an object"),
        ((*PUT, "parameters", 0), TAGS | {"content": {}}, "describes a value within a text, which is not compared"),
        ((*PUT, "parameters", 1), 7, "is int 7 where an object should be"),
        ((*PUT, "parameters", 1), {}, "is a parameter without a name or a place"),
        ((*PUT, "parameters", 1), {"name": "x", "in": "body"}, "is a parameter without a name or a place"),
        ((*PUT, "parameters", 1), {"name": "x", "in": "path"}, "is the parameter 'x' of a path that has none of this"),
        ((*PATH, "parameters", 0, "style"), 7, "is 7, but should be a text"),
        ((*PATH, "parameters", 0, "explode"), 7, "is 7, but should be true or false"),
        # Documents
        (("security", 1), 7, "is 7, but should be an object"),
        (("paths", "/lost"), 7, "is int 7 where an object should be"),
    ],
)
def test_unread(place: Place, value: Any, text: str) -> None:
    """What cannot be read is told with its place, and differs from nothing."""
    (unread,), others = missed((place, value))

    assert [] == others
    assert (True, True) == (unread[0].startswith(spell(place)), text in unread[1])


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ((*NOTE, "title"), 7),
        ((*NOTE, "x-more"), 7),
        ((*NOTE, "required"), []),
        ((*NOTE, "properties"), None),
        ((*NOTE, "anyOf"), []),
        ((*PUT, "responses", "x-more"), 7),
        ((*PUT, "summary"), 7),
        ((*PUT, "responses", "404"), {"description": "None."}),
        (("servers",), [{"url": "https://api.example.com"}, 7, {"url": 7}]),
        (("components", "schemas", "Lost"), {"$ref": "#/lost"}),
        ((*PATH, "parameters", 0, "name"), "user"),
        ((*FIELDS, "size"), {"type": "integer", "minimum": 0, "exclusiveMinimum": True}),
        ((*FIELDS, "size", "exclusiveMaximum"), False),
        ((*FIELDS, "author", "discriminator", "mapping", "bot"), "#/components/schemas/Bot"),
        (
            (*FIELDS, "more", "additionalProperties"),
            {"$ref": "#" + spell((*FIELDS, "more", "additionalProperties", "x"))},
        ),
    ],
)
def test_same(place: Place, value: Any) -> None:
    """What is said in another way, or is not compared, is no difference."""
    value = copy.deepcopy(value)
    if isinstance(value, dict) and "$ref" in value and place[-1] == "additionalProperties":
        value["x"] = {"type": "number"}

    assert ([], []) == missed((place, value))


def test_nobody_knows_the_scheme() -> None:
    """A requirement of a scheme that is not there is another requirement, and nothing is known of it."""
    unread, others = missed((("security",), [{"Nobody": []}]))

    assert [("/components/securitySchemes/Nobody", "is nothing where an object should be")] == unread
    assert ["PUT /users/{userId}/notes/{noteId}: security, ours apikey header x-key, theirs unknown"] == others


def test_operation_is_nothing() -> None:
    """An operation of which only the name is there is told, and what it lacks."""
    unread, others = missed((PUT, 7))

    assert [(spell(PUT), "is no object")] == unread
    assert any("query tags: parameter" in told for told in others)


def test_false_schemas() -> None:
    """A schema may be true or false: what allows everything and what allows nothing."""
    assert ([], ["Note.kind: type, ours string, theirs any", "Note.kind: enum, ours a|b, theirs absent"]) == missed(
        ((*FIELDS, "kind"), True)
    )
    assert ("Note.kind: not, ours absent, theirs {}") in missed(((*FIELDS, "kind"), False))[1]


def test_many_parameters_without_a_place() -> None:
    """Two parameters that the path does not name take the places of two that nobody describes, in their order."""
    theirs = {
        "/users/{user}/notes/{note}": {
            "put": look(SMALL, PUT)
            | {
                "parameters": [
                    *({"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in "ab"),
                    *look(SMALL, (*PUT, "parameters")),
                ]
            }
        }
    }

    assert ([], []) == missed((("paths",), theirs))


@settings(max_examples=25)  # a document takes a while
@given(st.sampled_from(REFERENCES))
def test_every_reference(reference: tuple[str, Place]) -> None:
    """Wherever a reference leads nowhere, this is told of just that place, and known by an entry as others are."""
    vendor, place = reference
    theirs = copy.deepcopy(THEIRS[vendor])
    put(theirs, place, {"$ref": "#/nowhere"})
    unread = [each for each in compared(vendor, theirs).drifts if each.side == "unread"]
    entry = Known("seen", aspect="unread", theirs="refers to '#/nowhere', which it does not have")

    assert [spell(place)] == [each.first.where for each in unread]
    assert all(entry.matches(each) for each in unread)


@given(
    st.lists(st.tuples(st.integers(min_value=0), st.sampled_from(FAULTS)), min_size=1, max_size=4),
    st.sampled_from([(SMALL, SMALL), (OURS["zild"], THEIRS["zild"])]),
)
def test_anything_anywhere(faults: list[tuple[int, Any]], documents: tuple[Document, Document]) -> None:
    """Whatever stands wherever, all that can be compared is, and the outcome can be written down."""
    ours, theirs = documents
    theirs = copy.deepcopy(theirs)
    for number, fault in faults:
        found = [place for place in places(theirs) if len(place) > 1]
        put(theirs, found[number % len(found)], fault)
    comparison = compare("raia", ours, theirs, (), STRANGERS)

    assert json.loads(json.dumps([each.entry for each in comparison.drifts])) is not None
    assert all(str(each) for each in comparison.drifts)


@pytest.mark.parametrize(
    ("schema", "told"),
    [
        (lambda inner: {"type": "object", "properties": {"b": inner}}, "User.b: is more than 50 schemas deep"),
        (lambda inner: inner, "/components/schemas/User: is composed of too many others"),
        (
            lambda inner: {"allOf": [inner, inner]},
            "/components/schemas/User: is composed of too many others",
        ),
    ],
)
def test_depth(schema: Any, told: str) -> None:
    """What goes on without end, or nearly so, ends where nobody means it any more."""
    user = {"type": "object", "properties": {"b": {"$ref": "#/components/schemas/User"}}}
    answer = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/User"}}}}
    ours = {"paths": {"/user": {"get": {"responses": {"200": answer}}}}, "components": {"schemas": {"User": user}}}
    schemas = {f"U{at}": schema({"$ref": f"#/components/schemas/U{at + 1}"}) for at in range(600)}
    schemas |= {"U600": {"type": "object"}, "User": {"$ref": "#/components/schemas/U0"}}
    theirs = {"paths": ours["paths"], "components": {"schemas": schemas}}

    assert [told] == list(map(str, compare("raia", ours, theirs, ()).drifts))


def test_depth_within_a_schema() -> None:
    """One schema that is too deep is read as far as is sensible."""
    schema: dict[str, Any] = {"type": "string"}
    for _ in range(shape.DEPTH - 3):
        schema = {"type": "array", "items": schema}
    ours = copy.deepcopy(SMALL)
    put(ours, (*FIELDS, "tags"), schema)
    fine = compare("raia", ours, ours, ()).drifts
    put(ours, (*FIELDS, "tags"), {"items": {"items": schema}})

    assert (0, ["is below 50 others"]) == (len(fine), [str(each) for each in problems(ours)])
