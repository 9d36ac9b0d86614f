"""Answers."""

from __future__ import annotations

from .row import NUMBER, TEXT, TEXTS, Row, an_object, answer, json_of, ref

_BYTES = {**TEXT, "format": "binary"}
_THING = {"AnswerThing": an_object(id=TEXT), "AnswerBytes": _BYTES}
_FAILURE = {"AnswerFailure": an_object(code=NUMBER)}
_BOTH = {**_THING, **_FAILURE}
_CONTENT = {"content": json_of(ref("AnswerThing"))}
_FAILED = {"content": json_of(ref("AnswerFailure"))}
_KINDS = {f"AnswerKind{each}": an_object(kind={**TEXT, "enum": [each]}, id=TEXT) for each in "AB"}
_KIND = {"oneOf": [ref(name) for name in _KINDS]}
_UTC = "datetime.datetime.fromisoformat"
_LARGE = "m.Row{n}Response200(-(2**65))"
_READ = "m.AnswerThing(id='x')"
_JSON = "application/json"
_X = b'{"id":"x"}'
_SEVERAL = {
    **json_of(ref("AnswerThing")),
    **json_of(TEXT, "text/csv"),
    **json_of({**TEXT, "format": "binary"}, "image/*"),
}
_EVENTS = {**json_of(ref("AnswerThing")), **json_of(ref("AnswerThing"), "text/event-stream")}
_ARCHIVE = {**json_of(_BYTES, "text/csv"), **json_of(_BYTES, "application/zip")}
_VERSIONS = {
    **json_of(ref("AnswerThing")),
    **json_of(ref("AnswerThing"), "application/vnd.x+json"),
    **json_of(TEXT, "text/csv"),
}
_ENUM = {**TEXT, "enum": ["a", "b"]}
_EITHER = {"oneOf": [TEXT, an_object(x=_ENUM)]}
_EITHER_READ = "m.Row{n}Response200Type1(x=m.Row{n}Response200Type1X.A)"
_SUFFIX = json_of(ref("AnswerThing"), "application/*+json")


def one(name: str, schema: object, content: bytes, parsed: str, **more: object) -> Row:
    """Return an answer with JSON."""
    return answer(name, {"200": {"content": json_of(schema)}}, 200, _JSON, content, parsed, **more)


ROWS: list[Row] = [
    answer("an object", {"200": _CONTENT}, 200, _JSON, _X, _READ, schemas=_THING),
    answer(
        "an inline object",
        {"200": {"content": json_of(an_object(id=TEXT))}},
        200,
        _JSON,
        _X,
        "m.Row{n}Response200(id='x')",
    ),
    one("an object or null", {"anyOf": [ref("AnswerThing"), {"type": "null"}]}, b"null", "None", schemas=_THING),
    one("an object or null, an object", {"anyOf": [ref("AnswerThing"), {"type": "null"}]}, _X, _READ, schemas=_THING),
    one("a free-form object", {"type": "object"}, b'{"a":[1]}', "{'a': [1]}"),
    one("a map", {"type": "object", "additionalProperties": TEXT}, b'{"a":"b"}', "{'a': 'b'}"),
    one(
        "an array of objects",
        {"type": "array", "items": ref("AnswerThing")},
        b'[{"id":"x"}]',
        "[m.AnswerThing(id='x')]",
        schemas=_THING,
    ),
    one("an array of texts", TEXTS, b'["a"]', "['a']"),
    one("an array of anything", {"type": "array", "items": {}}, b'["a",1]', "['a', 1]"),
    one("an array of arrays", {"type": "array", "items": TEXTS}, b'[["a"]]', "[['a']]"),
    one("an array of free-form objects", {"type": "array", "items": {"type": "object"}}, b'[{"a":1}]', "[{'a': 1}]"),
    one(
        "an array of nullable texts",
        {"type": "array", "items": {"type": ["string", "null"]}},
        b'["a",null]',
        "['a', None]",
    ),
    one("an array or null", {"type": ["array", "null"], "items": TEXT}, b"null", "None"),
    one("a text", TEXT, b'"a"', "'a'"),
    one("a number", {"type": "number"}, b"1.5", "1.5"),
    one("an integer", NUMBER, b"5", "5"),
    one("a boolean", {"type": "boolean"}, b"true", "True"),
    one("null", {"type": "null"}, b"null", "None"),
    one("a date", {**TEXT, "format": "date"}, b'"2026-01-02"', "datetime.date(2026, 1, 2)"),
    one(
        "a date and time",
        {**TEXT, "format": "date-time"},
        b'"2026-01-02T03:04:05Z"',
        "datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.timezone.utc)",
    ),
    *[
        one(f"a date and time: {text}", {**TEXT, "format": "date-time"}, f'"{text}"'.encode(), f"{_UTC}({parsed})")
        for text, parsed in (
            ("2026-01-02t03:04:05z", "'2026-01-02T03:04:05+00:00'"),
            ("2026-01-02t03:04:05.5z", "'2026-01-02T03:04:05.500000+00:00'"),
            ("2016-12-31T23:59:60Z", "'2016-12-31T23:59:59+00:00'"),
            ("2016-12-31t23:59:60.5z", "'2016-12-31T23:59:59.500000+00:00'"),
            ("2016-12-31 23:59:60Z", "'2016-12-31T23:59:59+00:00'"),
            ("9999-12-31T23:59:60Z", "'9999-12-31T23:59:59+00:00'"),
            ("1990-12-31T15:59:60-08:00", "'1990-12-31T15:59:59-08:00'"),
        )
    ],
    one("a constant of more than 64 bits", {"const": 2**65}, b"36893488147419103232", "2**65"),
    one("an enum of more than 64 bits", {**NUMBER, "enum": [-(2**65)]}, b"-36893488147419103232", _LARGE),
    one("an enum", {**TEXT, "enum": ["a", "b"]}, b'"a"', "m.Row{n}Response200.A"),
    one("anything", {}, b'[1,{"a":null}]', "[1, {'a': None}]"),
    answer("anything, without a schema", {"200": {"content": {_JSON: {}}}}, 200, _JSON, b"5", "5"),
    one("an object or a text", {"oneOf": [ref("AnswerThing"), TEXT]}, b'"a"', "'a'", schemas=_THING),
    one(
        "an object or an array of them",
        {"oneOf": [ref("AnswerThing"), {"type": "array", "items": ref("AnswerThing")}]},
        _X,
        _READ,
        schemas=_THING,
    ),
    one(
        "one of two objects",
        {"oneOf": [an_object("a", a=TEXT), an_object("b", b=TEXT)]},
        b'{"b":"x"}',
        "m.Row{n}Response200Type1(b='x')",
    ),
    one(
        "objects that cannot be told apart",
        {"oneOf": [an_object(a=TEXT), an_object(b=TEXT)]},
        b"",
        "",
        refused=(
            "/responses/200/content/application~1json/schema/oneOf",
            "cannot be told apart: give them a discriminator",
        ),
    ),
    answer(
        "a schema of Swagger 2 beside content",
        {"200": {**_CONTENT, "schema": ref("Nowhere"), "examples": {_JSON: {}}}},
        200,
        _JSON,
        _X,
        _READ,
        schemas=_THING,
    ),
    answer(
        "a schema of Swagger 2 without content",
        {"200": {"schema": TEXT}},
        200,
        _JSON,
        b"",
        "",
        refused=("/responses/200", "schema"),
    ),
    one(
        "objects told apart by true and false",
        {"oneOf": [ref("AnswerTrue"), ref("AnswerFalse")]},
        b'{"is_it":false}',
        "m.AnswerFalse(is_it=False)",
        schemas={
            "AnswerTrue": an_object("is_it", is_it={"type": "boolean", "const": True}),
            "AnswerFalse": an_object("is_it", is_it={"type": "boolean", "enum": [False]}),
        },
    ),
    one(
        "objects told apart by a field that is not required",
        _KIND,
        b'{"kind":"B","id":"x"}',
        "m.AnswerKindB(kind=m.AnswerKindBKind.B, id='x')",
        schemas=_KINDS,
    ),
    one(
        "objects told apart by a field that is not required, without it",
        _KIND,
        b'{"id":"x"}',
        "{'id': 'x'}",
        schemas=_KINDS,
    ),
    one(
        "described objects told apart by a field that is not required, without it",
        {"oneOf": [*_KINDS.values()]},
        b'{"id":"x"}',
        "{'id': 'x'}",
    ),
    # Statuses.
    answer("nothing", {"204": {}}, 204, None, b"", "None"),
    answer("nothing beside an object", {"200": _CONTENT, "204": {}}, 204, None, b"", "None", schemas=_THING),
    answer(
        "two successes",
        {"200": _CONTENT, "201": _FAILED},
        201,
        _JSON,
        b'{"code":1}',
        "m.AnswerFailure(code=1)",
        schemas=_BOTH,
    ),
    *[
        answer(
            f"{status} with a body, which HTTP never sends",
            {status: _CONTENT},
            int(status),
            None,
            b"",
            "None",
            schemas=_THING,
        )
        for status in ("204", "205", "304")
    ],
    Row(
        "a body in answer to HEAD, which HTTP never sends",
        {"responses": {"200": {"description": "", **_CONTENT}}},
        _THING,
        method="head",
        answer=(200, _JSON, b""),
    ),
    answer("202 with nothing", {"202": {}}, 202, None, b"", "None"),
    answer(
        "an error",
        {"200": _CONTENT, "404": _FAILED},
        404,
        _JSON,
        b'{"code":1}',
        "m.AnswerFailure(code=1)",
        schemas=_BOTH,
    ),
    answer(
        "default",
        {"200": _CONTENT, "default": _FAILED},
        500,
        _JSON,
        b'{"code":1}',
        "m.AnswerFailure(code=1)",
        schemas=_BOTH,
    ),
    answer(
        "default, and the status that is said",
        {"default": _FAILED, "200": _CONTENT},
        200,
        _JSON,
        _X,
        _READ,
        schemas=_BOTH,
    ),
    answer("default alone", {"default": _CONTENT}, 200, _JSON, _X, _READ, schemas=_THING),
    answer(
        "a range",
        {"200": _CONTENT, "4XX": _FAILED},
        418,
        _JSON,
        b'{"code":1}',
        "m.AnswerFailure(code=1)",
        schemas=_BOTH,
    ),
    answer("a range, and a status in it", {"4XX": _FAILED, "404": _CONTENT}, 404, _JSON, _X, _READ, schemas=_BOTH),
    answer("a range and default", {"default": _FAILED, "2XX": _CONTENT}, 299, _JSON, _X, _READ, schemas=_BOTH),
    answer("a range of successes", {"2XX": _CONTENT}, 201, _JSON, _X, _READ, schemas=_THING),
    answer("a redirect", {"302": {}}, 302, None, b"", "None"),
    answer("a status that no standard knows", {"299": _CONTENT}, 299, _JSON, _X, _READ, schemas=_THING),
    answer("an invalid status", {"2000": {}}, 200, None, b"", "", refused=("/responses/2000", "is no status")),
    answer("a status in words", {"ok": {}}, 200, None, b"", "", refused=("/responses/ok", "is no status")),
    # Media types.
    *[
        answer(
            media_type,
            {"200": {"content": json_of(ref("AnswerThing"), media_type)}},
            200,
            media_type,
            _X,
            _READ,
            schemas=_THING,
        )
        for media_type in (
            "application/vnd.things+json",
            "application/problem+json",
            "application/json; charset=utf-8",
            "*/*",
            "text/json",
        )
    ],
    *[
        answer(media_type, {"200": {"content": json_of(TEXT, media_type)}}, 200, media_type, "é".encode(), "'é'")
        for media_type in (
            "text/plain",
            "text/csv",
            "text/html",
            "application/xml",
            "application/x-ndjson",
            "text/event-stream",
            "application/yaml",
        )
    ],
    *[
        answer(
            media_type,
            {"200": {"content": json_of({**TEXT, "format": "binary"}, media_type)}},
            200,
            media_type,
            b"\xff\x00",
            r"b'\xff\x00'",
        )
        for media_type in (
            "application/octet-stream",
            "image/png",
            "audio/mpeg",
            "application/pdf",
            "application/zip",
            "video/mp4",
        )
    ],
    answer("bytes without a schema", {"200": {"content": {"application/octet-stream": {}}}}, 200, None, b"x", "b'x'"),
    answer(
        "JSON or CSV",
        {"200": {"content": {**json_of(TEXT, "text/csv"), **json_of(ref("AnswerThing"))}}},
        200,
        _JSON,
        _X,
        _READ,
        schemas=_THING,
        sent=("accept: application/json",),
    ),
    *[
        answer(
            f"JSON, CSV or an image, of different schemas: {name}",
            {"200": {"content": _SEVERAL}},
            200,
            came,
            content,
            parsed,
            schemas=_THING,
            sent=("accept: application/json, image/*;q=0.5, text/csv;q=0.5",),
        )
        for name, came, content, parsed in (
            ("JSON", "application/json; charset=utf-8", _X, _READ),
            ("CSV", "Text/CSV", b"id,x", "'id,x'"),
            ("an image", "image/png", b"\xff", r"b'\xff'"),
            ("none said", None, _X, _READ),
        )
    ],
    answer(
        "JSON of two versions",
        {
            "200": {
                "content": {
                    **json_of(ref("AnswerThing"), "application/vnd.x.v1+json"),
                    **json_of(ref("AnswerFailure"), "application/vnd.x.v2+json"),
                }
            }
        },
        200,
        "application/vnd.x.v2+json",
        b'{"code":1}',
        "m.AnswerFailure(code=1)",
        schemas=_BOTH,
    ),
    answer(
        "two media types of inline objects, in a range",
        {"2XX": {"content": {**json_of(an_object(a=TEXT)), **json_of(an_object(b=TEXT), "application/problem+json")}}},
        201,
        "application/problem+json",
        b'{"b":"x"}',
        "m.Row{n}Response2XXApplicationProblemJson(b='x')",
    ),
    *[
        answer(f"of one schema, {name}: {came}", {"200": {"content": said}}, 200, came, content, parsed, schemas=_THING)
        for name, said, came, content, parsed in (
            ("an object or its events", _EVENTS, "text/event-stream", b"data: 1\n\n", r"'data: 1\n\n'"),
            ("an object or its events", _EVENTS, _JSON, _X, _READ),
            ("anything, JSON or CSV", {_JSON: {}, "text/csv": {}}, "text/csv", b"a,b", "'a,b'"),
            ("anything, JSON or a PDF", {_JSON: {}, "application/pdf": {}}, "application/pdf", b"\xff", r"b'\xff'"),
            ("a text or JSON", {**json_of(TEXT, "text/plain"), **json_of(TEXT)}, "text/plain", b"a", "'a'"),
            ("a text or JSON", {**json_of(TEXT, "text/plain"), **json_of(TEXT)}, _JSON, b'"a"', "'a'"),
            ("CSV or its archive", _ARCHIVE, "application/zip", b"\xff", r"b'\xff'"),
            ("CSV or its archive", _ARCHIVE, "text/csv", b"\xff", r"b'\xff'"),
            ("two versions, or CSV", _VERSIONS, "application/vnd.x+json", _X, _READ),
            ("in two spellings", {**json_of(TEXT), **json_of(TEXT, "Application/JSON")}, _JSON, b'"a"', "'a'"),
        )
    ],
    *[
        answer(
            f"an object or its {media_type}, of one schema",
            {"200": {"content": {**json_of(ref("AnswerThing")), **json_of(ref("AnswerThing"), media_type)}}},
            200,
            _JSON,
            _X,
            _READ,
            schemas=_THING,
            sent=("accept: application/json\n",),
        )
        for media_type in ("application/xml", "application/yaml", "application/x-www-form-urlencoded", "text/plain")
    ],
    *[
        answer(f"{media_type}, {name}: {came}", {"200": {"content": said}}, 200, came, content, parsed, schemas=_THING)
        for media_type in ("*/*", "application/*")
        for name, said, came, content, parsed in (
            ("bytes", json_of(_BYTES, media_type), "application/pdf", b"\xff", r"b'\xff'"),
            ("bytes", json_of(_BYTES, media_type), None, b"\xff", r"b'\xff'"),
            ("bytes of a component", json_of(ref("AnswerBytes"), media_type), "application/pdf", b"\xff", r"b'\xff'"),
            ("a text", json_of(TEXT, media_type), _JSON, b'"a"', "'a'"),
            ("a text", json_of(TEXT, media_type), "application/problem+json", b'"a"', "'a'"),
            ("a text", json_of(TEXT, media_type), None, b'"a"', "'a'"),
            ("a text", json_of(TEXT, media_type), "application/xml; charset=utf-8", b"<a/>", "'<a/>'"),
            ("an object", json_of(ref("AnswerThing"), media_type), "application/hal+json", _X, _READ),
            ("an enum", json_of(_ENUM, media_type), _JSON, b'"a"', "m.Row{n}Response200.A"),
            ("an enum", json_of(_ENUM, media_type), "application/xml", b"<a/>", "'<a/>'"),
            ("a text or an object", json_of(_EITHER, media_type), "application/xml", b"<a/>", "'<a/>'"),
            ("a text or an object", json_of(_EITHER, media_type), _JSON, b'{"x":"a"}', _EITHER_READ),
            ("anything", {media_type: {}}, _JSON, b"[1]", "[1]"),
            ("anything", {media_type: {}}, "application/pdf", b"\xff", r"b'\xff'"),
            ("anything", {media_type: {}}, "application/xml", b"<a/>", "'<a/>'"),
        )
    ],
    *[
        answer(f"{media_type}: {came}", {"200": {"content": said}}, 200, came, content, parsed, schemas=_THING)
        for media_type, said, came, content, parsed in (
            ("*/*, a text", json_of(TEXT, "*/*"), "text/plain", b"a", "'a'"),
            ("*/*, anything", {"*/*": {}}, "text/plain;charset=UTF-8", b"a", "'a'"),
            ("text/*", json_of(TEXT, "text/*"), "text/html", b"a", "'a'"),
            ("image/*", {"image/*": {}}, "image/png", b"\xff", r"b'\xff'"),
            (
                "application/*+json",
                json_of(ref("AnswerThing"), "application/*+json"),
                "application/hal+json",
                _X,
                _READ,
            ),
            ("application/*+json, or CSV", _SUFFIX, "application/hal+json", _X, _READ),
            ("*/*, a text, beside CSV", {**json_of(TEXT, "*/*"), **json_of(TEXT, "text/csv")}, "text/csv", b"a", "'a'"),
            ("*/*, a text, beside JSON", {**json_of(TEXT, "*/*"), **_CONTENT["content"]}, _JSON, _X, _READ),
        )
    ],
    answer(
        "bytes of a component, beside JSON",
        {"200": {"content": {**json_of(ref("AnswerThing")), **json_of(ref("AnswerBytes"), "application/pdf")}}},
        200,
        "application/pdf",
        b"\xff",
        r"b'\xff'",
        schemas=_THING,
    ),
    answer(
        "one media type with two schemas",
        {"200": {"content": {**json_of(TEXT), **json_of(NUMBER, "application/json; v=2")}}},
        200,
        None,
        b"",
        "",
        refused=("/responses/200", "are one media type, with two schemas: put them into one oneOf"),
    ),
    answer(
        "JSON or XML, and an error",
        {
            "200": {"content": {**json_of(ref("AnswerThing")), **json_of(TEXT, "application/xml")}},
            "404": {"content": json_of(TEXT, "text/plain")},
        },
        404,
        "text/plain",
        b"no",
        "'no'",
        schemas=_THING,
        sent=("accept: application/json, text/plain",),
    ),
    answer(
        "headers",
        {"200": {**_CONTENT, "headers": {"X-Total": {"schema": NUMBER}}}},
        200,
        _JSON,
        _X,
        _READ,
        schemas=_THING,
    ),
    answer(
        "links",
        {"200": {**_CONTENT, "links": {"next": {"operationId": "row0"}}}},
        200,
        _JSON,
        _X,
        _READ,
        schemas=_THING,
    ),
    # Elsewhere.
    Row(
        "by reference",
        {"responses": {"200": {"$ref": "#/components/responses/One"}}},
        _THING,
        answer=(200, _JSON, _X),
        parsed=_READ,
        document={"components": {"responses": {"One": {"description": "", **_CONTENT}}}},
    ),
    Row(
        "by a reference to a reference",
        {"responses": {"200": {"$ref": "#/components/responses/Two"}}},
        _THING,
        answer=(200, _JSON, _X),
        parsed=_READ,
        document={
            "components": {
                "responses": {"One": {"description": "", **_CONTENT}, "Two": {"$ref": "#/components/responses/One"}}
            }
        },
    ),
    Row(
        "by a reference that leads nowhere",
        {"responses": {"200": {"$ref": "#/components/responses/One"}}},
        refused=("/responses/200", "leads nowhere: describe it, or leave it out"),
    ),
    Row(
        "by default, by a reference that leads nowhere",
        {"responses": {"default": {"$ref": "#/components/responses/One"}}},
        refused=("/responses/default", "leads nowhere: describe it, or leave it out"),
    ),
    Row(
        "with a header called example, by a reference that leads nowhere",
        {"responses": {"200": {"description": "", "headers": {"example": {"$ref": "#/components/headers/One"}}}}},
        refused=("/responses/200/headers/example", "leads nowhere: describe it, or leave it out"),
    ),
    Row("no answers", {"responses": {}}, refused=("/responses", "")),
]
