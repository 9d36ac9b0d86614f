"""References: where a ``$ref`` may lead, and where it may not."""

from __future__ import annotations

from typing import Any

from .row import NUMBER, TEXT, Row, an_object, json_of, property_, ref

_ANSWER = {"description": "", "content": json_of(TEXT)}
_COMPONENTS: dict[str, Any] = {
    "schemas": {"Given": {**an_object("a", a=TEXT, k={**TEXT, "enum": ["x"]}), "$defs": {"Inner": NUMBER}}},
    "responses": {"Given": {**_ANSWER, "headers": {"X": {"schema": TEXT}}}},
    "parameters": {"Given": {"name": "a", "in": "query", "schema": TEXT}},
    "examples": {"Given": {"value": {}}},
    "requestBodies": {"Given": {"content": json_of(TEXT)}},
    "headers": {"Given": {"schema": TEXT}},
    "securitySchemes": {"Given": {"type": "http", "scheme": "bearer"}},
}
_OTHER = {"/other": {"get": {"operationId": "other", "responses": {"200": _ANSWER}}}}
_DOCUMENT = {"components": _COMPONENTS, "paths": _OTHER, "tags": [{"name": "things"}]}
_OPERATION = "#/paths/~1other/get"
_RESPONSE = f"{_OPERATION}/responses/200"
_MEDIA_TYPE = f"{_RESPONSE}/content/application~1json"
_PLACES: dict[str, tuple[str, Any]] = {
    "request body": ("/requestBody", lambda node: {"requestBody": node}),
    "response": ("/responses/200", lambda node: {"responses": {"200": node}}),
    "parameter": ("/parameters/0", lambda node: {"parameters": [node]}),
    "header": ("/responses/200/headers/X", lambda node: {"responses": {"200": {**_ANSWER, "headers": {"X": node}}}}),
    "schema": (
        "/responses/200/content/application~1json/schema",
        lambda node: {"responses": {"200": {"description": "", "content": json_of(node)}}},
    ),
}
"""Where a ``$ref`` to an object of a kind stands in an operation, and the operation with it."""


def component(section: str) -> str:
    """Return the place of a component."""
    return f"#/components/{section}/Given"


def astray(kind: str, target: str, found: str) -> Row:
    """Return a ``$ref`` in place of an object of a kind that leads to something else."""
    place, said = _PLACES[kind]
    operation = said({"$ref": target})
    text = f"the $ref to {target} leads to {found}"
    return Row(f"a {kind} by a reference to {target}", operation, document=_DOCUMENT, refused=(place, text))


def instead(kind: str, target: str, found: str) -> Row:
    """Return a ``$ref`` that leads to an object of another kind."""
    return astray(kind, target, f"{found}, where a {kind} is expected: name one in #/components/")


def taken(name: str, target: str, more: Any = None) -> Row:
    """Return an answer whose schema is described elsewhere: it is a text."""
    operation = _PLACES["schema"][1]({"$ref": target})
    answer = (200, "application/json", b'"x"')
    return Row(name, operation, document={**_DOCUMENT, **(more or {})}, client="", answer=answer, parsed="'x'")


_ELSEWHERE = {
    "x-more": {
        "Text": TEXT,
        "Again": {"$ref": "#/x-more/Text"},
        "List": [TEXT],
        "Odd": {"properties": 3},
        "Lost": {"items": ref("Lost")},
    }
}

ROWS: list[Row] = [
    instead("request body", component("schemas"), "a schema"),
    instead("request body", component("responses"), "a response"),
    instead("response", component("schemas"), "a schema"),
    instead("response", component("parameters"), "a parameter"),
    instead("response", component("requestBodies"), "a request body"),
    instead("parameter", component("schemas"), "a schema"),
    instead("parameter", component("headers"), "a header"),
    instead("parameter", component("responses"), "a response"),
    astray("parameter", "#/tags/0", "no parameter: name one in #/components/parameters, or describe it here"),
    instead("header", component("responses"), "a response"),
    instead("header", component("examples"), "an example"),
    instead("header", component("parameters"), "a parameter"),
    instead("schema", component("responses"), "a response"),
    instead("schema", component("examples"), "an example"),
    instead("schema", component("headers"), "a header"),
    instead("schema", _MEDIA_TYPE, "a media type"),
    instead("schema", f"{_RESPONSE}/content", "all that is a media type"),
    instead("schema", "#/components/schemas", "all that is a schema"),
    instead("schema", f"{component('schemas')}/properties", "all that is a schema"),
    *[
        astray("schema", target, "no schema: name one in #/components/schemas, or describe it here")
        for target in (
            f"{component('schemas')}/properties/k/enum/0",
            f"{component('schemas')}/required",
            "#/info",
            "#/info/title",
        )
    ],
    *[
        Row(
            f"a path by a reference to {found}",
            document={**_DOCUMENT, "paths": {**_OTHER, "/more": {"$ref": target}}},
            refused=("#/paths/~1more", f"leads to {found}, where a path item is expected"),
        )
        for target, found in ((_OPERATION, "an operation"), (component("schemas"), "a schema"))
    ],
    Row(
        "a security scheme by a reference to something else",
        document={"components": {**_COMPONENTS, "securitySchemes": {"A": {"$ref": component("schemas")}}}},
        refused=("#/components/securitySchemes/A", "leads to a schema, where a security scheme is expected"),
    ),
    Row(
        "a security scheme by reference",
        document={
            "components": {
                **_COMPONENTS,
                "securitySchemes": {
                    "A": {"$ref": component("securitySchemes")},
                    "Given": _COMPONENTS["securitySchemes"]["Given"],
                },
            },
            "security": [{"A": []}],
        },
        client="a='secret'",
        sent=("authorization: Bearer secret",),
    ),
    Row(
        "a reference to a reference to something else",
        _PLACES["response"][1]({"$ref": "#/components/responses/A"}),
        document={"components": {**_COMPONENTS, "responses": {"A": {"$ref": component("schemas")}}}},
        refused=("#/components/responses/A", "leads to a schema, where a response is expected"),
    ),
    taken("a schema by a reference to a property", f"{component('schemas')}/properties/a", {}),
    taken("a schema by a reference into a path", f"{_MEDIA_TYPE}/schema"),
    taken("a schema by a reference to that of a header", f"{component('responses')}/headers/X/schema"),
    taken("a schema by a reference into an extension", "#/x-more/Text", _ELSEWHERE),
    taken("a schema by a reference to a reference in an extension", "#/x-more/Again", _ELSEWHERE),
    Row(
        "a schema by a reference to what is no object in an extension",
        _PLACES["schema"][1]({"$ref": "#/x-more/List"}),
        document=_ELSEWHERE,
        refused=(_PLACES["schema"][0], "the $ref to #/x-more/List leads to no schema"),
    ),
    *[
        Row(
            f"a reference to something that is not a schema in an extension, OpenAPI {version}",
            _PLACES["schema"][1]({"$ref": "#/x-more/Odd"}),
            document={**_ELSEWHERE, "openapi": version},
            refused=("#/x-more/Odd/properties", 'is not of type "object": write a value of that type'),
        )
        for version in ("3.0.3", "3.1.0")
    ],
    *[
        Row(
            f"a {kind} by a reference into an extension",
            said({"$ref": "#/x-more/Text"}),
            document=_ELSEWHERE,
            refused=(place, "the $ref to #/x-more/Text leads to an extension: move it to #/components/"),
        )
        for kind, (place, said) in _PLACES.items()
        if kind != "schema"
    ],
    property_(
        "a reference into an extension, OpenAPI 3.0",
        {"$ref": "#/x-more/Again"},
        "x",
        document={**_ELSEWHERE, "openapi": "3.0.3"},
    ),
    Row(
        "a reference in an extension that leads nowhere",
        _PLACES["schema"][1]({"$ref": "#/x-more/Lost"}),
        document=_ELSEWHERE,
        refused=("#/x-more/Lost/items", "the $ref to #/components/schemas/Lost leads nowhere"),
    ),
    property_(
        "a reference to a definition in a component",
        {"$ref": f"{component('schemas')}/$defs/Inner"},
        1,
        client="",
        document=_DOCUMENT,
    ),
    property_(
        "a reference to a property",
        {"$ref": "#/components/schemas/ReferenceHolder/properties/held"},
        "x",
        wrong=(1,),
        schemas={"ReferenceHolder": an_object(held=TEXT)},
    ),
    property_(
        "a reference to a property that may be anything",
        {"$ref": "#/components/schemas/Any/properties/a"},
        1,
        "x",
        schemas={"Any": an_object(a=True)},
        document={},
    ),
    property_(
        "a reference to a component that may be anything", ref("Any"), 1, "x", schemas={"Any": True}, document={}
    ),
]
