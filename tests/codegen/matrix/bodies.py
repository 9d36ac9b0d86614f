"""Bodies of requests."""

from __future__ import annotations

from .row import NUMBER, TEXT, TEXTS, Row, an_object, body, json_of, ref

_THING = {"BodyThing": an_object("id", id=TEXT, size=NUMBER, tags=TEXTS, inner=an_object(a=TEXT))}
_MADE = "body=m.BodyThing(id='a b')"
_JSON = json_of(ref("BodyThing"))
_AT = "/requestBody"
_FORM = "application/x-www-form-urlencoded"
_PARTS = "multipart/form-data"
_FILE = {**TEXT, "format": "binary"}
_FREE = {"type": "object"}
_OBJECTS = {"type": "array", "items": an_object(b=TEXT)}
_PDF: dict[str, object] = {"application/json": {}, "application/pdf": {}}
_ENUM = {**TEXT, "enum": ["a", "b"]}
_ENUMS = {**json_of(_ENUM), **json_of(_ENUM, "text/plain")}
_TEXTS = {**json_of(TEXT), **json_of(TEXT, "text/plain")}
_SEVERAL = {
    **_JSON,
    **json_of(TEXT, "text/plain"),
    **json_of(an_object(file=_FILE), _PARTS),
    **json_of(_FILE, "application/octet-stream"),
}

ROWS: list[Row] = [
    body("an object", _JSON, _MADE, '{"id":"a b"}', "content-type: application/json", schemas=_THING),
    body(
        "an object, optional",
        _JSON,
        _MADE,
        '{"id":"a b"}',
        "content-type: application/json",
        required=False,
        schemas=_THING,
    ),
    body("an object, optional, not given", _JSON, "", "content-length: 0", required=False, schemas=_THING),
    body("an inline object", json_of(an_object(id=TEXT)), "body=m.Row{n}Body(id='x')", '{"id":"x"}'),
    body("a free-form object", json_of({"type": "object"}), "body={'a': 1}", '{"a":1}'),
    body("a map", json_of({"type": "object", "additionalProperties": NUMBER}), "body={'a': 1}", '{"a":1}'),
    body("an array", json_of(TEXTS), "body=['a']", '["a"]'),
    body(
        "an array of objects",
        json_of({"type": "array", "items": ref("BodyThing")}),
        "body=[m.BodyThing(id='x')]",
        '[{"id":"x"}]',
        schemas=_THING,
    ),
    body("an array, empty", json_of(TEXTS), "body=[]", "[]"),
    body("a text as JSON", json_of(TEXT), "body='a'", '"a"'),
    body("a number", json_of(NUMBER), "body=0", "\n0"),
    body("a boolean", json_of({"type": "boolean"}), "body=False", "false"),
    body("an enum", json_of({**TEXT, "enum": ["a", "b"]}), "body='a'", '"a"'),
    body("a date", json_of({**TEXT, "format": "date"}), "body=datetime.date(2026, 1, 2)", '"2026-01-02"'),
    body("null", json_of({"type": "null"}), "body=None", "null"),
    body("nullable", json_of({"anyOf": [ref("BodyThing"), {"type": "null"}]}), "body=None", "null", schemas=_THING),
    body("anything", json_of({}), "body=[1, {'a': None}]", '[1,{"a":null}]'),
    body("anything, without a schema", {"application/json": {}}, "body=1", "\n1"),
    body("anything, optional, not given", json_of({}), "", "content-length: 0", required=False),
    body(
        "a choice of objects",
        json_of({"oneOf": [ref("BodyThing"), an_object("name", name=TEXT)]}),
        "body=m.BodyThing(id='x')",
        '{"id":"x"}',
        schemas=_THING,
    ),
    body(
        "a choice of an object and a text",
        json_of({"oneOf": [ref("BodyThing"), TEXT]}),
        "body='x'",
        '"x"',
        schemas=_THING,
    ),
    body("a text or an array", json_of({"anyOf": [TEXT, TEXTS]}), "body=['x']", '["x"]'),
    *[
        body(
            media_type,
            json_of(ref("BodyThing"), media_type),
            _MADE,
            '{"id":"a b"}',
            f"content-type: {media_type}",
            schemas=_THING,
        )
        for media_type in (
            "application/merge-patch+json",
            "application/vnd.things.v1+json",
            "application/json; charset=utf-8",
            "application/problem+json",
            "text/json",
        )
    ],
    body(
        "JSON patch",
        json_of({"type": "array", "items": {"type": "object"}}, "application/json-patch+json"),
        "body=[{'op': 'remove'}]",
        '[{"op":"remove"}]',
        "content-type: application/json-patch+json",
    ),
    body(
        "merge-patch, optional, not given",
        json_of(ref("BodyThing"), "application/merge-patch+json"),
        "",
        "content-length: 0",
        required=False,
        schemas=_THING,
    ),
    # Forms.
    body(
        "a form",
        json_of(ref("BodyThing"), "application/x-www-form-urlencoded"),
        "body=m.BodyThing(id='a b&c', size=5)",
        "\nid=a+b%26c&size=5",
        "content-type: application/x-www-form-urlencoded",
        schemas=_THING,
    ),
    body(
        "a form with an array",
        json_of(ref("BodyThing"), "application/x-www-form-urlencoded"),
        "body=m.BodyThing(id='x', tags=['a', 'b'])",
        "id=x&tags=a&tags=b",
        schemas=_THING,
    ),
    body(
        "a form with an object",
        json_of(ref("BodyThing"), "application/x-www-form-urlencoded"),
        "body=m.BodyThing(id='x', inner=m.BodyThingInner(a='y'))",
        "inner=%7B%22a%22%3A%22y%22%7D",
        schemas=_THING,
    ),
    body(
        "a free-form form",
        json_of({"type": "object"}, "application/x-www-form-urlencoded"),
        "body={'a': True}",
        "a=true",
    ),
    body(
        "a form, optional, not given",
        json_of(ref("BodyThing"), "application/x-www-form-urlencoded"),
        "",
        "content-length: 0",
        required=False,
        schemas=_THING,
    ),
    body(
        "a form of a text",
        json_of(TEXT, "application/x-www-form-urlencoded"),
        "",
        refused=(_AT, "holds the fields of an object: describe one"),
    ),
    *[
        body(
            f"a form, encoding: {name}",
            {_FORM: {"schema": an_object(a=schema), "encoding": {"a": encoding}}},
            f"body=m.Row{{n}}Body(a={value})",
            sent,
        )
        for name, schema, encoding, value, sent in (
            ("an array, exploded", TEXTS, {"style": "form", "explode": True}, "['x', 'y']", "\na=x&a=y"),
            ("an array in one text", TEXTS, {"explode": False}, "['x', 'y']", "\na=x%2Cy"),
            ("an array with spaces", TEXTS, {"style": "spaceDelimited"}, "['x', 'y']", "\na=x+y"),
            ("an array with bars", TEXTS, {"style": "pipeDelimited"}, "['x', 'y']", "\na=x%7Cy"),
            ("an array, empty", TEXTS, {"style": "pipeDelimited"}, "[]", "content-length: 0"),
            ("an array as JSON", TEXTS, {"contentType": "application/json"}, "['x']", "\na=%5B%22x%22%5D"),
            ("a text as JSON", TEXT, {"contentType": "application/json"}, "'x'", "\na=%22x%22"),
            ("a text", TEXT, {"contentType": "text/plain"}, "'x'", "\na=x"),
            (
                "an array of objects, exploded",
                _OBJECTS,
                {"explode": True},
                "[m.Row{n}BodyAItem(b='x')]",
                "\na=%7B%22b%22%3A%22x%22%7D",
            ),
            ("a text, allowReserved", TEXT, {"allowReserved": True}, "'x/y&z +%2F'", "\na=x/y%26z+%2B%2F"),
            ("an array, allowReserved", TEXTS, {"allowReserved": True, "explode": False}, "['x/', 'y']", "\na=x/,y"),
            (
                "a free-form object, deep",
                {"type": "object"},
                {"style": "deepObject"},
                "{'b': {'c': 1}}",
                "\na%5Bb%5D%5Bc%5D=1",
            ),
            ("a free-form object, exploded", _FREE, {"explode": True}, "{'b': 1, 'c': 2}", "\nb=1&c=2"),
            ("a free-form object in one text", _FREE, {"explode": False}, "{'b': 1}", "\na=b%2C1"),
        )
    ],
    *[
        body(
            f"multipart, encoding: {name}",
            {_PARTS: {"schema": an_object(a=schema), "encoding": {"a": {"contentType": media_type}}}},
            f"body=m.Row{{n}}Body(a={value})",
            f"Content-Type: {sent}",
        )
        for name, schema, media_type, value, sent in (
            ("a file's type", _FILE, "image/png", "b'x'", "image/png"),
            ("a file's type, given", _FILE, "image/png", "('a', b'x', 'image/gif')", "image/gif"),
            ("a file, several types", _FILE, "image/png, image/gif", "('a.gif', b'x')", "image/gif"),
            ("a file that is JSON", _FILE, "application/json", "b'{}'", "application/json\r\n\r\n{}"),
            ("a text's type", TEXT, "text/csv", "'x,y'", "text/csv\r\n\r\nx,y"),
            ("an array as JSON", TEXTS, "application/json", "['x']", 'application/json\r\n\r\n["x"]'),
        )
    ],
    *[
        body(
            f"{'multipart' if media_type == _PARTS else 'a form'}, encoding: {name}",
            {media_type: {"schema": an_object(a=schema), "encoding": {field: encoding}}},
            "",
            refused=(f"{_AT}/content/{media_type.replace('/', '~1')}/encoding/{field}", said),
        )
        for name, media_type, schema, field, encoding, said in (
            ("of no field", _FORM, TEXT, "b", {}, "the content is no form with a field b"),
            ("bytes", _FORM, TEXT, "a", {"contentType": "image/png"}, "a form cannot hold image/png"),
            ("allowReserved", _PARTS, TEXT, "a", {"allowReserved": True}, "a multipart field is not percent-encoded"),
            ("deepObject of a text", _FORM, TEXT, "a", {"style": "deepObject"}, "style deepObject is for an object"),
            (
                "bars in an array of objects",
                _FORM,
                _OBJECTS,
                "a",
                {"style": "pipeDelimited"},
                "this style cannot write the arrays and objects in a",
            ),
            (
                "an array of objects in one text",
                _FORM,
                _OBJECTS,
                "a",
                {"explode": False},
                "give contentType: application/json",
            ),
            (
                "an object of arrays, exploded",
                _FORM,
                an_object(b=TEXTS),
                "a",
                {"explode": True},
                "arrays and objects in a",
            ),
            (
                "an array in a deepObject",
                _FORM,
                an_object(b=TEXTS),
                "a",
                {"style": "deepObject"},
                "arrays and objects in a",
            ),
            ("bars in a text", _FORM, TEXT, "a", {"style": "pipeDelimited"}, "style pipeDelimited is for an array"),
            (
                "a style of parts",
                _PARTS,
                TEXTS,
                "a",
                {"style": "spaceDelimited"},
                "a multipart field has no style: give contentType",
            ),
            (
                "headers",
                _FORM,
                TEXT,
                "a",
                {"headers": {"X-A": {"schema": TEXT}}},
                "the fields of a form cannot have headers",
            ),
        )
    ],
    # Texts and files.
    body("a text", json_of(TEXT, "text/plain"), "body='é'", "\né", "content-type: text/plain"),
    body("XML as text", json_of(TEXT, "application/xml"), "body='<a/>'", "<a/>", "content-type: application/xml"),
    body("CSV", json_of(TEXT, "text/csv"), "body='a,b'", "a,b", "content-type: text/csv"),
    body("a text, optional, not given", json_of(TEXT, "text/plain"), "", "content-length: 0", required=False),
    body(
        "bytes",
        json_of({**TEXT, "format": "binary"}, "application/octet-stream"),
        "body=b'\\xff\\x00'",
        "\\xff\x00",
        "content-type: application/octet-stream",
    ),
    body("bytes without a schema", {"application/octet-stream": {}}, "body=b'x'", "\nx"),
    body("bytes of an image", {"image/png": {}}, "body=b'x'", "\nx", "content-type: image/png"),
    body("bytes, optional, not given", {"audio/wav": {}}, "", "content-length: 0", required=False),
    # Several.
    body(
        "JSON or a form, of one schema",
        {**_JSON, **json_of(ref("BodyThing"), "application/x-www-form-urlencoded")},
        _MADE,
        '{"id":"a b"}',
        "content-type: application/json",
        schemas=_THING,
    ),
    body(
        "a form or JSON, of one schema",
        {**json_of(ref("BodyThing"), "application/x-www-form-urlencoded"), **_JSON},
        _MADE,
        '{"id":"a b"}',
        "content-type: application/json",
        schemas=_THING,
    ),
    body(
        "JSON or XML, of one schema",
        {**_JSON, **json_of(ref("BodyThing"), "application/xml")},
        _MADE,
        '{"id":"a b"}',
        "content-type: application/json",
        schemas=_THING,
    ),
    *[
        body(f"{name}, of one schema: {sent[0]}", said, arguments, *sent)
        for name, said, arguments, *sent in (
            ("JSON or CSV", {"application/json": {}, "text/csv": {}}, "body='a'", '"a"'),
            ("JSON or CSV", {"application/json": {}, "text/csv": {}}, "body='a,b', media_type='text/csv'", "\na,b"),
            ("JSON or a PDF", _PDF, "body=b'x', media_type='application/pdf'", "\nx", "content-type: application/pdf"),
            ("JSON or a text", _TEXTS, "body='a', media_type='text/plain'", "\na", "content-type: text/plain"),
            ("JSON or a text of an enum", _ENUMS, "body='a', media_type='text/plain'", "\na"),
            ("JSON or a text of an enum", _ENUMS, "body=m.Row{n}Body.A", '"a"'),
            ("JSON or any image", {"application/json": {}, "image/*": {}}, "body='a'", '"a"'),
        )
    ],
    *[
        body(f"JSON, a text, a form or bytes, of different schemas: {name}", _SEVERAL, arguments, *sent, schemas=_THING)
        for name, arguments, *sent in (
            ("as usual", _MADE, '{"id":"a b"}', "content-type: application/json"),
            ("JSON", f"{_MADE}, media_type='application/json'", '{"id":"a b"}', "content-type: application/json"),
            ("a text", "body='x', media_type='text/plain'", "\nx", "content-type: text/plain"),
            (
                "bytes",
                "body=b'x', media_type='application/octet-stream'",
                "\nx",
                "content-type: application/octet-stream",
            ),
            (
                "a form",
                "body=m.Row{n}BodyMultipartFormData(file=b'x'), media_type='multipart/form-data'",
                'name="file"; filename="file"',
                "content-type: multipart/form-data; boundary=",
            ),
        )
    ],
    body(
        "a text or bytes, optional, not given",
        {**json_of(TEXT, "text/plain"), **json_of(_FILE, "image/png")},
        "",
        "content-length: 0",
        required=False,
    ),
    body(
        "a text or bytes, optional",
        {**json_of(TEXT, "text/plain"), **json_of(_FILE, "image/png")},
        "body=b'x', media_type='image/png'",
        "content-type: image/png",
        required=False,
    ),
    body(
        "JSON of two versions",
        {
            **json_of(an_object(a=TEXT), "application/vnd.x.v1+json"),
            **json_of(an_object(b=TEXT), "application/vnd.x.v2+json"),
        },
        "body=m.Row{n}BodyApplicationVndXV2Json(b='x'), media_type='application/vnd.x.v2+json'",
        '{"b":"x"}',
        "content-type: application/vnd.x.v2+json",
    ),
    *[
        body(
            f"{media_type} that may be null",
            json_of({"anyOf": [ref("BodyThing"), {"type": "null"}]}, media_type),
            "",
            schemas=_THING,
            refused=(_AT, "holds the fields of an object: describe one, which is not null"),
        )
        for media_type in (_FORM, _PARTS)
    ],
    body(
        "a media type with quotes, beside another",
        {**json_of(TEXT, "text/plain"), **json_of(ref("BodyThing"), 'application/json; profile="x"')},
        f"""{_MADE}, media_type='application/json; profile="x"'""",
        'content-type: application/json; profile="x"',
        schemas=_THING,
    ),
    body(
        "JSON or any text, of two schemas",
        {**json_of(ref("BodyThing")), **json_of(TEXT, "text/*")},
        "",
        schemas=_THING,
        refused=(_AT, "text/* names no media type"),
    ),
    Row(
        "of different schemas, beside a parameter called media_type",
        {
            "parameters": [{"name": "media_type", "in": "query", "schema": TEXT}],
            "requestBody": {"required": True, "content": _SEVERAL},
        },
        _THING,
        arguments="body='x', media_type='text/plain', media_type_='y'",
        sent=("?media_type=y", "content-type: text/plain"),
    ),
    body(
        "any media type",
        json_of(TEXT, "*/*"),
        "",
        refused=(_AT, "*/* names no media type that could be sent: name one"),
    ),
    body("any text", json_of(TEXT, "text/*"), "", refused=(_AT, "names no media type")),
    # Multipart.
    *[
        body(
            f"a header of a part: {name}",
            {_PARTS: {"schema": an_object("file", file=_FILE, note=TEXT), "encoding": {"file": {"headers": headers}}}},
            f"body=m.Row{{n}}Body(file=b'x', note='y'){arguments}",
            sent,
        )
        for name, headers, arguments, sent in (
            ("a text", {"X-A": {"schema": TEXT}}, ", file_x_a='b'", "octet-stream\r\nX-A: b\r\n\r\nx"),
            ("not given", {"X-A": {"schema": TEXT}}, "", "octet-stream\r\n\r\nx"),
            ("required", {"X-A": {"schema": NUMBER, "required": True}}, ", file_x_a=5", "\r\nX-A: 5\r\n\r\nx"),
            ("an array", {"X-A": {"schema": TEXTS}}, ", file_x_a=['b', 'c']", "\r\nX-A: b,c\r\n\r\nx"),
            ("an object", {"X-A": {"schema": _FREE, "explode": True}}, ", file_x_a={'b': 1}", "\r\nX-A: b=1\r\n\r\nx"),
            ("JSON", {"X-A": {"content": json_of(_FREE)}}, ", file_x_a={'b': 1}", '\r\nX-A: {"b":1}\r\n\r\nx'),
            ("named", {"X-A": {"schema": TEXT, "x-python-name": "other"}}, ", other='b'", "\r\nX-A: b\r\n\r\nx"),
            (
                "two",
                {"X-A": {"schema": TEXT}, "X-B": {"schema": TEXT}},
                ", file_x_b='b', file_x_a='a'",
                "X-A: a\r\nX-B: b\r\n",
            ),
            ("Content-Type, which OpenAPI ignores", {"Content-Type": {"schema": TEXT}}, "", "octet-stream\r\n\r\nx"),
        )
    ],
    *[
        body(
            f"a header of a part: {name}",
            {
                _PARTS: {
                    "schema": an_object(file=_FILE),
                    "encoding": {"file": {"headers": {header: {"schema": schema}}}},
                }
            },
            "",
            refused=(f"{_AT}/content/multipart~1form-data/encoding/file/headers{place}", said),
        )
        for name, header, schema, place, said in (
            (
                "Content-Disposition",
                "Content-Disposition",
                TEXT,
                "",
                "is always written, with the field's name: leave it out",
            ),
            ("a name with a space", "X A", TEXT, "/X A", "part parameter X A: no such name can be sent"),
            ("an array of arrays", "X-A", {"type": "array", "items": TEXTS}, "/X-A", "arrays and objects in an array"),
        )
    ],
    body(
        "a file, by its path",
        json_of(an_object("file", file=_FILE), _PARTS),
        "body=m.Row{n}Body(file=pathlib.Path(__file__))",
        "Content-Type: text/x-python",
        "content-length: ",
    ),
    body(
        "bytes, by a path",
        {"image/png": {}},
        "body=pathlib.Path(__file__)",
        "content-type: image/png",
        "content-length: ",
    ),
    body("bytes, by an open file", {"image/png": {}}, "body=io.BytesIO(b'x')", "content-length: 1", "\nx"),
    body(
        "a file",
        json_of(an_object("file", file={**TEXT, "format": "binary"}), "multipart/form-data"),
        "body=m.Row{n}Body(file=b'content')",
        'name="file"; filename="file"',
        "content",
        "content-type: multipart/form-data; boundary=",
    ),
    body(
        "a file with a name",
        json_of(an_object("file", file={**TEXT, "format": "binary"}), "multipart/form-data"),
        "body=m.Row{n}Body(file=('a.txt', b'content'))",
        'name="file"; filename="a.txt"',
        "Content-Type: text/plain",
    ),
    body(
        "a file with a media type",
        json_of(an_object("file", file={**TEXT, "format": "binary"}), "multipart/form-data"),
        "body=m.Row{n}Body(file=('a', b'content', 'image/png'))",
        'filename="a"',
        "Content-Type: image/png",
    ),
    body(
        "a file and fields",
        json_of(
            an_object(file={**TEXT, "format": "binary"}, name=TEXT, size=NUMBER, inner=an_object(a=TEXT)),
            "multipart/form-data",
        ),
        "body=m.Row{n}Body(file=b'x', name='a', size=5, inner=m.Row{n}BodyInner(a='y'))",
        'name="name"',
        "\na",
        "\n5",
        '{"a":"y"}',
        "Content-Type: application/json",
    ),
    body(
        "several files",
        json_of(an_object(files={"type": "array", "items": {**TEXT, "format": "binary"}}), "multipart/form-data"),
        "body=m.Row{n}Body(files=[b'one', b'two'])",
        "one",
        "two",
        'name="files"',
    ),
    body(
        "fields alone, multipart",
        json_of(an_object(name=TEXT), "multipart/form-data"),
        "body=m.Row{n}Body(name='é')",
        'name="name"',
        "\né",
    ),
    body(
        "multipart, optional, not given",
        json_of(an_object(file={**TEXT, "format": "binary"}), "multipart/form-data"),
        "",
        "content-length: 0",
        required=False,
    ),
    body(
        "multipart of a text",
        json_of(TEXT, "multipart/form-data"),
        "",
        refused=(_AT, "holds the fields of an object: describe one"),
    ),
    body(
        "a file in JSON, which is a text",
        json_of(an_object(file={**TEXT, "format": "binary"})),
        "body=m.Row{n}Body(file='x')",
        '{"file":"x"}',
    ),
    body(
        "a file, as in 3.1",
        json_of(an_object(file={**TEXT, "contentMediaType": "image/png"}), _PARTS),
        "body=m.Row{n}Body(file=b'x')",
        'filename="file"',
    ),
    body(
        "a file or a text",
        json_of(an_object(file={"oneOf": [_FILE, TEXT]}), _PARTS),
        "body=m.Row{n}Body(file='x')",
        'name="file"\r\n\r\nx',
    ),
    Row(
        "a file in JSON and in a form",
        {
            "requestBody": {"content": json_of(ref("BodyBoth"), _PARTS)},
            "responses": {"200": {"description": "", "content": json_of(ref("BodyBoth"))}},
        },
        {"BodyBoth": an_object(file={**TEXT, "format": "binary"})},
        refused=("#/components/schemas/BodyBoth/properties/file", "of which only one holds bytes: make two of it"),
    ),
    body(
        "base64 in JSON",
        json_of(an_object(file={**TEXT, "format": "byte"})),
        "body=m.Row{n}Body(file='YQ==')",
        '{"file":"YQ=="}',
    ),
    # Elsewhere.
    Row(
        "by reference",
        {"requestBody": {"$ref": "#/components/requestBodies/One"}},
        _THING,
        arguments=_MADE,
        sent=('{"id":"a b"}',),
        document={"components": {"requestBodies": {"One": {"required": True, "content": _JSON}}}},
    ),
    Row(
        "by a reference that leads nowhere",
        {"requestBody": {"$ref": "#/components/requestBodies/One"}},
        refused=(_AT, "leads nowhere: describe it, or leave it out"),
    ),
    *[
        Row(
            f"a body with {method.upper()}",
            {"requestBody": {"required": True, "content": _JSON}},
            _THING,
            method=method,
            arguments=_MADE,
            sent=(f"{method.upper()} ", '{"id":"a b"}'),
        )
        for method in ("get", "put", "patch", "delete")
    ],
    Row("no content", {"requestBody": {"content": {}}}, sent=("content-length: 0",)),
    Row("without a body", {}, sent=("POST ",)),
]
