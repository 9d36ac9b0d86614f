"""The core, on a vendor of two operations that stand in this file."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from causerie_mock import ContractViolation
from causerie_mock._check import check
from causerie_mock._contract import Contract
from causerie_mock._core import MAX_HEADERS, answer
from causerie_mock._exchange import Problem, Reply, Request
from causerie_mock._options import Options
from causerie_mock._vendor import MAX_BODY, Call, Vendor

_REFUSALS = {"400": {"description": "", "content": {"application/json": {"schema": {"type": "object"}}}}}
DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "servers": [{"url": "https://vendor.test/v1"}],
    "paths": {
        "/things/{thingId}": {
            "parameters": [{"$ref": "#/components/parameters/ThingId"}],
            "get": {
                "operationId": "get_thing",
                "security": [{"Key": []}],
                "parameters": [
                    {"name": "count", "in": "query", "schema": {"$ref": "#/components/schemas/Count"}},
                    {"name": "deep", "in": "query", "schema": {"type": "boolean"}},
                    {"name": "each", "in": "query", "schema": {"type": "array"}},
                    {"name": "some", "in": "query", "explode": False, "schema": {"type": "array"}},
                ],
                "responses": {
                    "200": {"description": "", "content": {"application/json": {"schema": {"type": "object"}}}},
                    "403": {"description": "", "content": {"application/json": {"schema": {"type": "object"}}}},
                    **_REFUSALS,
                },
            },
        },
        "/things/all": {
            "delete": {
                "operationId": "delete_things",
                "security": [{"Token": []}],
                "parameters": [{"name": "sure", "in": "query", "required": True, "schema": {"type": "boolean"}}],
                "responses": {"204": {"description": ""}, "401": {"description": ""}, **_REFUSALS},
            },
            "put": {
                "operationId": "put_things",
                "security": [{"Token": []}],
                "requestBody": {
                    "required": True,
                    "content": {
                        "application/json": {
                            "schema": {"type": "object", "properties": {"a/b": {"type": "integer", "format": "int32"}}}
                        }
                    },
                },
                "responses": {
                    "201": {
                        "description": "",
                        "content": {
                            "application/json": {"schema": {"type": "object", "properties": {"n": {"type": "integer"}}}}
                        },
                    },
                    "401": {"description": ""},
                    "415": {"description": ""},
                    **_REFUSALS,
                },
            },
        },
    },
    "components": {
        "parameters": {
            "ThingId": {"name": "thingId", "in": "path", "required": True, "schema": {"type": "string"}},
        },
        "schemas": {"Count": {"type": "integer", "minimum": 1}},
        "securitySchemes": {
            "Key": {"type": "apiKey", "in": "header", "name": "X-Key"},
            "Token": {"type": "http", "scheme": "bearer"},
        },
    },
}
CONTRACT = Contract(DOCUMENT)
PUT_THINGS = next(operation for operation in CONTRACT.operations() if operation.id == "put_things")
KEY = (b"X-Key", b"second")
TOKEN = (b"authorization", b"Bearer first")
JSON = (b"Content-Type", b"Application/JSON; charset=utf-8")


def _error(problem: Problem) -> Reply:
    body = {"message": problem.message, "issues": [list(issue) for issue in problem.issues]}
    return Reply.json(problem.status, body, problem.headers)


def _see(state: Any, call: Call) -> Any:
    return {"tenant": call.tenant, "parameters": dict(call.parameters), "body": call.body}


VENDOR = Vendor(
    credentials=("first", "second"),
    options=Options,
    state=lambda world, options: {},
    handlers={"get_thing": _see, "delete_things": lambda state, call: None, "put_things": _see},
    error=_error,
)


def ask(method: str, target: str, *headers: tuple[bytes, bytes], body: bytes = b"") -> tuple[int, Any]:
    """Status and decoded body of the answer to one request."""
    path, _, query = target.encode("utf-8").partition(b"?")
    reply = answer(CONTRACT, VENDOR, {}, Request(method, path, query, headers, body)).reply
    return reply.status, json.loads(reply.body) if reply.body else None


def issues(method: str, target: str, *headers: tuple[bytes, bytes], body: bytes = b"") -> list[list[str]]:
    """Return the issues of a 400."""
    status, error = ask(method, target, *headers, body=body)

    assert 400 == status

    return list(error["issues"])


def test_a_call_has_tenant_parameters_and_body() -> None:
    """The handler sees whose request it is and typed parameters."""
    status, seen = ask("GET", "/things/x%2Fy?count=3&deep=true&unknown=1", KEY)

    assert 200 == status
    assert {"tenant": 1, "parameters": {"thingId": "x/y", "count": 3, "deep": True}, "body": None} == seen


def test_the_path_of_a_server_may_stand_before_the_path() -> None:
    """A client that keeps the vendor's base URL finds the same operations."""
    status, seen = ask("GET", "/v1/things/a", KEY)

    assert 200 == status
    assert "a" == seen["parameters"]["thingId"]


def test_a_static_path_wins_over_a_template() -> None:
    """`/things/all` is not the thing named all, whatever order the document has."""
    assert (405, ["PUT, DELETE"]) == _allowed("GET", "/things/all")
    assert (405, ["GET"]) == _allowed("PUT", "/things/some")


def _allowed(method: str, path: str) -> tuple[int, list[str]]:
    reply = answer(CONTRACT, VENDOR, {}, Request(method, path.encode())).reply
    return reply.status, [value for name, value in reply.headers if name == "allow"]


@pytest.mark.parametrize(
    "path", ["", "/", "/things", "/things/", "/things/a/", "//things/a", "/things/%ff", "/v1", "http://x/things/a"]
)
def test_an_unknown_path_is_not_found(path: str) -> None:
    """Nothing is at paths that no template fits, with or without a credential."""
    assert 404 == ask("GET", path)[0]
    assert 404 == ask("GET", path, KEY)[0]


@pytest.mark.parametrize(
    "headers",
    [
        [],
        [(b"X-Key", b"wrong")],
        [(b"X-Key", b"")],
        [(b"X-Key", b"first, second")],
        [(b"X-Key", b"f\xffrst")],
        [KEY, KEY],
    ],
)
def test_a_bad_key_is_refused_with_the_documented_status(headers: list[tuple[bytes, bytes]]) -> None:
    """The document has 403 and no 401, so that is what a bad API key gets, before its parameters are looked at."""
    assert 403 == ask("GET", "/things/a?count=x", *headers)[0]


@pytest.mark.parametrize("value", [b"first", b"Basic first", b"Bearer", b"Bearer wrong", b"Bearer first "])
def test_a_bad_token_is_refused_with_the_documented_status(value: bytes) -> None:
    """The document has a 401 for the operation that takes bearer tokens."""
    assert 401 == ask("DELETE", "/things/all", (b"Authorization", value))[0]


def test_the_name_of_the_scheme_has_any_case() -> None:
    """`bearer` is `Bearer`."""
    assert 204 == ask("DELETE", "/things/all?sure=true", (b"AUTHORIZATION", b"bEARER first"))[0]


@pytest.mark.parametrize("text", ["", "0", "-1", "1.0", "+1", "1_0", "\uff11\uff12", "x", "9" * 5000])
def test_an_integer_is_spelled_in_one_way(text: str) -> None:
    """What int() would accept besides is refused, as is what the schema refuses."""
    assert ["count"] == [place for place, _ in issues("GET", f"/things/a?count={text}", KEY)]


def test_a_large_integer_is_an_integer() -> None:
    """JSON Schema knows no largest integer."""
    assert 10**30 == ask("GET", f"/things/a?count={10**30}", KEY)[1]["parameters"]["count"]


@pytest.mark.parametrize("text", ["", "1", "True", "yes", "null"])
def test_a_boolean_is_spelled_in_one_way(text: str) -> None:
    """Only true and false are booleans."""
    assert ["deep"] == [place for place, _ in issues("GET", f"/things/a?deep={text}", KEY)]


def test_a_repeated_parameter_is_refused() -> None:
    """Two values for one parameter are two requests."""
    assert [["count", "It is given more than once."]] == issues("GET", "/things/a?count=1&count=1", KEY)


def test_a_list_is_repeated_or_joined() -> None:
    """As the document says: once for each value, or all values in one text, which is given once."""
    _, seen = ask("GET", "/things/a?each=1&each=2%2C3&some=1,2%2C3", KEY)

    assert {"thingId": "a", "each": ["1", "2,3"], "some": ["1", "2", "3"]} == seen["parameters"]
    assert [["some", "It is given more than once."]] == issues("GET", "/things/a?some=1&some=2", KEY)


def test_a_missing_parameter_is_named() -> None:
    """A required parameter is asked for by name."""
    assert [["sure", "It is required."]] == issues("DELETE", "/things/all", TOKEN)


@pytest.mark.parametrize("query", ["count=%ff", "&".join(["a=1"] * 1001)])
def test_an_unreadable_query_is_refused(query: str) -> None:
    """Bytes that are no UTF-8, or far too many fields."""
    assert [] == issues("GET", f"/things/a?{query}", KEY)


def test_raw_bytes_in_a_query_are_refused() -> None:
    """Bytes that are no UTF-8 and not percent-encoded."""
    assert 400 == answer(CONTRACT, VENDOR, {}, Request("GET", b"/things/a", b"count=\xff", [KEY])).reply.status


def test_a_body_is_decoded() -> None:
    """The media type counts in any case and with any parameter."""
    status, seen = ask("PUT", "/things/all", TOKEN, JSON, body=b'{"a/b": 1, "c": "\\u00e9"}')

    assert 201 == status
    assert {"a/b": 1, "c": "é"} == seen["body"]


@pytest.mark.parametrize(
    "content_type", [b"text/plain", b"application/jsonx", b"", b"application/xml, application/json"]
)
def test_another_media_type_is_refused_before_the_body_is_read(content_type: bytes) -> None:
    """The document has a 415 for this operation."""
    assert 415 == ask("PUT", "/things/all", TOKEN, (b"content-type", content_type), body=b"{")[0]
    assert 415 == ask("PUT", "/things/all", TOKEN, body=b"{}")[0]


def test_a_missing_body_is_asked_for() -> None:
    """Without a body the media type does not matter."""
    assert (400, "A body of type application/json is required.") == _message("PUT", "/things/all", TOKEN)


def _message(method: str, target: str, *headers: tuple[bytes, bytes]) -> tuple[int, str]:
    status, error = ask(method, target, *headers)
    return status, error["message"]


@pytest.mark.parametrize(
    ("value", "valid"), [(2**31 - 1, True), (-(2**31), True), (2**31, False), (-(2**31) - 1, False)]
)
def test_int32_has_a_range(value: int, valid: bool) -> None:
    """OpenAPI gives the format a range, which JSON Schema alone would not see; the issue points to the place."""
    body = json.dumps({"a/b": value}).encode()
    status, error = ask("PUT", "/things/all", TOKEN, JSON, body=body)

    assert (201 if valid else 400) == status
    assert valid or ["/a~1b"] == [place for place, _ in error["issues"]]


def test_issues_are_few_and_short() -> None:
    """However wrong a body is, the answer stays readable."""
    document = DOCUMENT | {"paths": {"/x": {"put": _closed_operation()}}}
    body = json.dumps({"x" * 1000: 1} | {f"n{number}": "text" for number in range(50)}).encode()
    reply = answer(Contract(document), VENDOR, {}, Request("PUT", b"/x", b"", [TOKEN, JSON], body)).reply
    found = json.loads(reply.body)["issues"]

    assert 10 == len(found)
    assert all(len(message) <= 200 for _, message in found)


def _closed_operation() -> dict[str, Any]:
    numbers = {"type": "object", "additionalProperties": {"type": "number"}, "maxProperties": 0}
    content = {"application/json": {"schema": numbers}}
    return {**DOCUMENT["paths"]["/things/all"]["put"], "requestBody": {"content": content}}


def test_a_body_without_end_is_refused() -> None:
    """A body over the limit is not looked at."""
    assert 413 == ask("PUT", "/things/all", TOKEN, JSON, body=b" " * (MAX_BODY + 1))[0]


def test_headers_without_end_are_refused() -> None:
    """Each takes 32 bytes beside its name and its value, so that many short ones are long too."""
    long = [(b"x", b"x" * (MAX_HEADERS - 33))]
    many = [(b"x", b"x" * 31)] * (MAX_HEADERS // 64)

    assert [404, 431] == [ask("GET", "/", *long, *more)[0] for more in ([], [(b"", b"")])]
    assert [404, 404, 431] == [ask("GET", "/", *each)[0] for each in (many[:-1], many, [*many, *many[:1]])]


def test_head_has_no_body() -> None:
    """An answer to HEAD has the headers of the answer and nothing else."""
    reply = answer(CONTRACT, VENDOR, {}, Request("HEAD", b"/things/a")).reply

    assert (405, b"") == (reply.status, reply.body)
    assert "content-length" in dict(reply.headers)


@pytest.mark.parametrize(
    ("reply", "violation"),
    [
        (Reply.json(201, {"n": "x"}), 'put_things 201 at /n: "x" is not of type "integer"'),
        (Reply.json(201, []), 'put_things 201 at /: [] is not of type "object"'),
        (Reply.json(202, {}), "put_things does not document status 202."),
        (Reply.json(201, {}, media_type="text/plain"), "put_things 201 does not document the media type 'text/plain'."),
        (Reply.json(401, {}), "put_things 401 does not document the media type 'application/json'."),
        (Reply.empty(201), "put_things 201 does not document the media type ''."),
    ],
)
def test_a_reply_outside_the_document_is_a_violation(reply: Reply, violation: str) -> None:
    """A checked mock names operation, status and place of what its document does not allow."""
    with pytest.raises(ContractViolation) as caught:
        check(CONTRACT, PUT_THINGS, reply)

    assert violation == str(caught.value)


@pytest.mark.parametrize("reply", [Reply.json(201, {"n": 1}), Reply.empty(401)])
def test_a_reply_inside_the_document_is_no_violation(reply: Reply) -> None:
    """A checked mock lets through what its document allows."""
    assert check(CONTRACT, PUT_THINGS, reply) is None


def test_an_operation_may_be_for_everybody() -> None:
    """With `security: []` no credential is looked for."""
    document = copy.deepcopy(DOCUMENT)
    document["paths"]["/things/all"]["put"]["security"] = []
    answered = answer(Contract(document), VENDOR, {}, Request("PUT", b"/things/all", b"", [JSON], b"{}"))

    assert (201, 0) == (answered.reply.status, answered.tenant)


def test_an_answer_says_what_was_found_out() -> None:
    """Operation, tenant and problem, as far as the request got."""

    def found(method: str, path: bytes, *headers: tuple[bytes, bytes]) -> tuple[Any, Any, Any]:
        answered = answer(CONTRACT, VENDOR, {}, Request(method, path, b"", headers))
        problem = answered.problem
        return answered.operation and answered.operation.id, answered.tenant, problem and problem.status

    assert (None, None, 404) == found("GET", b"/x")
    assert ("get_thing", None, 403) == found("GET", b"/things/a")
    assert ("put_things", 0, 400) == found("PUT", b"/things/all", TOKEN)
    assert ("get_thing", 1, None) == found("GET", b"/things/a", KEY)
