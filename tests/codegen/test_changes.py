"""Single changes to a document: each is generated right, or refused with its place and a remedy."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml

import generate
from causerie_codegen.document import SpecError

TEXT = {"type": "string"}
TEXTS = {"type": "array", "items": TEXT}
ITEM = ("paths", "/things/{thingId}")
GET = (*ITEM, "get")


def ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def described(**schemas: Any) -> dict[str, Any]:
    """Return a document with one operation, and these schemas."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Things", "version": "1"},
        "servers": [{"url": "https://example.com"}],
        "security": [{"Key": []}],
        "paths": {
            "/things/{thingId}": {
                "get": {
                    "operationId": "getThing",
                    "tags": ["things"],
                    "parameters": [{"name": "thingId", "in": "path", "required": True, "schema": TEXT}],
                    "responses": {
                        "200": {"description": "", "content": {"application/json": {"schema": ref("Thing")}}}
                    },
                }
            }
        },
        "components": {
            "securitySchemes": {"Key": {"type": "apiKey", "in": "header", "name": "Key"}},
            "schemas": {"Thing": {"type": "object", "properties": {"id": TEXT}}, **schemas},
        },
    }


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Any], Any]:
    """Generate from a document, and return an import of modules of the package."""

    def made(document: Any) -> Any:
        (tmp_path / "zild.yaml").write_text(yaml.safe_dump(document, sort_keys=False))
        target = tmp_path / "generated"
        target.mkdir()
        generate.generate(tmp_path, target)
        package = (target / "causerie_api").rename(target / f"changed_{abs(hash(target))}")
        monkeypatch.syspath_prepend(target)
        return lambda module: import_module(f"{package.name}.zild{module}")

    return made


def put(*steps: Any, **values: Any) -> Callable[[Any], None]:
    """Return an edit: these values at this place."""

    def edit(node: Any) -> None:
        for step in steps:
            node = node[step]
        node.update(values)

    return edit


def parameter(**values: Any) -> Callable[[Any], None]:
    """Return an edit: one more parameter."""

    def edit(document: Any) -> None:
        path = values.get("in") == "path" and values["name"] != "thingId"
        item = document["paths"].pop(ITEM[1])
        item["get"]["parameters"].append({"schema": TEXT, "in": "query", **values})
        document["paths"][f"{ITEM[1]}/{{{values['name']}}}" if path else ITEM[1]] = item

    return edit


def fields(**properties: Any) -> Callable[[Any], None]:
    """Return an edit: fields of the thing."""
    return put("components", "schemas", "Thing", "properties", **properties)


def kind(name: str, **more: Any) -> dict[str, Any]:
    """Return an object with a field that has this value alone."""
    return {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string", "enum": [name]}, **more}}


PETS = {"oneOf": [ref("Cat"), ref("Dog")]}
BY_KIND = {"propertyName": "kind"}
LIKE = {"type": "object", "properties": {"name": TEXT}}


def test_all_at_once(make: Any) -> None:
    """Every problem has a line, not the first alone."""
    document = described()
    fields(f={"type": "string", "enum": []}, userId=TEXT, user_id=TEXT)(document)
    put(*GET, servers=[{"url": "v1"}])(document)
    with pytest.raises(SpecError) as caught:
        make(document)

    assert 3 == len(str(caught.value).splitlines())


def test_requests(make: Any) -> None:
    """Values in one text or in several, statuses without quotes, and a path that is a reference."""
    document = described()
    parameter(name="inOne", schema=TEXTS, explode=False)(document)
    parameter(name="several", schema=TEXTS)(document)
    parameter(name="thing_id", **{"x-python-name": "other_id"})(document)
    responses = document["paths"][ITEM[1]]["get"]["responses"]
    responses[200] = responses.pop("200")
    document["components"]["pathItems"] = {"Things": document["paths"].pop(ITEM[1])}
    document["paths"][ITEM[1]] = {"$ref": "#/components/pathItems/Things"}
    request = make(document)(".api.things.get_thing").request(
        "a/b", in_one=["a", "b"], several=["a", "b"], other_id="c"
    )

    assert (("inOne", "a,b"), ("several", "a"), ("several", "b"), ("thing_id", "c")) == request.query
    assert "/things/a%2Fb" == request.path
    assert [200] == [*request.decoders]


def test_fields(make: Any) -> None:
    """Fields are what the document says, however it says it."""
    document = described(
        Base={"type": "object", "required": ["id"], "properties": {"id": {**TEXT, "readOnly": True}}},
        Named={"title": "Something Else", "allOf": [ref("Base")], "properties": {"name": TEXT}, "required": ["name"]},
        Heir={"allOf": [ref("Base"), {"properties": {"name": TEXT}, "required": ["id", "name"]}]},
        Nested={"allOf": [{"allOf": [ref("Base"), {"properties": {"deep": TEXT}}], "properties": {"mine": TEXT}}]},
        Beside={"type": "object", "properties": {"base": {**ref("Base"), "properties": {"more": TEXT}}}},
        Odd={
            "type": "object",
            "properties": {
                "uuid": {"type": "string", "format": "uuid"},
                "fixed": {"const": "it"},
                "cls": TEXT,
                "self": TEXT,
                "userId": TEXT,
                "user_id": {**TEXT, "x-python-name": "other_user_id"},
            },
        },
    )
    models = make(document)(".models")
    odd = models.Odd.from_dict({"uuid": "no uuid", "userId": "1", "user_id": "2", "cls": "c", "self": "s"}).validate()

    assert {"name": "n"} == models.Named(name="n").to_dict() == models.Heir(name="n").to_dict()
    assert "n" == models.Named.from_dict({"id": "1", "name": "n"}).name
    assert {"id", "deep", "mine"} == {*models.Nested._by_key}
    assert "m" == models.Beside.from_dict({"base": {"id": "1", "more": "m"}}).base.more
    assert ("no uuid", "1", "2") == (odd.uuid, odd.user_id, odd.other_user_id)
    assert ("c", "s") == (odd.cls, odd.self_)
    with pytest.raises(ValueError, match=r"Odd\.fixed: expected 'it', not 'other'"):
        models.Odd.from_dict({"fixed": "other"}).validate()


CASES = {
    "implied": {**PETS, "discriminator": BY_KIND},
    "mapped": {
        "oneOf": PETS["oneOf"][::-1],
        "discriminator": {**BY_KIND, "mapping": {"c": ref("Cat")["$ref"], "d": ref("Dog")["$ref"]}},
    },
    "listed": {"oneOf": [kind("cat", claws=TEXT), kind("dog", bark=TEXT)]},
    "fixed": {
        "oneOf": [{"type": "object", "required": ["is"], "properties": {"is": {"const": each}}} for each in "cd"]
    },
    "needed": {"anyOf": [{"type": "object", "required": ["bark"], "properties": {"bark": TEXT}}, LIKE]},
    "typed": {"anyOf": [{"required": ["a"], "properties": {"a": kind}} for kind in ({"type": "integer"}, TEXT)]},
    "nullable": {"oneOf": [kind("cat"), kind("dog"), {"type": "null"}]},
    "listing": {"type": "array", "items": {**PETS, "discriminator": BY_KIND}},
}


def test_alternatives(make: Any) -> None:
    """An object is read as the alternative that it matches; an object that matches none stays a mapping."""
    document = described(Cat={"type": "object", "properties": {"claws": TEXT}}, Dog=LIKE)
    fields(**CASES)(document)
    thing = make(document)(".models").Thing
    values = [
        *[("implied", {"kind": name}) for name in ("Cat", "Dog", "Emu")],
        *[("mapped", {"kind": name}) for name in "cde"],
        *[("listed", {"kind": name}) for name in ("cat", "dog", "emu")],
        *[("fixed", {"is": name}) for name in "cd"],
        *[("needed", value) for value in ({"bark": "w"}, {})],
        *[("typed", {"a": value}) for value in (1, "1")],
        *[("nullable", value) for value in ({"kind": "dog"}, None)],
    ]
    read = [type(getattr(thing.from_dict({name: value}), name)).__name__ for name, value in values]
    listing = [type(each).__name__ for each in thing.from_dict({"listing": [{"kind": "Dog"}, {"kind": "Cat"}]}).listing]

    assert ["Cat", "Dog", "dict", "Cat", "Dog", "dict"] == read[:6]
    assert ["ThingListedType0", "ThingListedType1", "ThingListedType0"] == read[6:9]
    assert ["ThingFixedType0", "ThingFixedType1", "ThingNeededType0", "ThingNeededType1"] == read[9:13]
    assert ["ThingTypedType0", "ThingTypedType1", "ThingNullableType1", "NoneType"] == read[13:]
    assert ["Dog", "Cat"] == listing
    with pytest.raises(ValueError, match=r"Thing\.implied\.kind: expected one of Cat, Dog"):
        thing.from_dict({"implied": {"kind": "Emu"}}).validate()
