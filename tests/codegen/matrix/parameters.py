"""Parameters: places, styles, types, names."""

from __future__ import annotations

from .row import NUMBER, TEXT, TEXTS, Row, an_object, json_of, parameter, ref

_AN_OBJECT = an_object(a=TEXT, b=NUMBER)
_FREE = {"type": "object"}
_MAP = {"type": "object", "additionalProperties": TEXT}
_TEXT_OR_TEXTS = {"anyOf": [TEXT, TEXTS]}
_NESTED = an_object(a=an_object(b=TEXT))
_NUMBERS = {"type": "array", "items": NUMBER}
_AN_ENUM = {"type": "string", "enum": ["asc", "desc"]}
_AN_INT_ENUM = {"type": "integer", "enum": [1, 2]}
_OBJECTS = {"type": "array", "items": _AN_OBJECT}
_LISTS = {"type": "array", "items": TEXTS}
_AT = "/parameters/0"

TYPES: list[tuple[str, object, str, str]] = [
    ("text", TEXT, "'a b&=/é'", "a%20b%26%3D%2F%C3%A9"),
    ("integer", NUMBER, "5", "5"),
    ("integer, int64", {**NUMBER, "format": "int64"}, "2**40", str(2**40)),
    ("number", {"type": "number"}, "1.5", "1.5"),
    ("boolean", {"type": "boolean"}, "True", "true"),
    (
        "uuid",
        {**TEXT, "format": "uuid"},
        "'123e4567-e89b-12d3-a456-426614174000'",
        "123e4567-e89b-12d3-a456-426614174000",
    ),
    ("date", {**TEXT, "format": "date"}, "datetime.date(2026, 1, 2)", "2026-01-02"),
    ("date given as text", {**TEXT, "format": "date"}, "'2026-01-02'", "2026-01-02"),
    ("unknown format", {**TEXT, "format": "things"}, "'x'", "x"),
    ("enum given as text", _AN_ENUM, "'asc'", "asc"),
    ("enum value that is not listed", _AN_ENUM, "'other'", "other"),
    ("enum of numbers", _AN_INT_ENUM, "2", "2"),
    ("const", {"const": "x"}, "'x'", "x"),
    ("nullable", {"type": ["string", "null"]}, "'x'", "x"),
    ("choice of text and number", {"anyOf": [TEXT, NUMBER]}, "5", "5"),
    ("anything", {}, "5", "5"),
    ("with a default", {**TEXT, "default": "y"}, "'x'", "x"),
    ("with a default of another type", {**NUMBER, "default": "many"}, "5", "5"),
    ("with a limit", {**NUMBER, "minimum": 1, "maximum": 9}, "5", "5"),
]
ROWS: list[Row] = [
    *[
        parameter(f"query: {name}", f"f={value}", f"?f={sent.replace('%20', '+')}", schema=schema)
        for name, schema, value, sent in TYPES
    ],
    *[
        parameter(f"path: {name}", value, f"/{sent}", where="path", schema=schema)
        for name, schema, value, sent in TYPES
    ],
    *[
        parameter(f"header: {name}", f"f={value}", f"f: {sent}", where="header", schema=schema)
        for name, schema, value, sent in TYPES[1:]
    ],
    *[
        parameter(f"cookie: {name}", f"f={value}", f"cookie: f={sent}", where="cookie", schema=schema)
        for name, schema, value, sent in TYPES[1:]
    ],
    parameter(
        "query: date-time",
        "f=datetime.datetime(2026, 1, 2, tzinfo=datetime.timezone.utc)",
        "f=2026-01-02T00",
        schema={**TEXT, "format": "date-time"},
    ),
    parameter("query: required", "f='x'", "?f=x", required=True),
    parameter("query: optional, not given", "", "/row"),
    parameter("query: null is left out", "f=None", "/row", schema={"type": ["string", "null"]}),
    parameter("query: deprecated", "f='x'", "?f=x", deprecated=True),
    parameter("query: empty text", "f=''", "?f=", allowEmptyValue=True),
    parameter(
        "query: component enum",
        "f=m.ParameterOrder.ASC",
        "?f=asc",
        schema=ref("ParameterOrder"),
        schemas={"ParameterOrder": _AN_ENUM},
    ),
    parameter(
        "path: component enum",
        "m.ParameterOrder.ASC",
        "/asc",
        where="path",
        schema=ref("ParameterOrder"),
        schemas={"ParameterOrder": _AN_ENUM},
    ),
    parameter("header: not ASCII is percent-encoded nowhere", "f='x'", "f: x", where="header", schema=TEXT),
    parameter("header: optional, not given", "", "/row", where="header"),
    parameter("header: required", "f='x'", "f: x", where="header", required=True),
    parameter("cookie: text", "f='a b;c'", "cookie: f=a%20b%3Bc", where="cookie"),
    parameter("cookie: optional, not given", "", "/row", where="cookie"),
    # Arrays.
    parameter("query: array", "f=['a', 'b,c']", "?f=a&f=b%2Cc", schema=TEXTS),
    parameter("query: array of numbers", "f=[1, 2]", "?f=1&f=2", schema=_NUMBERS),
    parameter("query: array of enum values", "f=['asc']", "?f=asc", schema={"type": "array", "items": _AN_ENUM}),
    parameter("query: array of anything", "f=[1, 'a']", "?f=1&f=a", schema={"type": "array", "items": {}}),
    parameter("query: array, empty", "f=[]", "/row", schema=TEXTS),
    parameter("query: array, explode false", "f=['a', 'b']", "?f=a%2Cb", schema=TEXTS, explode=False),
    parameter("query: array, explode true said", "f=['a', 'b']", "?f=a&f=b", schema=TEXTS, explode=True, style="form"),
    parameter(
        "query: array, spaceDelimited", "f=['a', 'b']", "?f=a+b", schema=TEXTS, style="spaceDelimited", explode=False
    ),
    parameter(
        "query: array, spaceDelimited without explode", "f=['a', 'b']", "?f=a+b", schema=TEXTS, style="spaceDelimited"
    ),
    parameter(
        "query: array, pipeDelimited", "f=['a', 'b']", "?f=a%7Cb", schema=TEXTS, style="pipeDelimited", explode=False
    ),
    parameter(
        "query: array, pipeDelimited, explode true",
        "f=['a', 'b']",
        "?f=a&f=b",
        schema=TEXTS,
        style="pipeDelimited",
        explode=True,
    ),
    parameter(
        "query: array with brackets in its name", "f=['a', 'b']", "?f%5B%5D=a&f%5B%5D=b", schema=TEXTS, name="f[]"
    ),
    parameter("query: nullable array", "f=['a']", "?f=a", schema={"type": ["array", "null"], "items": TEXT}),
    parameter("query: text or array", "f=['a', 'b']", "?f=a&f=b", schema={"anyOf": [TEXT, TEXTS]}),
    *[
        parameter(
            f"{where}: text or array in one text, {name}",
            f"f={value}",
            sent,
            where=where,
            schema=_TEXT_OR_TEXTS,
            explode=False,
        )
        for where, name, value, sent in (
            ("query", "a text", "'a'", "?f=a"),
            ("query", "an array", "['a', 'b']", "?f=a%2Cb"),
            ("header", "a text", "'a'", "f: a\n"),
            ("header", "an array", "['a', 'b']", "f: a,b"),
            ("cookie", "a text", "'a'", "cookie: f=a"),
        )
    ],
    parameter("path: text or array, a text", "'a'", "/a", where="path", schema=_TEXT_OR_TEXTS),
    parameter("path: text or array, an array", "['a', 'b']", "/a,b", where="path", schema=_TEXT_OR_TEXTS),
    parameter("header: text or array, not given", "", "/row", where="header", schema=_TEXT_OR_TEXTS),
    parameter(
        "query: array by reference", "f=['a']", "?f=a", schema=ref("ParameterTexts"), schemas={"ParameterTexts": TEXTS}
    ),
    parameter("header: array", "f=['a', 'b']", "f: a,b", where="header", schema=TEXTS),
    parameter("path: array", "['a', 'b/c']", "/a,b%2Fc", where="path", schema=TEXTS),
    parameter("path: array, explode", "['a', 'b']", "/a,b", where="path", schema=TEXTS, explode=True),
    parameter("path: array, label", "['a', 'b']", "/.a,b", where="path", schema=TEXTS, style="label"),
    parameter(
        "path: array, label, explode", "['a', 'b']", "/.a.b", where="path", schema=TEXTS, style="label", explode=True
    ),
    parameter("path: array, matrix", "['a', 'b']", "/;f=a,b", where="path", schema=TEXTS, style="matrix"),
    parameter(
        "path: array, matrix, explode",
        "['a', 'b']",
        "/;f=a;f=b",
        where="path",
        schema=TEXTS,
        style="matrix",
        explode=True,
    ),
    parameter("path: text, label", "'a'", "/.a", where="path", style="label"),
    parameter("path: text, matrix", "'a'", "/;f=a", where="path", style="matrix"),
    parameter(
        "cookie: array, explode false", "f=['a', 'b']", "cookie: f=a%2Cb", where="cookie", schema=TEXTS, explode=False
    ),
    parameter("cookie: array", "f=['a', 'b;c']", "cookie: f=a; f=b%3Bc", where="cookie", schema=TEXTS),
    parameter("cookie: array, empty", "f=[]", "/row", where="cookie", schema=TEXTS),
    # Objects.
    parameter(
        "query: object",
        "f=m.ParameterObject(a='x', b=1)",
        "?a=x&b=1",
        schema=ref("ParameterObject"),
        schemas={"ParameterObject": _AN_OBJECT},
    ),
    parameter(
        "query: object, explode false",
        "f=m.ParameterObject(a='x', b=1)",
        "?f=a%2Cx%2Cb%2C1",
        schema=ref("ParameterObject"),
        schemas={"ParameterObject": _AN_OBJECT},
        explode=False,
    ),
    parameter(
        "query: deepObject",
        "f=m.ParameterObject(a='x', b=1)",
        "?f%5Ba%5D=x&f%5Bb%5D=1",
        schema=ref("ParameterObject"),
        schemas={"ParameterObject": _AN_OBJECT},
        style="deepObject",
    ),
    parameter(
        "query: deepObject, explode true said",
        "f={'a': 'x'}",
        "?f%5Ba%5D=x",
        schema=_FREE,
        style="deepObject",
        explode=True,
    ),
    parameter("query: deepObject, not given", "", "/row", schema=_FREE, style="deepObject"),
    parameter("query: free-form object", "f={'a': True}", "?a=true", schema=_FREE),
    parameter("query: map", "f={'a': 'x'}", "?a=x", schema=_MAP),
    parameter("header: object", "f={'a': 'x', 'b': 1}", "f: a,x,b,1", where="header", schema=_FREE),
    parameter(
        "header: object, explode", "f={'a': 'x', 'b': 1}", "f: a=x,b=1", where="header", schema=_FREE, explode=True
    ),
    parameter("path: object", "{'a': 'x', 'b': 1}", "/a,x,b,1", where="path", schema=_FREE),
    parameter("path: object, explode", "{'a': 'x', 'b': 1}", "/a=x,b=1", where="path", schema=_FREE, explode=True),
    parameter(
        "path: object, label, explode",
        "{'a': 'x', 'b': 1}",
        "/.a=x.b=1",
        where="path",
        schema=_FREE,
        style="label",
        explode=True,
    ),
    parameter("path: object, matrix", "{'a': 'x', 'b': 1}", "/;f=a,x,b,1", where="path", schema=_FREE, style="matrix"),
    parameter(
        "path: object, matrix, explode",
        "{'a': 'x', 'b': 1}",
        "/;a=x;b=1",
        where="path",
        schema=_FREE,
        style="matrix",
        explode=True,
    ),
    parameter(
        "cookie: object, explode false", "f={'a': 1}", "cookie: f=a%2C1", where="cookie", schema=_FREE, explode=False
    ),
    parameter("cookie: object", "f={'a': 1, 'b=': 'x;y'}", "cookie: a=1; b%3D=x%3By", where="cookie", schema=_FREE),
    parameter(
        "cookie: object of a component",
        "f=m.ParameterObject(a='x', b=1)",
        "cookie: a=x; b=1",
        where="cookie",
        schema=ref("ParameterObject"),
        schemas={"ParameterObject": _AN_OBJECT},
        explode=True,
    ),
    parameter(
        "cookie: object of arrays",
        "",
        where="cookie",
        schema=an_object(a=TEXTS),
        refused=(_AT, "arrays and objects in an object have no text"),
    ),
    parameter(
        "query: array of objects",
        "",
        schema=_OBJECTS,
        refused=(_AT, "query parameter f: arrays and objects in an array have no text"),
    ),
    parameter("query: array of arrays", "", schema=_LISTS, refused=(_AT, "describe it by content application/json")),
    parameter(
        "query: nested object", "", schema=_NESTED, refused=(_AT, "arrays and objects in an object have no text")
    ),
    parameter(
        "query: deepObject, nested",
        "f=m.Row{n}F(a=m.Row{n}FA(b='x'))",
        "?f%5Ba%5D%5Bb%5D=x",
        schema=_NESTED,
        style="deepObject",
    ),
    parameter(
        "query: deepObject, nested, free-form",
        "f={'a': {'b': 'x', 'c': None}, 'd': 1}",
        "?f%5Ba%5D%5Bb%5D=x&f%5Bd%5D=1",
        schema={"type": "object"},
        style="deepObject",
    ),
    parameter(
        "query: deepObject that holds itself",
        "f=m.ParameterNode(inner=m.ParameterNode(a='x'))",
        "?f%5Binner%5D%5Ba%5D=x",
        schema=ref("ParameterNode"),
        schemas={"ParameterNode": an_object(a=TEXT, inner=ref("ParameterNode"))},
        style="deepObject",
    ),
    parameter(
        "query: deepObject, nested, with an array",
        "",
        schema=an_object(a=an_object(b=TEXTS)),
        style="deepObject",
        refused=(_AT, "OpenAPI does not say how arrays stand in a deepObject: describe each of them by an array with"),
    ),
    parameter(
        "query: deepObject with an array",
        "",
        schema=an_object(a=TEXTS),
        style="deepObject",
        refused=(_AT, "OpenAPI does not say how arrays stand in a deepObject: describe each of them by an array with"),
    ),
    parameter(
        "query: deepObject of a text", "", style="deepObject", refused=(_AT, "style deepObject is for an object")
    ),
    parameter(
        "query: pipeDelimited of a text",
        "",
        style="pipeDelimited",
        refused=(_AT, "style pipeDelimited is for an array"),
    ),
    parameter(
        "query: spaceDelimited of an object",
        "",
        schema=_FREE,
        style="spaceDelimited",
        refused=(_AT, "style spaceDelimited is for an array"),
    ),
    parameter(
        "query: object or text",
        "",
        schema={"anyOf": [TEXT, _AN_OBJECT]},
        refused=(_AT, "a choice of an object and something else"),
    ),
    parameter("query: an unknown style", "", style="dotted", refused=(_AT + "/style", "is not one of")),
    parameter("query: style of a path", "", style="matrix", refused=(_AT + "/style", "is not one of")),
    parameter(
        "query: a style of a deepObject's array",
        "f=['a', 'b']",
        "?f%5Ba%5D=a&f%5Ba%5D=b",
        schema=TEXTS,
        name="f[a]",
        **{"x-python-name": "f"},
    ),
    parameter(
        "query: allowReserved", "f='a/b:c?d=e&f#g+h i%2Fj%'", "?f=a/b:c?d=e%26f%23g%2Bh+i%2Fj%25", allowReserved=True
    ),
    parameter("query: allowReserved, not given", "", "/row", allowReserved=True),
    parameter("query: allowReserved, array", "f=['a/b', 'c']", "?f=a/b&f=c", schema=TEXTS, allowReserved=True),
    parameter(
        "query: allowReserved, array in one text",
        "f=['a/b', 'c']",
        "?f=a/b,c",
        schema=TEXTS,
        allowReserved=True,
        explode=False,
    ),
    parameter("query: allowReserved, object", "f={'a': 'x/y'}", "?a=x/y", schema=_FREE, allowReserved=True),
    parameter(
        "query: allowReserved, deepObject",
        "f={'a': 'x/y'}",
        "?f%5Ba%5D=x/y",
        schema=_FREE,
        allowReserved=True,
        style="deepObject",
    ),
    parameter("query: allowReserved, number", "f=5", "?f=5", schema=NUMBER, allowReserved=True),
    Row(
        "query: allowReserved, beside another",
        {
            "parameters": [
                {"name": "a", "in": "query", "schema": TEXT},
                {"name": "b", "in": "query", "schema": TEXT, "allowReserved": True},
            ]
        },
        arguments="a='x/y', b='x/y'",
        sent=("?a=x%2Fy&b=x/y",),
    ),
    Row(
        "query: allowReserved, beside what the client adds",
        {"parameters": [{"name": "b", "in": "query", "schema": TEXT, "allowReserved": True}]},
        arguments="b='x/y'",
        client="key='k', params={'z': '1'}",
        document={"components": {"securitySchemes": {"Key": {"type": "apiKey", "in": "query", "name": "k"}}}},
        sent=("?z=1&k=k&b=x/y",),
    ),
    *[
        parameter(f"{where}: allowReserved", "", where=where, allowReserved=True, refused=(place, said))
        for where, place, said in (
            ("path", _AT, ""),
            ("header", _AT, ""),
            ("cookie", _AT, ""),
        )
    ],
    Row(
        "query: a free-form object, called like another parameter",
        {
            "parameters": [
                {"name": "a", "in": "query", "schema": TEXT},
                {"name": "b", "in": "query", "schema": _FREE},
            ]
        },
        arguments="a='x', b={'c': 'y'}",
        sent=("?a=x&c=y",),
    ),
    # Content.
    parameter(
        "query: JSON",
        "f=m.ParameterObject(a='x')",
        "?f=%7B%22a%22%3A%22x%22%7D",
        content=json_of(ref("ParameterObject")),
        schemas={"ParameterObject": _AN_OBJECT},
    ),
    parameter("query: JSON, not given", "", "/row", content=json_of(TEXTS)),
    parameter("query: JSON array of arrays", "f=[['a']]", "?f=%5B%5B%22a%22%5D%5D", content=json_of(_LISTS)),
    parameter("header: JSON", "f={'a': 1}", 'f: {"a":1}', where="header", content=json_of(_FREE)),
    parameter("path: JSON", "['a']", "/%5B%22a%22%5D", where="path", content=json_of(TEXTS)),
    *[
        parameter(
            f"query: {name} by content that is no JSON",
            "",
            content=json_of(schema, "text/plain"),
            refused=(
                _AT,
                "query parameter f: an array or an object is no text: describe it by content application/json",
            ),
        )
        for name, schema in (("an array", TEXTS), ("an object", _AN_OBJECT), ("a text or an array", _TEXT_OR_TEXTS))
    ],
    parameter("query: text by content", "f='x'", "?f=x", content=json_of(TEXT, "text/plain")),
    # Names.
    *[
        parameter(f"query: named {name}", f"{python}='x'", f"?{sent}=x", name=name)
        for name, python, sent in (
            ("pageSize", "page_size", "pageSize"),
            ("page-size", "page_size", "page-size"),
            ("page.size", "page_size", "page.size"),
            ("filter[name]", "filtername", "filter%5Bname%5D"),
            ("$top", "top", "%24top"),
            ("@type", "type_", "%40type"),
            ("class", "class_", "class"),
            ("from", "from_", "from"),
            ("import", "import_", "import"),
            ("self", "self_", "self"),
            ("body", "body_", "body"),
            ("request", "request", "request"),
            ("query", "query", "query"),
            ("type", "type_", "type"),
            ("list", "list_", "list"),
            ("id", "id", "id"),
            ("datetime", "datetime_", "datetime"),
            ("1st", "field_1st", "1st"),
            ("_private", "field_private", "_private"),
            ("größe", "größe", "gr%C3%B6%C3%9Fe"),
            ("None", "none", "None"),
            ("UNSET", "unset", "UNSET"),
            ("DECODERS", "decoders", "DECODERS"),
            ("Models", "models", "Models"),
            ("client", "client", "client"),
            ("url", "url", "url"),
            ('a"b', "ab", "a%22b"),
            ("a\\b", "a_b", "a%5Cb"),
        )
    ],
    parameter("query: x-python-name", "other='x'", "?f=x", **{"x-python-name": "other"}),
    *[
        parameter(f"header: named {name}", f"{python}='x'", f"{name.lower()}: x", where="header", name=name)
        for name, python in (
            ("X-Request-Id", "x_request_id"),
            ("Idempotency-Key", "idempotency_key"),
            ("If-Match", "if_match"),
        )
    ],
    *[
        parameter(f"header: {name}, which OpenAPI ignores", "", "/row", where="header", name=name)
        for name in ("Accept", "Content-Type", "Authorization")
    ],
    *[
        Row(
            f"path: {path}",
            {"parameters": [{"name": name, "in": "path", "required": True, "schema": TEXT} for name in names]},
            path=path,
            arguments=", ".join(map(repr, values)),
            sent=(sent,),
        )
        for path, names, values, sent in (
            ("/{a}/{b}", "ab", "12", "/1/2"),
            ("/{a}/{b}", "ba", "12", "/1/2"),
            ("/{a}-{b}", "ab", "12", "/1-2"),
            ("/{a}.json", "a", "1", "/1.json"),
            ("/{a}:close", "a", "1", "/1:close"),
            ("/{aB}/x", ["aB"], ["a/?#"], "/a%2F%3F%23/x"),
            ("/{a-b}/x", ["a-b"], "1", "/1/x"),
            ("/{a.b}/x", ["a.b"], "1", "/1/x"),
            ("/{class}/x", ["class"], "1", "/1/x"),
            ("/{body}/x", ["body"], "1", "/1/x"),
            ("/{self}", ["self"], "1", "/1"),
            ("/{type}", ["type"], "1", "/1"),
            ("/x y/{a}", "a", "1", "/x%20y/1"),
        )
    ],
    Row(
        "path: a parameter that the path has not",
        {"parameters": [{"name": "a", "in": "path", "required": True, "schema": TEXT}]},
        refused=(_AT, "path parameter a: the path has no {a}: put it there"),
    ),
    Row(
        "path: a placeholder without a parameter",
        {},
        path="/{a}",
        refused=("", "which no parameter describes: add one, in path"),
    ),
    Row(
        "path: not required",
        {"parameters": [{"name": "a", "in": "path", "schema": TEXT}]},
        path="/{a}",
        refused=(_AT, "required"),
    ),
    Row(
        "two parameters that give one name",
        {"parameters": [{"name": name, "in": "query", "schema": TEXT} for name in ("aB", "a_b")]},
        refused=("/parameters/1", "a_b and aB give the same name a_b: say with x-python-name"),
    ),
    Row(
        "one name in path and query",
        {
            "parameters": [
                {"name": "a", "in": "path", "required": True, "schema": TEXT},
                {"name": "a", "in": "query", "schema": TEXT},
            ]
        },
        path="/{a}",
        arguments="'1', a_in_query='2'",
        sent=("/1?a=2",),
    ),
    Row(
        "one name in query, header and cookie",
        {"parameters": [{"name": "a", "in": where, "schema": TEXT} for where in ("cookie", "header", "query")]},
        arguments="a='1', a_in_header='2', a_in_cookie='3'",
        sent=("?a=1", "a: 2", "cookie: a=3"),
    ),
    Row(
        "one name in header and query, told apart",
        {
            "parameters": [
                {"name": "a", "in": "header", "schema": TEXT, "x-python-name": "a_header"},
                {"name": "a", "in": "query", "schema": TEXT},
            ]
        },
        arguments="a='1', a_header='2'",
        sent=("?a=1", "a: 2"),
    ),
    Row(
        "one name twice in a query",
        {"parameters": [{"name": "a", "in": "query", "schema": TEXT}] * 2},
        refused=("/parameters", "the query parameter a is there twice: leave one out"),
    ),
    Row(
        "x-python-name that is not a name",
        {"parameters": [{"name": "a", "in": "query", "schema": TEXT, "x-python-name": "no name"}]},
        refused=(_AT, "no name is no name in Python"),
    ),
    Row(
        "an unknown place",
        {"parameters": [{"name": "a", "in": "matrix", "schema": TEXT}]},
        refused=(_AT + "/in", "is not one of"),
    ),
    Row(
        "a parameter without a schema",
        {"parameters": [{"name": "a", "in": "query"}]},
        refused=(_AT, "is not valid under any of"),
    ),
    Row(
        "a parameter by reference",
        {"parameters": [{"$ref": "#/components/parameters/Limit"}]},
        arguments="limit=5",
        sent=("?limit=5",),
        document={"components": {"parameters": {"Limit": {"name": "limit", "in": "query", "schema": NUMBER}}}},
    ),
    Row(
        "a parameter by a reference that leads nowhere",
        {"parameters": [{"$ref": "#/components/parameters/Limit"}]},
        refused=(_AT, "leads nowhere: describe it, or leave it out"),
    ),
    Row(
        "a parameter by a reference out of the document",
        {"parameters": [{"$ref": "other.yaml#/Limit"}]},
        refused=(_AT, "there is no file other.yaml in the document's folder: put it there"),
    ),
]
