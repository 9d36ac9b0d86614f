"""Models as fields of pydantic's models, and in bodies and answers of FastAPI."""

from __future__ import annotations

import asyncio
import json
import math
import pickle
import subprocess
import sys
from importlib import import_module
from typing import Annotated, Any

import httpx
import jsonschema
import pytest
from fastapi import Body, FastAPI
from pydantic import BaseModel, Discriminator, Tag, TypeAdapter, ValidationError

from causerie_api import schema
from causerie_api.convocore.models import VapiCall
from causerie_api.model import Model, field
from causerie_api.pydanticfield import json_schema_of
from causerie_api.raia.models import Conversation, ConversationUser
from causerie_api.unset import UNSET, Unset

from .test_model import CONVERSATION, USER


class Ticket(BaseModel):
    """A model of pydantic's with models of ours."""

    conversation: Conversation
    others: list[Conversation] = []


class Nest(Model):
    """A model with values in places of every kind."""

    texts: dict[str, str] | Unset = field("the-texts", schema.mapping(schema.STRING), default=UNSET)
    users: list[ConversationUser] | Unset = field(
        "users", schema.array(schema.ref(lambda: ConversationUser)), default=UNSET
    )
    one: Any | Unset = field("one", schema.discriminated("kind", {"user": schema.ref(lambda: Nest)}), default=UNSET)


def refused(kind: Any, value: Any) -> list[tuple[Any, ...]]:
    """Return what pydantic says of a value: the place, the kind of the error, and what is there."""
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(kind).validate_python(value)
    return [(error["loc"], error["type"], error["input"]) for error in caught.value.errors()]


def test_import() -> None:
    """Models alone do not import pydantic."""
    code = (
        "import sys, causerie.raia; causerie.raia.Conversation; assert not [m for m in sys.modules if 'pydantic_' in m]"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False)

    assert 0 == done.returncode


def test_taken() -> None:
    """A model is taken as it is, and a JSON object is a copy."""
    model, raw = VapiCall.of(cost=1), {"cost": 1}
    adapter = TypeAdapter(VapiCall)
    made = adapter.validate_python(raw)
    made.cost = 2

    assert model is adapter.validate_python(model)
    assert {"cost": 1} == raw
    assert {"cost": 2} == adapter.dump_python(made)


def test_round_trip() -> None:
    """What came in goes out, with the keys that the document does not know, whether as objects or as text."""
    raw = {"conversation": CONVERSATION, "others": [CONVERSATION]}
    ticket = Ticket.model_validate(raw)

    assert raw == ticket.model_dump() == Ticket.model_validate_json(ticket.model_dump_json()).model_dump()
    assert "Ada" == ticket.others[0].user.first_name
    assert "x-new" in ticket.conversation


@pytest.mark.parametrize(
    ("conversation", "place", "kind", "found"),
    [
        (5, (), "document_mismatch", 5),
        ([("id", "c1")], (), "document_mismatch", [("id", "c1")]),
        ({**CONVERSATION, "id": 5}, ("id",), "document_mismatch", 5),
        ({**CONVERSATION, "createdAt": "{now}"}, ("createdAt",), "document_mismatch", "{now}"),
        ({**CONVERSATION, "feedbacks": [5]}, ("feedbacks", 0), "document_mismatch", 5),
        ({**CONVERSATION, "user": {**USER, "firstName": 5}}, ("user", "firstName"), "document_mismatch", 5),
        ({**CONVERSATION, "user": USER | {"id": None}}, ("user", "id"), "document_mismatch", None),
    ],
)
def test_places(conversation: Any, place: tuple[Any, ...], kind: str, found: Any) -> None:
    """An error names the place by the keys of the JSON object, and shows what is there."""
    assert [(place, kind, found)] == refused(Conversation, conversation)
    assert [(("conversation", *place), kind, found)] == refused(Ticket, {"conversation": conversation})


@pytest.mark.parametrize(
    ("nest", "place", "kind", "found"),
    [
        ({"the-texts": {"it's": 5}}, ("the-texts", "it's"), "document_mismatch", 5),
        ({"the-texts": {"a.b[0]": 5}}, ("the-texts", "a.b[0]"), "document_mismatch", 5),
        ({"the-texts": {"'\"\\": 5}}, ("the-texts", "'\"\\"), "document_mismatch", 5),
        ({"users": [USER, {**USER, "firstName": 5}]}, ("users", 1, "firstName"), "document_mismatch", 5),
        ({"one": {}}, ("one", "kind"), "document_mismatch", None),
        ({"one": {"kind": "user", "users": 5}}, ("one", "users"), "document_mismatch", 5),
    ],
)
def test_nested_places(nest: Any, place: tuple[Any, ...], kind: str, found: Any) -> None:
    """Any key, number and choice within a model is named."""
    assert [(place, kind, found)] == refused(Nest, nest)


@pytest.mark.parametrize(
    ("key", "value", "place"),
    [
        ("score", math.nan, ("score",)),
        ("metadata", {"all": {1, 2}}, ("metadata", "all")),
        ("metadata", {"all": [b"bytes"]}, ("metadata", "all", 0)),
        ("title", UNSET, ("title",)),
        ("x-new", UNSET, ("x-new",)),
    ],
)
def test_no_json(key: str, value: Any, place: tuple[Any, ...]) -> None:
    """A value that JSON does not have is refused at its place, also under a key that the document does not know."""
    ((found, kind, _),) = refused(Conversation, {**CONVERSATION, key: value})

    assert (place, "document_mismatch") == (found, kind)


def test_no_json_read() -> None:
    """pydantic reads NaN, which is no JSON."""
    with pytest.raises(ValidationError, match=r"metadata\n  JSON has no nan: leave it out, or give None"):
        TypeAdapter(Conversation).validate_json(json.dumps({**CONVERSATION, "metadata": math.nan}))


def test_half_an_emoji() -> None:
    """Half an emoji, which pydantic cannot write, becomes U+FFFD in JSON, and stays as it is in Python."""
    raw = {**CONVERSATION, "title": "\ud83d", "x-long": 12345678901234567890123}
    ticket = Ticket(conversation=Conversation.from_dict(raw))

    assert {**raw, "title": "\ufffd"} == json.loads(ticket.model_dump_json())["conversation"]
    assert {**raw, "title": "\ufffd"} == ticket.model_dump(mode="json")["conversation"]
    assert raw == ticket.model_dump()["conversation"]


class Nested(BaseModel):
    """A model of pydantic's with models of ours in whatever pydantic has."""

    maybe: Conversation | None = None
    lists: list[list[Conversation]] = []
    either: Conversation | ConversationUser | None = None
    named: Annotated[
        Annotated[Conversation, Tag("talk")] | Annotated[ConversationUser, Tag("person")],
        Discriminator(lambda value: "person" if "firstName" in value else "talk"),
    ]
    anything: Any = None
    by_name: dict[str, Any] = {}


def test_nested_fields() -> None:
    """A model is taken and written in a list of lists, beside None, and as one of several."""
    raw: dict[str, Any] = {
        "maybe": None,
        "lists": [[CONVERSATION], []],
        "either": USER,
        "named": USER,
        "anything": None,
        "by_name": {},
    }
    nested = Nested.model_validate(raw)

    assert [ConversationUser, ConversationUser] == [type(nested.either), type(nested.named)]
    assert raw == nested.model_dump() == json.loads(nested.model_dump_json())
    assert raw == nested.model_copy(deep=True).model_dump() == pickle.loads(pickle.dumps(nested)).model_dump()
    assert Conversation is type(Nested(either=CONVERSATION, named=USER).either)  # type: ignore[arg-type]


def test_nested_errors() -> None:
    """An error names the place in a list of lists, and which of several types it is about."""
    user, bad = USER | {"firstName": 5}, CONVERSATION | {"id": 5}
    lines = refused(Nested, {"lists": [[CONVERSATION, bad]], "either": user, "named": user})

    assert ("lists", 0, 1, "id") == lines[0][0]
    assert ("either", "function-plain[ConversationUser()]", "firstName") == lines[-2][0]
    assert ("named", "person", "firstName") == lines[-1][0]


def test_anything() -> None:
    """A model is written also where nothing says that it is one."""
    model = Conversation.from_dict(CONVERSATION)
    nested = Nested(anything=model, by_name={"all": [model]}, named=ConversationUser.from_dict(USER))
    written = json.loads(nested.model_dump_json())

    assert (CONVERSATION, {"all": [CONVERSATION]}) == (written["anything"], written["by_name"])
    assert CONVERSATION == nested.model_dump()["anything"]


def test_without_pydantic() -> None:
    """Who looks at all attributes of a model needs no pydantic."""
    code = (
        "import inspect, sys; sys.modules['pydantic_core'] = None\n"
        "import causerie.raia; model = causerie.raia.Conversation\n"
        "assert dict(inspect.getmembers(model))['to_dict'] and not hasattr(model, '__pydantic_serializer__')"
    )

    assert 0 == subprocess.run([sys.executable, "-c", code], check=False).returncode


def test_missing() -> None:
    """What is missing is named key by key, in the order of the document."""
    user = {"id": "u1", "lastName": "Lovelace"}
    keys = ["firstName", "isAnonymized"]

    assert [(("user", key), "missing", user) for key in keys] == refused(Conversation, {**CONVERSATION, "user": user})
    assert [(("conversation",), "missing", {})] == refused(Ticket, {})


def test_depth() -> None:
    """What is too deep for JSON is refused at its place."""
    deep: dict[str, Any] = {}
    for _ in range(1100):
        deep = {"cost": deep}

    assert [((), "document_mismatch")] == [line[:2] for line in refused(VapiCall, deep)]


def test_json_schema() -> None:
    """Fields have the types that the document gives them; what is required is listed."""
    ((name, shown),) = Ticket.model_json_schema()["$defs"].items()
    kinds = shown["properties"]

    assert ("Conversation", "Conversation", "object") == (name, shown["title"], shown["type"])
    assert "A conversation of the agent with one user." == shown["description"]
    assert ["id", "conversationUserId", "aiConversationId", "user"] == shown["required"][:4]
    assert {"type": "string"} == kinds["id"]
    assert {"type": "string", "format": "date-time"} == kinds["createdAt"]
    assert {"type": "string", "examples": ["ai", "manual"]} == kinds["mode"]
    assert {"anyOf": [{"title": "AssignedUser", "type": "object"}, {"type": "null"}]} == kinds["assignedUser"]
    assert {"type": "array", "items": {"title": "ConversationFeedback", "type": "object"}} == kinds["feedbacks"]
    assert Ticket.model_json_schema() == Ticket.model_json_schema(mode="serialization")


@pytest.mark.parametrize("vendor", ["convocore", "raia", "zild"])
def test_every_json_schema(vendor: str) -> None:
    """Every model of every document has a JSON schema that is one, with all of its keys."""
    models = import_module(f"causerie_api.{vendor}.models")
    found = [each for name in models.__all__ if issubclass(each := getattr(models, name), Model)]
    for each in found:
        shown = json_schema_of(each)
        jsonschema.Draft202012Validator.check_schema(shown)

        assert each._by_key.keys() == shown["properties"].keys()
    assert found


async def _asked(app: FastAPI, body: Any, path: str = "/") -> httpx.Response:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://app") as client:
        return await client.post(path, json=body)


def test_fastapi() -> None:
    """A model is the body and the answer of a function; one that does not fit is refused by place."""
    app = FastAPI()

    @app.post("/")
    def renamed(conversation: Annotated[Conversation, Body()]) -> Conversation:
        conversation.title = "Seen"
        return conversation

    @app.post("/listed", response_model=list[Conversation] | None, response_model_exclude_none=True)
    def listing(conversation: Annotated[Conversation, Body()]) -> Any:
        return [conversation, CONVERSATION]

    @app.post("/free")
    def anything(conversation: Annotated[Conversation, Body()]) -> dict[str, Any]:
        return {"conversation": conversation, "number": 1}

    done = asyncio.run(_asked(app, CONVERSATION))
    listed = asyncio.run(_asked(app, CONVERSATION, "/listed"))
    free = asyncio.run(_asked(app, CONVERSATION, "/free"))
    bad = asyncio.run(_asked(app, {**CONVERSATION, "user": {**USER, "firstName": 5}}))
    operation = app.openapi()["paths"]["/"]["post"]
    of_body = operation["requestBody"]["content"]["application/json"]["schema"]
    of_answer = operation["responses"]["200"]["content"]["application/json"]["schema"]

    assert (200, {**CONVERSATION, "title": "Seen"}) == (done.status_code, done.json())
    assert (200, [CONVERSATION, CONVERSATION]) == (listed.status_code, listed.json())
    assert (200, {"conversation": CONVERSATION, "number": 1}) == (free.status_code, free.json())
    assert (422, [["body", "user", "firstName"]]) == (bad.status_code, [each["loc"] for each in bad.json()["detail"]])
    assert {"$ref": "#/components/schemas/Conversation"} == of_body == of_answer
