"""What stands around the operations: security, servers, names, versions, extensions."""

from __future__ import annotations

import inspect
from typing import Any

import httpx

from .row import NUMBER, TEXT, Row, an_object, json_of, property_, ref

_KEY = {"type": "apiKey", "in": "header", "name": "X-Key"}
_BEARER = {"type": "http", "scheme": "bearer"}
_FLOWS = {"clientCredentials": {"tokenUrl": "https://example.com/token", "scopes": {}}}
_P = {"name": "p", "in": "path", "required": True, "schema": TEXT}
_SCHEMES = "#/components/securitySchemes"


def security(name: str, client: str, *sent: str, refused: Any = None, **schemes: Any) -> Row:
    """Return credentials, of which ``client`` is given some."""
    given = {"Key": None, **schemes}
    document = {"components": {"securitySchemes": given}, "security": [{each: []} for each in schemes]}
    return Row(f"security: {name}", document=document, client=client, sent=sent, refused=refused)


def swagger(name: str, place: str, text: str, **operation: Any) -> Row:
    """Return an operation in words of Swagger 2."""
    return Row(f"Swagger 2: {name}", operation, refused=(place, text))


_SCHEMA = "/requestBody/content/application~1json/schema"


def old(name: str, place: str, text: str, **operation: Any) -> Row:
    """Return an operation of a document in OpenAPI 3.0 that does not have its shape."""
    return Row(f"3.0: {name}", operation, document={"openapi": "3.0.3"}, refused=(place, text))


def old_schema(name: str, schema: Any, place: str, text: str) -> Row:
    """Return the schema of a body in OpenAPI 3.0 that does not have its shape."""
    return old(name, f"{_SCHEMA}{place}", text, requestBody={"content": json_of(schema)})


_CHOICE = {"oneOf": [an_object(a=TEXT), an_object(b=TEXT)]}
_ODD = {"responses": {"200": {"description": "", "content": json_of(_CHOICE)}}}
_LINKS = {"odd": {"operationId": "row0"}}
_BODY = "requestBody/content/application~1json/schema"
OTHER = {"url": "https://other.example.com"}


def servers(name: str, *said: Any, refused: Any = None) -> Row:
    """Return a row of servers."""
    return Row(f"servers: {name}", document={"servers": [*said]}, sent=("POST /row0",), refused=refused)


def named(name: str, **more: Any) -> Row:
    """Return a component of this name, in a body and an answer."""
    content = json_of(ref(name))
    operation = {
        "requestBody": {"required": True, "content": content},
        "responses": {"200": {"description": "", "content": content}},
    }
    schemas = {name: an_object("x", x=TEXT)}
    return Row(
        f"a component named {name}",
        operation,
        schemas,
        arguments="body=m.{}(x='a')",
        sent=('{"x":"a"}',),
        answer=(200, "application/json", b'{"x":"b"}'),
        **more,
    )


def component(name: str, python: str) -> Row:
    """Return a component and its class."""
    row = named(name, parsed=f"m.{python}(x='b')", document={})
    return Row(
        row.name,
        row.operation,
        row.schemas,
        arguments=row.arguments.format(python),
        sent=row.sent,
        answer=row.answer,
        parsed=row.parsed,
        document={},
    )


def fields(*names: tuple[str, str]) -> list[Row]:
    """Return properties by name, and their attributes."""
    return [
        Row(
            f"a property named {name}",
            {"requestBody": {"required": True, "content": json_of(an_object(**{name: TEXT}))}},
            arguments=f"body=m.Row{{n}}Body({python}='a')",
            sent=('"a"}',) if name.isascii() else (name,),
        )
        for name, python in names
    ]


_LONG = "a" * 300
_NESTED: dict[str, Any] = an_object(a=TEXT)
for _ in range(20):
    _NESTED = an_object(abcdefghijklm=_NESTED)


def too_long(name: str, place: str, text: str, operation: Any = None, **more: Any) -> Row:
    """Return a name that is too long for a file."""
    return Row(f"a name of hundreds of bytes: {name}", operation or {}, document={}, refused=(place, text), **more)


ROWS: list[Row] = [
    # Security.
    security("a key in a header", "'secret'", "x-key: secret", A=_KEY),
    security(
        "a key in a header with a prefix",
        "'secret'",
        "x-key: Token secret",
        A={**_KEY, "x-credential-prefix": "Token "},
    ),
    security("bearer", "'secret'", "authorization: Bearer secret", A=_BEARER),
    security(
        "bearer, written otherwise",
        "'secret'",
        "authorization: Bearer secret",
        A={"type": "http", "scheme": "Bearer", "bearerFormat": "JWT"},
    ),
    security(
        "a key in a query", "key='secret'", "?api_key=secret", key={"type": "apiKey", "in": "query", "name": "api_key"}
    ),
    security(
        "a key in a cookie", "key='a b'", "cookie: sid=a%20b", key={"type": "apiKey", "in": "cookie", "name": "sid"}
    ),
    security(
        "basic",
        "login=('user', 'pass')",
        "authorization: Basic dXNlcjpwYXNz",
        login={"type": "http", "scheme": "basic"},
    ),
    security("a token of OAuth", "'secret'", "authorization: Bearer secret", A={"type": "oauth2", "flows": _FLOWS}),
    security("OAuth, with tokens that the client gets", "", "POST /row0", A={"type": "oauth2", "flows": _FLOWS}),
    security(
        "OpenID Connect",
        "'secret'",
        "authorization: Bearer secret",
        A={"type": "openIdConnect", "openIdConnectUrl": "https://example.com"},
    ),
    security("none", "", "POST /row0"),
    security("one of two, the first", "token='secret'", "authorization: Bearer secret", token=_BEARER, api_key=_KEY),
    security("one of two, the second", "api_key='secret'", "x-key: secret", token=_BEARER, api_key=_KEY),
    security(
        "two together",
        "api_key='a', api_secret='b'",
        "x-key: a",
        "x-secret: b",
        api_key=_KEY,
        api_secret={**_KEY, "name": "X-Secret"},
    ),
    security("two, neither given", "", "POST /row0", token=_BEARER, api_key=_KEY),
    security(
        "a name that the client has",
        "base_url_='a', timeout_='b'",
        "x-key: a",
        "x-b: b",
        base_url=_KEY,
        timeout={**_KEY, "name": "X-B"},
    ),
    security(
        "digest",
        "",
        refused=(f"{_SCHEMES}/A", "http digest is not supported: leave it out"),
        A={"type": "http", "scheme": "digest"},
    ),
    security(
        "mutual TLS",
        "",
        refused=(f"{_SCHEMES}/A", "mutualTLS is not supported: leave it out, and give httpx"),
        A={"type": "mutualTLS"},
    ),
    *[
        security(
            f"one called {name}, beside another",
            f"{name}_='a', a_key='b'",
            "x-key: b",
            "x-other: a",
            aKey=_KEY,
            **{name: {**_KEY, "name": "X-Other"}},
        )
        for name in ("httpx_args", "credentials", *inspect.signature(httpx.Client).parameters)
    ],
    security(
        "two, one of which is called as the other becomes",
        "",
        refused=(f"{_SCHEMES}/transport_", "transport_ and transport give the same name: rename one"),
        transport=_KEY,
        transport_=_BEARER,
    ),
    security(
        "two that give one name",
        "",
        refused=(f"{_SCHEMES}/a_key", "a_key and aKey give the same name: rename one"),
        aKey=_KEY,
        a_key=_BEARER,
    ),
    security("a scheme without a kind", "", refused=(f"{_SCHEMES}/A", ""), A={"type": "http"}),
    security(
        "a key in a header of a name that none can have",
        "",
        refused=(f"{_SCHEMES}/A", "no header can be called 'X A': spell it without spaces"),
        A={"type": "apiKey", "in": "header", "name": "X A"},
    ),
    Row(
        "security: a scheme that is not described",
        {},
        document={"security": [{"Nowhere": []}]},
        refused=("#/security/0", "no security scheme is called Nowhere: describe it in components, or leave it out"),
    ),
    Row(
        "security: a scheme that is not described, of an operation",
        {"security": [{}, {"Key": [], "Nowhere": []}]},
        refused=("/security/1", "no security scheme is called Nowhere"),
    ),
    Row("security: none for one operation", {"security": []}, sent=("POST ",)),
    Row("security: optional", {"security": [{}, {"Key": []}]}, sent=("POST ",)),
    Row("security: no security at all", document={"security": None}, sent=("POST ",)),
    Row("security: no components at all", document={"security": None, "components": None}, client="", sent=("POST ",)),
    # Servers.
    servers("one", {"url": "https://example.com/v1"}),
    servers("two", {"url": "https://eu.example.com"}, {"url": "https://us.example.com", "description": "US"}),
    servers(
        "with a variable",
        {"url": "https://{region}.example.com", "variables": {"region": {"default": "eu", "enum": ["eu", "us"]}}},
    ),
    servers("that are a variable", {"url": "{base}", "variables": {"base": {"default": "https://example.com"}}}),
    servers(
        "with a variable that is not described",
        {"url": "https://{region}.example.com"},
        refused=("#/servers/0", "has variables without a default: region: name one"),
    ),
    servers("a path on the host", {"url": "/v1"}),
    servers("a path on the host, of several", {"url": "/v1"}, {"url": "/"}),
    *[
        servers(
            f"relative, {url}", {"url": url}, refused=("#/servers/0", f"'{url}' depends on where the document lies")
        )
        for url in ("v1", "./v1", "../v1", "//example.com/v1")
    ],
    *[
        Row(
            f"servers: relative, {url}, of a document from {source}",
            document={"servers": [{"url": url, "variables": {"base": {"default": "v3"}}}]},
            url=source,
            arguments="",
            sent=(sent,),
            base_url="SERVERS[0]",
        )
        for url, source, sent in (
            ("//api.example.com/v1", "http://example.com/a/openapi.json", "host: api.example.com"),
            ("//api.example.com/v1", "http://example.com/a/openapi.json", "POST /v1/row0"),
            ("v1", "https://example.com/a/openapi.json", "POST /a/v1/row0"),
            ("../v1", "https://example.com/a/b/openapi.json", "POST /a/v1/row0"),
            ("/v1", "https://example.com/a/openapi.json", "host: example.com"),
            ("{base}/x", "https://example.com/a/openapi.json", "POST /a/v3/x/row0"),
            ("https://other.example.com", "https://example.com/a/openapi.json", "host: other.example.com"),
        )
    ],
    Row(
        "servers: none, of a document from a URL",
        document={"servers": None},
        url="https://example.com/a/b.json",
        base_url="SERVERS[0]",
        sent=("POST /row0", "host: example.com"),
    ),
    Row(
        "servers: of an operation, relative, of a document from a URL",
        {"servers": [{"url": "//other.example.com/v2"}]},
        document={"servers": [{"url": "/v1"}]},
        url="https://example.com/a/b.json",
        base_url="SERVERS[0]",
        sent=("POST /v2/row0", "host: other.example.com"),
    ),
    *[
        servers(f"with {name}", {"url": url}, refused=("#/servers/0", "behind which no path can stand: leave that out"))
        for name, url in (("a query", "https://example.com/v1?a=b"), ("a fragment", "https://example.com/v1#a"))
    ],
    *[
        servers(f"{url!r}", {"url": url}, refused=("#/servers/0", f"{url!r} is no URL of HTTP: begin it with https://"))
        for url in ("wss://example.com", "localhost:8080", "https:example.com", "https:///v1", "ftp://example.com")
    ],
    servers(
        "a WebSocket, by a variable",
        {"url": "{scheme}://example.com", "variables": {"scheme": {"default": "wss"}}},
        refused=("#/servers/0", "'wss://example.com' is no URL of HTTP"),
    ),
    servers(
        "relative, by a variable",
        {"url": "{base}", "variables": {"base": {"default": "v1"}}},
        refused=("#/servers/0", "'v1' depends on where the document lies"),
    ),
    *[
        servers(f"with spaces around, {url!r}", {"url": url}, refused=("#/servers/0", "has spaces around it: leave"))
        for url in (" https://example.com", "https://example.com\n")
    ],
    Row(
        "servers: in capitals",
        document={"servers": [{"url": "HTTPS://Example.COM/V1"}]},
        base_url="SERVERS[0]",
        sent=("POST /V1/row0", "host: example.com"),
    ),
    servers("none"),
    Row("servers: no list of them", document={"servers": None}, sent=("POST /row0",)),
    Row(
        "servers: of an operation alone",
        {"servers": [OTHER]},
        document={"servers": None},
        refused=("/servers/0", "the document has no server, in whose place this one would stand: name one"),
    ),
    Row("servers: of an operation", {"servers": [OTHER]}, sent=("host: other.example.com",)),
    Row("servers: of a path", document={"paths": {"/row0": {"servers": [OTHER]}}}, sent=("host: other.example.com",)),
    Row(
        "servers: of an operation and its path",
        {"servers": [OTHER]},
        document={"paths": {"/row0": {"servers": [{"url": "https://path.example.com"}]}}},
        sent=("host: other.example.com",),
    ),
    Row(
        "servers: of an operation, with a path",
        {"servers": [{"url": "https://example.com/v2/"}]},
        sent=("POST /v2/row",),
    ),
    Row(
        "servers: of an operation, with a variable",
        {"servers": [{"url": "https://{name}.example.com", "variables": {"name": {"default": "other"}}}]},
        sent=("host: other.example.com",),
    ),
    Row(
        "servers: of an operation, one for each of the document's",
        {"servers": [{"url": "https://eu.example.com"}, OTHER]},
        document={"servers": [{"url": "https://us.example.com"}, {"url": "https://example.com"}]},
        sent=("host: other.example.com",),
    ),
    Row(
        "servers: of an operation, of another number than the document's",
        {"servers": [OTHER]},
        document={"servers": [{"url": "https://us.example.com"}, {"url": "https://example.com/"}]},
        sent=("host: other.example.com",),
    ),
    Row("servers: of an operation, an empty list", {"servers": []}, sent=("host: example.com",)),
    Row(
        "servers: of an operation, where the client has a server that the document lacks",
        {"servers": [OTHER]},
        document={"servers": [{"url": "https://us.example.com"}]},
        sent=("host: example.com",),
    ),
    Row(
        "servers: of an operation, with a variable that is not described",
        {"servers": [{"url": "https://{region}.example.com"}]},
        refused=("/servers/0", "has variables without a default: region: name one"),
    ),
    Row(
        "servers: of a path, relative",
        document={"paths": {"/row0": {"servers": [{"url": "v1"}]}}},
        refused=("#/paths/~1row0/servers/0", "'v1' depends on where the document lies: say that with --url"),
    ),
    Row(
        "servers: of a path, on the same host",
        document={"paths": {"/row0": {"servers": [{"url": "/v2/"}]}}},
        sent=("POST /v2/row0", "host: example.com"),
    ),
    Row(
        "servers: of an operation, beside a path on the host",
        {"servers": [OTHER]},
        document={"servers": [{"url": "/v1"}]},
        refused=("/servers/0", "the document's own server is a path, so that nobody knows its host"),
    ),
    # Components.
    *[
        property_(
            f"components called {' and '.join(names)}",
            an_object(**{name: ref(name) for name in names}),
            {name: {name: "x"} for name in names},
            schemas={name: an_object(**{name: TEXT}) for name in names},
            document={},
        )
        for names in (("Model", "ModelModel"), ("AnyModel", "Any"), ("File", "FileModel", "FileModelModel"))
    ],
    *[
        component(name, python)
        for name, python in (
            ("Thing", "Thing"),
            ("thing", "Thing"),
            ("thing_of_mine", "ThingOfMine"),
            ("thing-of-mine", "ThingOfMine"),
            ("things.v1.Thing", "ThingsV1Thing"),
            ("HTTPThing", "HTTPThing"),
            ("Thing2", "Thing2"),
            ("2Things", "Field2Things"),
            ("Any", "AnyModel"),
            ("Model", "ModelModel"),
            ("Unset", "UnsetModel"),
            ("Required", "RequiredModel"),
            ("TypedDict", "TypedDictModel"),
            ("Request", "RequestModel"),
            ("Decoder", "DecoderModel"),
            ("Literal", "LiteralModel"),
            ("Mapping", "MappingModel"),
            ("Final", "FinalModel"),
            ("File", "FileModel"),
            ("UNSET", "UNSETModel"),
            ("Response", "Response"),
            ("Client", "Client"),
            ("Schema", "Schema"),
            ("Models", "Models"),
            ("Field", "Field"),
            ("Enum", "Enum"),
            ("List", "List"),
            ("Dict", "Dict"),
            ("Object", "Object"),
            ("Type", "Type"),
            ("None", "None_"),
            ("True", "True_"),
            ("Exception", "Exception_"),
            ("ValueError", "ValueError_"),
            ("Datetime", "Datetime"),
            ("Import", "Import"),
            ("Class", "Class"),
            ("Self", "Self"),
            ("Error", "Error"),
            ("Union", "Union"),
            ("Optional", "Optional"),
        )
    ],
    Row(
        "two components that give one class",
        {},
        {"Foo_Bar": an_object(a=TEXT), "FooBar": an_object(a=TEXT)},
        document={},
        refused=("#/components/schemas/FooBar", "FooBar and Foo_Bar give the same class FooBar: rename one"),
    ),
    Row(
        "two components that differ in case",
        {},
        {"thing": an_object(a=TEXT), "Thing": an_object(a=TEXT)},
        document={},
        refused=("#/components/schemas/Thing", "Thing and thing give the same class Thing: rename one"),
    ),
    Row(
        "a component named like an inline object",
        {"requestBody": {"required": True, "content": json_of(ref("Outer"))}},
        {"Outer": an_object(inner=an_object(a=TEXT), other=ref("OuterInner")), "OuterInner": an_object(b=TEXT)},
        arguments="body=m.Outer(inner=m.OuterInner2(a='x'), other=m.OuterInner(b='y'))",
        sent=('{"inner":{"a":"x"},"other":{"b":"y"}}',),
        document={},
    ),
    Row("a component that is not used", {}, {"Lonely": an_object(a=TEXT)}, document={}, sent=("POST ",)),
    Row(
        "a title that another component has",
        {"requestBody": {"required": True, "content": json_of(ref("Titled"))}},
        {"Titled": {**an_object(a=TEXT), "title": "Other"}, "Other": {**an_object(b=TEXT), "title": "Titled"}},
        arguments="body=m.Titled(a='x')",
        sent=('{"a":"x"}',),
        document={},
    ),
    # Properties.
    *fields(
        ("userId", "user_id"),
        ("user-id", "user_id"),
        ("user.id", "user_id"),
        ("user id", "user_id"),
        ("USER_ID", "user_id"),
        ("id", "id"),
        ("_id", "field_id"),
        ("__v", "field_v"),
        ("@type", "type_"),
        ("$ref2", "ref2"),
        ("#", "field_"),
        ("1st", "field_1st"),
        ("class", "class_"),
        ("cls", "cls"),
        ("self", "self_"),
        ("from", "from_"),
        ("None", "none"),
        ("model", "model"),
        ("validate", "validate_"),
        ("to_dict", "to_dict_"),
        ("from_json", "from_json_"),
        ("keys", "keys_"),
        ("of", "of_"),
        ("schema", "schema_"),
        ("field", "field_"),
        ("models", "models_"),
        ("moment", "moment_"),
        ("additional_properties", "additional_properties_"),
        ("Any", "any_"),
        ("Unset", "unset"),
        ("datetime", "datetime_"),
        ("type", "type_"),
        ("list", "list_"),
        ("properties", "properties"),
        ("items", "items"),
        ("enum", "enum"),
        ("required", "required"),
        ("größe", "größe"),
        ("名前", "名前"),
        ("_raw", "field_raw"),
        ("_fields", "field_fields"),
        ("__class__", "field_class_"),
        ("print", "print_"),
        ("match", "match"),
        ("async", "async_"),
        ("body", "body"),
        ("raw", "raw"),
        ("x-y", "x_y"),
    ),
    Row(
        "two properties that give one name",
        {},
        {"Twice": an_object(userId=TEXT, user_id=TEXT)},
        document={},
        refused=("#/components/schemas/Twice", "user_id and userId give the same name user_id: say with x-python-name"),
    ),
    *[
        Row(
            f"{row}: {', '.join(names)}",
            {"requestBody": {"required": True, "content": json_of(ref(f"Alike{index}"))}},
            {f"Alike{index}": an_object(**{name: {**TEXT, **more} for name, more in names.items()})},
            arguments=f"body=m.Alike{index}({', '.join(f'{each}={each!r}' for each in attributes)})",
            sent=tuple(f'"{name}":"{each}"' for name, each in zip(names, attributes, strict=True)),
            document={},
        )
        for index, (row, names, attributes) in enumerate(
            (
                ("properties that differ in their signs", {"+1": {}, "-1": {}}, ("plus_1", "minus_1")),
                ("properties of one number", {"1": {}, "-1": {}}, ("field_1", "minus_1")),
                ("properties of the same letters", {"ab": {}, "a-b": {}}, ("ab", "a_b")),
                (
                    "properties of the same letters, named",
                    {"a-b": {}, "a b": {"x-python-name": "other"}},
                    ("a_b", "other"),
                ),
                (
                    "properties named like what stands for others",
                    {"+1": {}, "-1": {}, "plus1": {}, "minus1": {}},
                    ("plus_1", "minus_1", "plus1", "minus1"),
                ),
            )
        )
    ],
    Row(
        "properties of the same letters, in a part",
        {"requestBody": {"required": True, "content": json_of(ref("Votes"))}},
        {
            "Vote": an_object("-1", **{"+1": NUMBER, "-1": NUMBER}),
            "Votes": {"allOf": [ref("Vote"), an_object(heart=NUMBER)]},
        },
        arguments="body=m.Votes(plus_1=5, minus_1=3, heart=0)",
        sent=('"+1":5', '"-1":3', '"heart":0'),
        document={},
    ),
    Row(
        "x-python-name beside a reference",
        {"requestBody": {"required": True, "content": json_of(ref("Owned"))}},
        {
            "OwnedUser": an_object(a=TEXT),
            "Owned": an_object(userId=TEXT, user_id={**ref("OwnedUser"), "x-python-name": "owner"}),
        },
        arguments="body=m.Owned(user_id='x', owner=m.OwnedUser(a='y'))",
        sent=('"userId":"x"', '"user_id":{"a":"y"}'),
    ),
    Row(
        "two properties that give one name, told apart",
        {"requestBody": {"required": True, "content": json_of(ref("Apart"))}},
        {"Apart": an_object(userId=TEXT, user_id={**TEXT, "x-python-name": "other_id"})},
        arguments="body=m.Apart(user_id='a', other_id='b')",
        sent=('{"userId":"a","user_id":"b"}',),
    ),
    Row(
        "x-python-name of a property that is not a name",
        {},
        {"Bad": an_object(a={**TEXT, "x-python-name": "class"})},
        document={},
        refused=("#/components/schemas/Bad", "class is no name in Python: give another with x-python-name"),
    ),
    property_("x-unit seconds", {**NUMBER, "x-unit": "unix-seconds"}, 5),
    # Operations.
    *[
        Row(f"an operation with {method.upper()}", method=method, sent=(f"{method.upper()} ",))
        for method in ("get", "put", "post", "delete", "options", "head", "patch", "trace")
    ],
    *[
        Row(f"a summary like {text!r}", {"summary": text, "description": text}, sent=("POST ",))
        for text in ('"""', "\\", 'ends in "', "{x}", "{{ x }}", "{% x %}", "é\u2028\x07", "a" * 300)
    ],
    Row(
        "an operation without an operationId", {"operationId": None}, function="post_row0", document={}, sent=("POST ",)
    ),
    Row(
        "an operation without an operationId, called like another",
        {"operationId": None},
        document={
            "paths": {
                "/other": {
                    "get": {"operationId": "post_row0", "tags": ["things"], "responses": {"200": {"description": ""}}}
                }
            }
        },
        refused=("#/paths/~1other/get/operationId", ""),
    ),
    Row("an operationId that is no text", {"operationId": 5}, document={}, refused=("/operationId", "")),
    Row("an operation without tags", {"tags": []}, tag="default", sent=("POST ",)),
    Row("an operation with two tags", {"tags": ["things", "others"]}, sent=("POST ",)),
    *[
        Row(f"a tag named {tag!r}", {"tags": [tag]}, tag=python, sent=("POST ",))
        for tag, python in (
            ("My Things", "my_things"),
            ("things & more", "things_more"),
            ("Class", "class_"),
            ("v1.things", "v1_things"),
            ("Größe", "gr_öß_e"),
            ("2things", "tag2things"),
        )
    ],
    *[
        Row(f"an operationId {name!r}", {"operationId": name}, function=python, sent=("POST ",))
        for name, python in (
            ("getThing", "get_thing"),
            ("get-one", "get_one"),
            ("things.get", "things_get"),
            ("Things_Find", "things_find"),
            ("get two", "get_two"),
            ("things/three", "thingsthree"),
            ("import", "import_"),
            ("list", "list_"),
            ("1st", "field_1st"),
            ("größe", "größe"),
            ("request", "request"),
            ("__init__", "field_init"),
        )
    ],
    *[
        too_long(
            f"an operationId of {len(name)} letters",
            "/operationId",
            f"no file can be called {name}: rename it",
            {"operationId": name},
        )
        for name in (_LONG, "あ" * 100)
    ],
    too_long("a tag", "/tags/0", f"no folder can be called {_LONG}: rename the tag", {"tags": [_LONG]}),
    too_long("a path", "", ": give it an operationId", {"operationId": None}, path="/abcdef" * 50),
    too_long(
        "a component",
        f"#/components/schemas/{_LONG}",
        f"no file can be called {_LONG}: rename it",
        {"requestBody": {"content": json_of(ref(_LONG))}},
        schemas={_LONG: an_object(a=TEXT)},
    ),
    *[
        too_long(
            name,
            "#/components/schemas/Outer",
            ": make a component of it, which has a shorter name",
            {"requestBody": {"content": json_of(ref("Outer"))}},
            schemas={"Outer": schema},
        )
        for name, schema in (
            ("a property that is an object", an_object(**{_LONG: an_object(a=TEXT)})),
            ("a property that has values", an_object(**{_LONG: {**TEXT, "enum": ["a", "b"]}})),
            ("objects in objects", _NESTED),
        )
    ],
    too_long(
        "objects in objects of a body",
        "",
        ": make a component of it, which has a shorter name",
        {"requestBody": {"content": json_of(_NESTED)}},
    ),
    Row(
        "a name of hundreds of bytes: a property that is a text",
        {"requestBody": {"content": json_of(an_object(**{_LONG: TEXT})), "required": True}},
        arguments=f"body=m.Row{{n}}Body({_LONG}='x')",
        sent=(f'{{"{_LONG}":"x"}}',),
    ),
    *[
        Row(
            f"paths that differ in a slash, {name}",
            {"operationId": given},
            document={"paths": {"/row0/": {"post": {"tags": ["things"], "responses": {"204": {"description": ""}}}}}},
            refused=("#/paths/~1row0~1/post", "give the same name post_row0: give one of them an operationId"),
        )
        for name, given in (("without operationIds", None), ("of which one has an operationId", "post_row0"))
    ],
    Row("deprecated", {"deprecated": True}, sent=("POST ",)),
    Row("an extension", {"x-thing": {"$ref": "nowhere"}}, sent=("POST ",)),
    Row(
        "what nothing is generated from: a callback",
        {"callbacks": {"done": {"{$request.body#/url}": {"post": _ODD}}}},
        document={},
    ),
    Row("what nothing is generated from: a webhook", document={"webhooks": {"done": {"post": _ODD}}}),
    Row(
        "what nothing is generated from: a header and a link of an answer",
        {"responses": {"204": {"description": "", "headers": {"X-Odd": {"schema": _CHOICE}}, "links": _LINKS}}},
        document={},
    ),
    Row(
        "what nothing is generated from: a body that HTTP never sends",
        {"responses": {"204": {"description": "", "content": json_of(_CHOICE)}}},
        document={},
    ),
    Row(
        "what nothing is generated from: components that nothing leads to, and headers of an answer",
        {"responses": {"204": {"$ref": "#/components/responses/Empty"}}},
        document={
            "components": {
                "responses": {
                    "Empty": {"description": "", "headers": {"X-Odd": {"$ref": "#/components/headers/Odd"}}},
                    "Odd": {"description": "", "content": json_of(_CHOICE)},
                },
                "headers": {"Odd": {"schema": _CHOICE}},
                "parameters": {"Odd": {"name": "odd", "in": "query", "schema": _CHOICE}},
                "requestBodies": {"Odd": {"content": json_of({"enum": []})}},
                "callbacks": {"Odd": {"{$request.body#/url}": {"post": _ODD}}},
                "pathItems": {"Odd": {"post": _ODD}},
            }
        },
    ),
    Row(
        "what nothing is generated from: a callback of a component that a path leads to",
        document={
            "paths": {"/row0": {"post": None, "$ref": "#/components/pathItems/One"}},
            "components": {
                "pathItems": {
                    "One": {
                        "post": {
                            "operationId": "row0",
                            "tags": ["things"],
                            "responses": {"204": {"description": ""}},
                            "callbacks": {"done": {"{$request.body#/url}": {"post": _ODD}}},
                        }
                    }
                }
            },
        },
    ),
    property_(
        "a schema of a webhook that a reference leads to",
        {"$ref": f"#/webhooks/done/post/{_BODY}"},
        {"a": "x"},
        wrong=({"a": 1},),
        document={"webhooks": {"done": {"post": {"requestBody": {"content": json_of(an_object(a=TEXT))}}}}},
    ),
    property_(
        "a schema of a callback that a reference leads to, with a template in its name",
        {"$ref": f"#/paths/~1row0/post/callbacks/done/%7B$request.body%23~1url%7D/post/{_BODY}"},
        {"a": "x"},
        wrong=({"a": 1},),
        document={
            "paths": {
                "/row0": {
                    "post": {
                        "callbacks": {
                            "done": {
                                "{$request.body#/url}": {
                                    "post": {"requestBody": {"content": json_of(an_object(a=TEXT))}},
                                }
                            }
                        }
                    }
                }
            }
        },
    ),
    Row(
        "a choice in a component that no operation leads to",
        schemas={"DocumentOdd": _CHOICE},
        refused=("#/components/schemas/DocumentOdd/oneOf", "cannot be told apart: give them a discriminator"),
    ),
    Row(
        "callbacks",
        {"callbacks": {"done": {"{$request.body#/url}": {"post": {"responses": {"200": {"description": ""}}}}}}},
        sent=("POST ",),
    ),
    Row(
        "webhooks",
        document={"webhooks": {"done": {"post": {"responses": {"200": {"description": ""}}}}}},
        sent=("POST ",),
    ),
    Row(
        "parameters of a path",
        document={"paths": {"/row0": {"parameters": [{"name": "a", "in": "query", "schema": TEXT}]}}},
        arguments="a='x'",
        sent=("?a=x",),
    ),
    Row(
        "a summary of a path",
        document={"paths": {"/row0": {"summary": "Things", "description": "Of mine."}}},
        sent=("POST ",),
    ),
    Row(
        "a path that is a reference",
        document={
            "paths": {"/other": {"$ref": "#/components/pathItems/Other"}},
            "components": {
                "pathItems": {"Other": {"get": {"operationId": "other", "responses": {"200": {"description": ""}}}}}
            },
        },
        sent=("POST ",),
    ),
    Row("a path without operations", document={"paths": {"/other": {}}}, sent=("POST ",)),
    Row(
        "external documentation, tags, contact and license",
        document={
            "externalDocs": {"url": "https://example.com"},
            "tags": [{"name": "things", "description": "Things"}],
            "info": {"contact": {"name": "x"}, "license": {"name": "MIT"}, "description": "d"},
        },
        sent=("POST ",),
    ),
    # Versions.
    *[
        Row(f"OpenAPI {version}", document={"openapi": version}, sent=("POST ",))
        for version in ("3.1.0", "3.1.1", "3.0.0", "3.0.3", "3.0.4")
    ],
    *[
        Row(f"OpenAPI {version}", document={"openapi": version}, refused=("#/openapi", ""))
        for version in ("2.0", "3.2.0", "4.0.0", "latest")
    ],
    property_("3.0: nullable", {**TEXT, "nullable": True}, "a", None, wrong=(1,), document={"openapi": "3.0.3"}),
    property_(
        "3.0: a nullable object",
        {**an_object(a=TEXT), "nullable": True},
        {"a": "b"},
        None,
        wrong=(1,),
        document={"openapi": "3.0.3"},
    ),
    property_(
        "3.0: a nullable reference",
        {"allOf": [ref("Old")], "nullable": True},
        {"a": "b"},
        None,
        schemas={"Old": an_object(a=TEXT)},
        document={"openapi": "3.0.3"},
    ),
    property_(
        "3.0: exclusiveMinimum", {**NUMBER, "minimum": 1, "exclusiveMinimum": True}, 5, document={"openapi": "3.0.3"}
    ),
    property_("3.0: example", {**TEXT, "example": "a"}, "a", document={"openapi": "3.0.3"}),
    property_(
        "3.0: an enum with null",
        {**TEXT, "nullable": True, "enum": ["a", None]},
        "a",
        None,
        document={"openapi": "3.0.3"},
    ),
    *[
        property_(
            f"3.0: a nullable enum that does not list null: {name}",
            {"nullable": True, **schema},
            schema["enum"][0],
            None,
            wrong=([],),
            document={"openapi": "3.0.3"},
        )
        for name, schema in (
            ("texts", {**TEXT, "enum": ["a", "b"]}),
            ("numbers", {**NUMBER, "enum": [1, 2]}),
            ("true", {"type": "boolean", "enum": [True]}),
            ("without a type", {"enum": ["a", 1]}),
        )
    ],
    old_schema(
        "null among the types",
        an_object(a={"type": "array", "items": {"type": ["null", "string"]}}),
        "/properties/a/items/type",
        "in OpenAPI 3.0, write nullable: true, or say openapi: 3.1.0",
    ),
    old_schema(
        "null alone",
        {"oneOf": [TEXT, {"type": "null"}]},
        "/oneOf/1/type",
        "in OpenAPI 3.0, write nullable: true beside another type, or say openapi: 3.1.0",
    ),
    old_schema(
        "several types",
        {"type": ["integer", "string"]},
        "/type",
        "in OpenAPI 3.0, write anyOf, with a schema for each type, or say openapi: 3.1.0",
    ),
    old_schema("an unknown type", {"type": "text"}, "/type", "write one of those"),
    old_schema("const", {"const": "a"}, "", "leave const out, or say openapi: 3.1.0, which has it"),
    old_schema("an unknown key of a schema", {"fromat": "a"}, "", "leave fromat out, or begin its name with x-"),
    old_schema(
        "a number as exclusiveMinimum",
        {**NUMBER, "exclusiveMinimum": 1},
        "/exclusiveMinimum",
        "in OpenAPI 3.0, write exclusiveMinimum: true beside minimum, or say openapi: 3.1.0",
    ),
    old_schema("a multipleOf of 0", {**NUMBER, "multipleOf": 0}, "/multipleOf", "0 is less than or equal to"),
    old_schema(
        "additionalProperties that are no schema",
        {"additionalProperties": 3},
        "/additionalProperties",
        'is not of type "object": write a value of that type',
    ),
    old_schema("a $ref that is no text", {"$ref": 3}, "/$ref", 'is not of type "string"'),
    old("a body without content", "/requestBody", '"content" is a required property: add it', requestBody={}),
    old(
        "an answer without a description",
        "/responses/200",
        '"description" is a required property: add it',
        responses={"200": {}},
    ),
    *[
        old(f"a parameter {name}", f"/parameters/0{place}", text, parameters=[said])
        for name, said, place, text in (
            ("without a schema", {"name": "a", "in": "query"}, "", '"schema" is a required property: add it'),
            ("in the body", {"name": "a", "in": "body", "schema": TEXT}, "/in", "write it as requestBody"),
            ("of a style for another", {**_P, "style": "form"}, "/style", "write one of those"),
            (
                "in the path that is not required",
                {"name": "a", "in": "path", "schema": TEXT},
                "",
                '"required" is a required property: add it',
            ),
        )
    ],
    Row(
        "3.0: a security scheme of an unknown type",
        document={"openapi": "3.0.3", "components": {"securitySchemes": {"Key": {"type": "apikey"}}}},
        refused=("#/components/securitySchemes/Key/type", "write one of those"),
    ),
    property_(
        "3.0: additionalProperties that are true, or a reference",
        an_object(a={"type": "object", "additionalProperties": True}, b={"additionalProperties": ref("OldMap")}),
        {"a": {"x": 1}, "b": {"y": "z"}},
        schemas={"OldMap": TEXT},
        document={"openapi": "3.0.3"},
    ),
    Row(
        "3.0: types in a list",
        {},
        {"Old": {"type": ["string", "null"]}},
        document={"openapi": "3.0.3"},
        refused=("#/components/schemas/Old/type", "in OpenAPI 3.0, write nullable: true, or say openapi: 3.1.0"),
    ),
    # What is no OpenAPI.
    Row("no info", document={"info": None}, refused=("#", "info")),
    Row("paths that are a list", document={"paths": []}, refused=("#/paths", "")),
    *[
        Row(
            f"a path without a slash, OpenAPI {version}",
            document={
                "openapi": version,
                "paths": {"a/{id}": {"get": {"operationId": "o", "responses": {"200": {"description": ""}}}}},
            },
            refused=("#/paths/a~1{id}", "a path begins with /: write /a/{id}"),
        )
        for version in ("3.0.3", "3.1.0")
    ],
    *[
        Row(
            f"a status {status}{more}, OpenAPI {version}",
            {"responses": {status: {"description": ""}, **others}},
            document={"openapi": version},
            refused=(f"/responses/{status}", f"'{status}' is no status: write three digits, from 100 to 599, or"),
        )
        for status, others, more in (
            ("2xx", {}, ""),
            ("0200", {}, ""),
            ("200.0", {}, ""),
            ("600", {"200": {"description": ""}}, " beside another"),
        )
        for version in ("3.0.3", "3.1.0")
    ],
    Row(
        "an operationId twice",
        document={"paths": {"/other": {"get": {"operationId": "row0", "responses": {"200": {"description": ""}}}}}},
        refused=("#/paths/~1other/get/operationId", "row0 is the operationId of another operation: rename one"),
    ),
    Row(
        "two operationIds that give one name",
        document={
            "paths": {
                "/other": {
                    "get": {"operationId": "ROW0", "tags": ["things"], "responses": {"200": {"description": ""}}}
                }
            }
        },
        refused=("#/paths/~1other/get/operationId", "ROW0 and row0 give the same name row0: rename one"),
    ),
    *[
        Row(
            f"{key} that is {value!r}",
            {"requestBody": {"content": json_of({"type": "object", "properties": {"f": {**schema, key: value}}})}},
            refused=(f"/requestBody/content/application~1json/schema/properties/f/{key}", said),
        )
        for key, value, schema, said in (
            ("x-python-name", 1, TEXT, "x-python-name is a text, not 1: write one, or leave it out"),
            ("x-python-name", {"a": 1}, TEXT, "is a text"),
            ("x-unit", [], NUMBER, "x-unit is a text"),
            ("x-enum-varnames", "A", {**TEXT, "enum": ["a"]}, "is a list of texts, not 'A'"),
            ("x-enum-varnames", [1], {**TEXT, "enum": ["a"]}, "is a list of texts"),
        )
    ],
    Row(
        "properties called like our extensions",
        {
            "requestBody": {
                "required": True,
                "content": json_of(an_object(**{"x-unit": NUMBER, "x-python-name": NUMBER})),
            }
        },
        arguments="body=m.Row{n}Body(x_unit=1, x_python_name=2)",
        sent=('{"x-unit":1,"x-python-name":2}',),
        document={"x-names": 5},
    ),
    Row("a key that OpenAPI does not know", document={"thing": 1}, refused=("#", "thing")),
    # What was found wrong once.
    *[
        Row(
            f"a path with a query, {name}",
            {"parameters": [*parameters]},
            path=path,
            arguments=arguments,
            sent=(sent,),
            refused=refused,
        )
        for name, path, parameters, arguments, sent, refused in (
            ("fixed", "?a=b", (), "", "?a=b\n", None),
            ("of another script", "?a=é b&c", (), "", "?a=%C3%A9%20b&c\n", None),
            (
                "beside parameters",
                "/{p}?a=b",
                (_P, {**_P, "name": "q", "in": "query"}),
                "'x?', q='y/'",
                "/x%3F?q=y%2F&a=b\n",
                None,
            ),
            ("with a parameter", "?a={p}&b=1", (_P,), "'x/&y'", "?a=x%2F%26y&b=1\n", None),
            ("with an empty parameter", "?a={p}", (_P,), "''", "?a=\n", None),
            ("and a fragment", "?a=b#c", (), "", "?a=b\n", None),
            (
                "beside what keeps reserved characters",
                "?a=b",
                ({"name": "q", "in": "query", "schema": TEXT, "allowReserved": True},),
                "q='x/y'",
                "?a=b&q=x/y\n",
                None,
            ),
            (
                "with an array",
                "?a={p}",
                ({**_P, "schema": {"type": "array", "items": TEXT}},),
                "",
                "",
                ("/parameters/0", "in the query of a path, it is one value: describe it in query"),
            ),
            (
                "and a parameter of its name",
                "?a=b",
                ({"name": "a", "in": "query", "schema": TEXT},),
                "",
                "",
                ("/parameters/0", "a stands in the query of the path as well: leave it out of one of them"),
            ),
        )
    ],
    Row("a path with a fragment", path="#a", sent=("POST /row",)),
    Row(
        "two paths that differ in their fragments",
        document={
            "paths": {"/row0#a": {"post": {"operationId": "other", "responses": {"204": {"description": ""}}}}},
        },
        sent=("POST /row0\n",),
    ),
    Row(
        "a path with a parameter in its fragment",
        {"parameters": [{"name": "a", "in": "path", "required": True, "schema": TEXT}]},
        path="#{a}",
        refused=("#/paths/~1row0#{a}", "a fragment is not sent, and holds no parameters"),
    ),
    Row(
        "a path with a parameter twice",
        {"parameters": [{"name": "a", "in": "path", "required": True, "schema": TEXT}]},
        path="/{a}/x/{a}",
        arguments="'1'",
        sent=("/1/x/1",),
    ),
    Row("a path that ends in a slash", path="/x/", sent=("/x/",)),
    Row("a path of another script", path="/größe", sent=("/gr%C3%B6%C3%9Fe",)),
    Row(
        "two components that give one module",
        {},
        {"HTTPThing": an_object(a=TEXT), "HttpThing": an_object(a=TEXT)},
        document={},
        refused=(
            "#/components/schemas/HttpThing",
            "HttpThing and HTTPThing would stand in one module, http_thing: rename one",
        ),
    ),
    Row(
        "x-python-name that Python has",
        {},
        {"Bad2": an_object(a={**TEXT, "x-python-name": "list"})},
        document={},
        refused=("#/components/schemas/Bad2", "list is no name in Python"),
    ),
    Row("an operationId without a letter", {"operationId": "+++"}, document={}, function="field", sent=("POST ",)),
    Row("an empty operationId", {"operationId": ""}, function="post_row0", document={}, sent=("POST ",)),
    Row("an empty tag", {"tags": [""]}, document={}, tag="tag", sent=("POST ",)),
    Row(
        "a component named like the arguments of another",
        {"requestBody": {"required": True, "content": json_of(ref("Given"))}},
        {"Given": an_object(a=ref("GivenParams")), "GivenParams": an_object(b=TEXT)},
        arguments="body=m.Given(a=m.GivenParams(b='x'))",
        sent=('{"a":{"b":"x"}}',),
        document={},
    ),
    Row(
        "a component named like the values of an enum",
        {"requestBody": {"required": True, "content": json_of(ref("Given"))}},
        {
            "Given": an_object(kind=ref("Kind"), more=ref("KindValue")),
            "Kind": {"type": "string", "enum": ["a", "b"]},
            "KindValue": an_object(b=TEXT),
        },
        arguments="body=m.Given(kind='a', more=m.KindValue(b='x'))",
        sent=('{"kind":"a","more":{"b":"x"}}',),
        document={},
    ),
    swagger(
        "the schema of an answer",
        "/responses/200",
        "write it as content: {application/json: {schema: …}}",
        responses={"200": {"description": "", "schema": TEXT}},
    ),
    swagger("media types", "", "write it as a media type below content of requestBody", consumes=["application/json"]),
    swagger(
        "a body among the parameters",
        "/parameters/0/in",
        "write it as requestBody",
        parameters=[{"name": "body", "in": "body", "schema": TEXT}],
    ),
    swagger(
        "the type of a parameter",
        "/parameters/0",
        "either a schema or a content",
        parameters=[{"name": "q", "in": "query", "type": "string"}],
    ),
    swagger(
        "commas between items",
        "/parameters/0",
        "write it as style and explode",
        parameters=[{"name": "q", "in": "query", "schema": TEXT, "collectionFormat": "csv"}],
    ),
    Row("Swagger 2: components", document={"definitions": {}}, refused=("#", "move them to components/schemas")),
    Row(
        "an unknown key",
        document={"owner": "me"},
        refused=("#", "leave owner out, or begin its name with x-"),
    ),
]
