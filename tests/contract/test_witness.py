"""What a document allows has to be seen."""

from __future__ import annotations

import copy
import fnmatch
import json
from collections.abc import Callable
from typing import Any

import pytest

from causerie_contract._run import run
from causerie_contract._settings import Settings
from causerie_contract._target import mock_in_process
from causerie_contract._witness import Acknowledged, Witnesses, acknowledged
from causerie_spec.documents import load, vendors
from causerie_spec.pointer import spell

Schema = dict[str, Any]
SHARED = acknowledged("acme")
ANSWER = "in an answer: "
REQUEST = "in a request: "


def document(answer: Schema, request: Schema | None = None) -> dict[str, Any]:
    """Return a document with one operation."""
    operation: dict[str, Any] = {
        "operationId": "ask",
        "parameters": [{"name": "order", "in": "query", "schema": {"type": "string", "enum": ["up", "down"]}}],
        "responses": {
            "200": {
                "headers": {"X-Total": {"schema": {"type": "integer"}}},
                "content": {"application/json": {"schema": answer}},
            },
            "404": {"description": "Gone."},
        },
    }
    if request is not None:
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": request}}}
    return {"paths": {"/x": {"get": operation}}, "components": {"schemas": {}}}


def missing(
    answer: Schema, *answers: Any, request: Schema | None = None, sent: tuple[Any, ...] = (), **query: list[str]
) -> set[str]:
    """Return what was never seen in `answers`, and in the bodies `sent` that came to good."""
    witnesses = Witnesses("raia", document(answer, request))
    pairs = [*((value, None) for value in answers), *((answers[0], body) for body in sent)]
    for value, body in pairs:
        witnesses.observe(
            "ask",
            200,
            media_type="application/json",
            headers=("x-total",),
            body=json.dumps(value).encode(),
            query=query,
            sent=b"" if body is None else json.dumps(body).encode(),
        )
    return {each.what for each in witnesses.missing if each.what.startswith(ANSWER if request is None else REQUEST)} - {
        f"{REQUEST}given",
        f'{REQUEST}the value "up"',
        f'{REQUEST}the value "down"',
    }


@pytest.mark.parametrize(
    ("schema", "some", "rest", "what"),
    [
        ({"properties": {"a": {"type": "integer"}}}, {"a": 1}, {}, "left out"),
        ({"properties": {"a": {"type": "integer"}}}, {}, {"a": 1}, "given"),
        ({"type": "string", "enum": ["a", "b"]}, "a", "b", 'the value "b"'),
        ({"type": ["integer", "null"]}, 1, None, "null"),
        ({"type": ["integer", "null"]}, None, 1, "integer"),
        ({"type": ["string", "integer"], "format": "uuid"}, "a", 1, "integer"),
        ({"anyOf": [{"type": "integer"}, {"type": "null"}]}, 1, None, "the alternative"),
        ({"oneOf": [{"type": "integer"}, {"type": "boolean"}]}, True, 1, "the alternative"),
        ({"type": "array", "items": {"type": "integer"}}, [], [1], "an item"),
        ({"type": "string"}, "2026-01-01T00:00:00Z", "today", "text that is no date-time"),
        ({"type": "number"}, 1, 1.5, "a number that is no integer"),
        ({"description": "Anything."}, "a", 1, "anything but string"),
        ({"allOf": [{"properties": {"a": {"type": "integer"}}}]}, {}, {"a": 1}, "given"),
    ],
)
def test_answers(schema: Schema, some: Any, rest: Any, what: str) -> None:
    """Each liberty of a schema is missing until an answer takes it."""
    assert {ANSWER + what} == missing(schema, some)
    assert set() == missing(schema, some, rest)


def test_integers() -> None:
    """Where a document says int32, an integer without it has to be larger once."""
    schema = {"type": "object", "required": ["a", "b"], "properties": {"a": {"type": "integer"}}}
    schema["properties"] |= {"b": {"type": "integer", "format": "int32"}}

    assert {f"{ANSWER}an integer of more than 32 bits"} == missing(schema, {"a": 1, "b": 1})
    assert set() == missing(schema, {"a": 1, "b": 1}, {"a": 2**31, "b": 1})


def test_what_is_below_is_not_told_twice() -> None:
    """What is never there is told once: nothing is said of what would be inside."""
    schema = {"properties": {"a": {"properties": {"b": {"type": "string", "enum": ["x", "y"]}}}}}

    assert {f"{ANSWER}given"} == missing(schema, {})


def test_requests() -> None:
    """So is a liberty that a request has, until one that takes it comes to good."""
    schema = {"type": "object", "properties": {"a": {"type": ["integer", "null"]}}}

    assert {f"{REQUEST}left out", f"{REQUEST}null"} == missing({}, 1, request=schema, sent=({"a": 1},), order=["up"])
    assert set() == missing({}, 1, request=schema, sent=({"a": 1}, {"a": None}, {}))


def test_parameters() -> None:
    """A parameter is given and left out, and takes each of its values."""
    witnesses = Witnesses("raia", document({"type": "integer"}))
    for query in ({"order": ["up"]}, {"order": ["down"]}):
        witnesses.observe(
            "ask", 200, media_type="application/json", headers=("x-total",), body=b"1", query=query, sent=b""
        )

    assert {("/paths/~1x/get/parameters/0", f"{REQUEST}left out"), ("/paths/~1x/get/responses/404", "status 404")} == {
        (each.pointer, each.what) for each in witnesses.missing
    }


def test_refused_requests_prove_nothing() -> None:
    """What was asked in vain is no witness; the answer's status is."""
    witnesses = Witnesses("raia", document({}))
    witnesses.observe("ask", 404, media_type="", headers=(), body=b"", query={"order": ["up"]}, sent=b"")

    assert ["status 200"] == [each.what for each in witnesses.missing]


def test_nothing_of_an_answer() -> None:
    """An answer without the documented header and media type leaves both unseen."""
    witnesses = Witnesses("raia", document({}))
    witnesses.observe("ask", 200, media_type="text/html", headers=(), body=b"<p>", query={}, sent=b"")

    assert {"the header", "the media type", "status 404"} <= {each.what for each in witnesses.missing}


def test_reasons() -> None:
    """An entry covers its place and liberty, and nothing else."""
    entry = Acknowledged(("/a/*/b",), ("status 4*",), "Because.")

    assert entry.covers("/a/x/b", "status 404")
    assert not entry.covers("/a/x", "status 404")
    assert not entry.covers("/a/x/b", "status 500")


def test_reasons_of_a_vendor() -> None:
    """Each vendor has those about every vendor, and its own; one without a file has the others alone."""
    assert SHARED
    for vendor in vendors():
        assert {*SHARED} < {*acknowledged(vendor)}


@pytest.mark.parametrize(
    ("entry", "about"),
    [
        *((entry, vendors()) for entry in SHARED),
        *((entry, (vendor,)) for vendor in vendors() for entry in acknowledged(vendor) if entry not in SHARED),
    ],
)
def test_reasons_are_about_something(entry: Acknowledged, about: tuple[str, ...]) -> None:
    """Each place of witnesses.toml is in a document, and each entry has a sentence."""
    places = set[str]()
    for vendor in about:
        collect(load(vendor), (), places)

    assert [] == [pattern for pattern in entry.at if not any(fnmatch.fnmatchcase(each, pattern) for each in places)]
    assert entry.reason.endswith(".")


def collect(node: Any, at: tuple[str | int, ...], places: set[str]) -> None:
    """Add the pointers of all that is below `node`."""
    places.add(spell(at))
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for token, child in children:
        collect(child, (*at, token), places)


def phantom_status(made: Any) -> None:
    made["paths"]["/api/Conversation/proactive-conversation"]["post"]["responses"]["409"] = {"description": "No."}


def phantom_field(made: Any) -> None:
    made["components"]["schemas"]["Conversation"]["properties"]["mood"] = {"type": "string"}


def wider_type(made: Any) -> None:
    made["components"]["schemas"]["Conversation"]["properties"]["id"] = {"type": ["integer", "string"]}


def no_format(made: Any) -> None:
    del made["components"]["schemas"]["Conversation"]["properties"]["createdAt"]["format"]


def no_int32(made: Any) -> None:
    del made["components"]["schemas"]["Conversation"]["properties"]["tenantId"]["format"]


def no_type(made: Any) -> None:
    del made["components"]["schemas"]["Conversation"]["properties"]["active"]["type"]


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        (phantom_status, "/paths/~1api~1Conversation~1proactive-conversation/post/responses/409"),
        (phantom_field, "/components/schemas/Conversation/properties/mood"),
        (wider_type, "/components/schemas/Conversation/properties/id"),
        (no_format, "/components/schemas/Conversation/properties/createdAt"),
        (no_int32, "/components/schemas/Conversation/properties/tenantId"),
        (no_type, "/components/schemas/Conversation/properties/active"),
    ],
)
def test_documents_that_allow_too_much(change: Callable[[Any], None], pointer: str) -> None:
    """No answer contradicts them, and yet they are red: by what was never seen."""
    made = copy.deepcopy(load("zild"))
    change(made)
    result = run("zild", made, mock_in_process("zild", made), Settings(max_examples=1))

    assert {pointer} == {each.pointer for each in result.vacuous("start_proactive_conversation")}
