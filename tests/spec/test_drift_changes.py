"""Single changes of a vendor's document, at every place of it, also below what is known: each is seen once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from causerie_spec import seen
from causerie_spec.drift import Comparison, Known, compare
from causerie_spec.inventory import Item

Document = dict[str, Any]

TEXT = {"type": "string"}


def answer(schema: Any) -> Document:
    """Return a body of JSON."""
    return {"description": "x", "content": {"application/json": {"schema": schema}}}


def document(schemas: Document, notes: Any, page: str, variable: str) -> Document:
    """Return a document in the words of one side."""
    user = {"$ref": "#/components/schemas/User"}
    path = {"name": variable, "in": "path", "required": True, "schema": TEXT}
    query = {"name": "page", "in": "query", "schema": {"type": page}}
    kind = {"name": "kind", "in": "query", "schema": TEXT}
    other = {"description": "x", "headers": {"X-Rate": {"schema": TEXT}}}
    return {
        "openapi": "3.0.3",
        "servers": [{"url": "https://api.example.com"}],
        "security": [{"Key": []}],
        "paths": {
            "/users": {
                "get": {"parameters": [query, kind], "responses": {"200": answer(user), "404": other}},
                "post": {"requestBody": answer(user), "responses": {"201": answer(user)}},
            },
            f"/users/{{{variable}}}/notes": {"get": {"parameters": [path], "responses": {"200": answer(notes)}}},
        },
        "components": {
            "securitySchemes": {"Key": {"type": "apiKey", "in": "header", "name": "X-Key"}},
            "schemas": schemas,
        },
    }


def things(**properties: Any) -> Document:
    """Return an object."""
    return {"type": "object", "properties": properties}


NOTE = things(text=TEXT)
OURS = document(
    {"User": things(name=TEXT, age={"type": "integer"}, settings={}, role=things(label=TEXT), old=TEXT), "Note": NOTE},
    {"type": "array", "items": {"$ref": "#/components/schemas/Note"}},
    "integer",
    "userId",
)
THEIRS = document(
    {
        "User": things(
            name=TEXT,
            age={"type": "number"},
            settings={"$ref": "#/components/schemas/Settings"},
            role={
                "oneOf": [
                    {"$ref": "#/components/schemas/Admin"},
                    {"$ref": "#/components/schemas/Guest"},
                    things(bot=TEXT),
                ]
            },
            extra=things(deep=things(deeper=TEXT)),
        ),
        "Settings": things(theme=TEXT, links={"type": "array", "items": things(url=TEXT)}),
        "Admin": things(right=TEXT, boss={"$ref": "#/components/schemas/Admin"}),
        "Guest": things(until=TEXT),
        "Page": things(total=TEXT, more={"type": "object", "additionalProperties": TEXT}),
    },
    {"$ref": "#/components/schemas/Page"},
    "number",
    "id",
)

#: Its copies share nothing.
THEIRS_TEXT = json.dumps(THEIRS)

#: Objects of theirs, and where they are in ours.
OBJECTS = {
    ("User",): "User",
    ("User", "properties", "extra"): "User.extra",
    ("User", "properties", "extra", "properties", "deep"): "User.extra.deep",
    ("Settings",): "User.settings",
    ("Settings", "properties", "links", "items"): "User.settings.links[]",
    ("Admin",): "User.role<Admin>",
    ("Guest",): "User.role<Guest>",
    ("Page",): "GET /users/{userId}/notes 200",
}
#: Texts of theirs, below each of the differences and beside them.
TEXTS = {
    ("User", "properties", "name"): "User.name",
    ("User", "properties", "extra", "properties", "deep", "properties", "deeper"): "User.extra.deep.deeper",
    ("Settings", "properties", "theme"): "User.settings.theme",
    ("Settings", "properties", "links", "items", "properties", "url"): "User.settings.links[].url",
    ("Admin", "properties", "right"): "User.role<Admin>.right",
    ("Guest", "properties", "until"): "User.role<Guest>.until",
    ("Page", "properties", "total"): "GET /users/{userId}/notes 200.total",
    ("Page", "properties", "more", "additionalProperties"): "GET /users/{userId}/notes 200.more.*",
}
KEYWORDS: dict[str, Any] = {
    "type": "boolean",
    "enum": ["a"],
    "format": "email",
    "pattern": "^a",
    "minLength": 1,
    "maxLength": 9,
    "default": "a",
    "nullable": True,
    "readOnly": True,
    "writeOnly": True,
    "not": {"const": "a"},
    "multipleOf": 2,
    "minimum": 1,
    "maximum": 2,
    "contentEncoding": "base64",
}

KNOWN = (Known("known", where="User.*"), Known("known", where="GET *"))


def node(theirs: Document, place: tuple[str, ...]) -> Any:
    """Return what stands at `place` of the schemas."""
    found = theirs["components"]["schemas"]
    for each in place:
        found = found[each]
    return found


def compared(theirs: Document) -> Comparison:
    """Compare with what has been seen of THEIRS."""
    return compare("raia", OURS, theirs, KNOWN, (), BEFORE)


def told(found: Comparison) -> list[str]:
    """Where something is new, or gone."""
    return [each.first.where for each in found.new] + [text.partition(": ")[0] for text in found.gone]


@pytest.fixture(scope="module", autouse=True)
def _before(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Write and read what is seen."""
    file = tmp_path_factory.mktemp("seen") / "raia.seen.yaml"
    file.write_text(seen.write(compare("raia", OURS, THEIRS, KNOWN).seen), encoding="utf-8")
    BEFORE.update(seen.read("raia", file) or {})


BEFORE: seen.Seen = {}


def test_nothing_changes() -> None:
    """All differences are known, and nothing is told of the same document, or of other words."""
    theirs = json.loads(THEIRS_TEXT)
    for place in (*OBJECTS, *TEXTS):
        node(theirs, place).update(description="x", title="Zed", example=1, deprecated=True)
    body = theirs["paths"]["/users"]["post"]["requestBody"]
    body["content"] = {"application/json; charset=utf-8": body["content"]["application/json"]}

    assert 10 == len(BEFORE)
    assert [] == told(compared(json.loads(THEIRS_TEXT)))
    assert [] == told(compared(theirs))


@pytest.mark.parametrize("keyword", KEYWORDS)
@pytest.mark.parametrize("place", TEXTS)
def test_values(place: tuple[str, ...], keyword: str) -> None:
    """What is said of a value is seen once, where it is; and again when it is not said any more."""
    theirs = json.loads(THEIRS_TEXT)
    node(theirs, place)[keyword] = KEYWORDS[keyword]
    everything = (Known("known"),)
    back = {seen.line(each): _tree(each) for each in compare("raia", OURS, theirs, everything).seen}

    assert [TEXTS[place]] == told(compared(theirs))
    assert [TEXTS[place]] == told(compare("raia", OURS, THEIRS, everything, (), back))


def _tree(item: Item) -> seen.Seen:
    return {seen.line(each): _tree(each) for each in item.below}


@pytest.mark.parametrize("place", OBJECTS)
def test_fields(place: tuple[str, ...]) -> None:
    """A field more, with fields of its own; a field less; a required one; a closed object; a map."""
    for edit, where in _edits(place):
        theirs = json.loads(THEIRS_TEXT)
        edit(node(theirs, place))

        assert [OBJECTS[place] + where] == told(compared(theirs))


def _edits(place: tuple[str, ...]) -> Iterator[tuple[Callable[[Any], Any], str]]:
    name = next(iter(node(THEIRS, place)["properties"]))
    yield lambda schema: schema["properties"].update(new=things(a={**TEXT, "format": "uuid"})), ".new"
    yield lambda schema: schema["properties"].pop(name), f".{name}"
    yield lambda schema: schema.update(required=[name]), f".{name}"
    yield lambda schema: schema.update(additionalProperties=False), ""
    yield lambda schema: schema.update(additionalProperties={"type": "integer"}), ".*"
    yield lambda schema: schema.update(minProperties=1), ""


GET = "GET /users"
NOTES = "/users/{id}/notes"
OPERATIONS: dict[str, tuple[Callable[[Any], Any], str]] = {
    "parameter": (lambda get: get["parameters"].append({"name": "q", "in": "query", "schema": TEXT}), f"{GET} query q"),
    "header sent": (
        lambda get: get["parameters"].append({"name": "q", "in": "header", "required": True, "schema": TEXT}),
        f"{GET} header q",
    ),
    "parameter gone": (lambda get: get["parameters"].pop(), f"{GET} query kind"),
    "known parameter gone": (lambda get: get["parameters"].pop(0), f"{GET} query page"),
    "parameter required": (lambda get: get["parameters"][0].update(required=True), f"{GET} query page"),
    "parameter bound": (lambda get: get["parameters"][0]["schema"].update(maximum=9), f"{GET} query page"),
    "style": (lambda get: get["parameters"][1].update(style="pipeDelimited"), f"{GET} query kind"),
    "status": (lambda get: get["responses"].update({"418": answer(NOTE)}), f"{GET} 418"),
    "status gone": (lambda get: get["responses"].pop("404"), f"{GET} 404"),
    "success gone": (lambda get: get["responses"].pop("200"), f"{GET} 200"),
    "header": (
        lambda get: get["responses"]["200"].update(headers={"X-Next": {"schema": TEXT}}),
        f"{GET} 200 header x-next",
    ),
    "header gone": (lambda get: get["responses"]["404"].pop("headers"), f"{GET} 404 header x-rate"),
    "header type": (
        lambda get: get["responses"]["404"]["headers"]["X-Rate"].update(schema={"type": "integer"}),
        f"{GET} 404 header x-rate",
    ),
    "media type": (
        lambda get: get["responses"]["200"]["content"].update({"text/csv": {"schema": TEXT}}),
        f"{GET} 200",
    ),
    "body": (lambda get: get.update(requestBody=answer(NOTE)), f"{GET} body"),
    "security": (lambda get: get.update(security=[]), GET),
    "server": (lambda get: get.update(servers=[{"url": "https://files.example.com"}]), GET),
}


@pytest.mark.parametrize("name", OPERATIONS)
def test_operations(name: str) -> None:
    """A change of one operation is seen once, where it is."""
    theirs = json.loads(THEIRS_TEXT)
    edit, where = OPERATIONS[name]
    edit(theirs["paths"]["/users"]["get"])

    assert [where.lower() if "header" in name and "sent" not in name else where] == [
        each.lower() if "header" in name and "sent" not in name else each for each in told(compared(theirs))
    ]


DOCUMENTS: dict[str, tuple[Callable[[Any], Any], str]] = {
    "server": (lambda theirs: theirs["servers"][0].update(url="https://new.example.com"), "servers"),
    "scheme": (lambda theirs: theirs["components"]["securitySchemes"]["Key"].update(name="X-New"), "scheme Key"),
    "new operation": (lambda theirs: theirs["paths"].update({"/teams": {"get": {}}}), "GET /teams"),
    "operation gone": (lambda theirs: theirs["paths"]["/users"].pop("get"), GET),
    "known operation gone": (lambda theirs: theirs["paths"].pop(NOTES), "GET /users/{userId}/notes"),
    "body gone": (lambda theirs: theirs["paths"]["/users"]["post"].pop("requestBody"), "POST /users body"),
    "body required": (
        lambda theirs: theirs["paths"]["/users"]["post"]["requestBody"].update(required=True),
        "POST /users body",
    ),
    "prefix": (lambda theirs: theirs.update(paths={f"/v2{path}": item for path, item in theirs["paths"].items()}), "/"),
    "variant gone": (
        lambda theirs: theirs["components"]["schemas"]["User"]["properties"]["role"]["oneOf"].pop(),
        "User.role",
    ),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents(name: str) -> None:
    """A change of the document is seen once, however many operations it concerns."""
    theirs = json.loads(THEIRS_TEXT)
    edit, where = DOCUMENTS[name]
    edit(theirs)

    assert [where] == told(compared(theirs))


@pytest.mark.parametrize(
    "edit",
    [
        lambda each: each["responses"].update({"451": {"description": "x"}}),
        lambda each: each.setdefault("parameters", []).append({"name": "X", "in": "header", "schema": TEXT}),
        lambda each: each.update(security=[]),
        lambda each: next(iter(each["responses"].values())).update(headers={"X-Next": {"schema": TEXT}}),
    ],
)
def test_everywhere(edit: Callable[[Any], Any]) -> None:
    """The same change of all operations is seen once, with the other places."""
    theirs = json.loads(THEIRS_TEXT)
    for item in theirs["paths"].values():
        for each in item.values():
            edit(each)
    found = compared(theirs)

    assert (1, 2, 3) == (len(found.new), len(found.new[0].also), len(found.new[0].operations))
    assert () == found.gone


def test_one_schema_at_several_places() -> None:
    """A part of theirs that stands for two of ours is one cause, though one place has nothing to compare it with."""
    theirs = json.loads(THEIRS_TEXT)
    theirs["components"]["schemas"]["Page"]["properties"] = {"name": {"type": "integer"}}
    ours = json.loads(json.dumps(OURS))
    ours["components"]["schemas"] |= {"Page": things(name=TEXT), "Empty": things(other=TEXT)}
    ours["paths"]["/users/{userId}/notes"]["get"]["responses"]["200"] = answer({"$ref": "#/components/schemas/Page"})
    for document, name in ((ours, "Empty"), (theirs, "Page")):
        document["paths"]["/users"]["get"]["responses"]["200"] = answer({"$ref": f"#/components/schemas/{name}"})
    found = compare("raia", ours, theirs, KNOWN[:1])
    (value,) = [each for each in found.new if each.first.where == "Empty.name"]

    assert ("field", ("Page.name",)) == (value.first.aspect, value.also)
