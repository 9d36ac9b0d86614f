"""Schemas: types, formats, values, objects, compositions, choices."""

from __future__ import annotations

from typing import Any

from .row import NUMBER, TEXT, TEXTS, Row, an_object, property_, ref

BOOLEAN = {"type": "boolean"}
NULL = {"type": "null"}
_SCHEMA = "/requestBody"


def fixed(value: Any, **more: Any) -> dict[str, Any]:
    """Return an object with a field ``kind`` of one value."""
    return an_object("kind", kind={**TEXT, "enum": [value]}, **more)


PETS = {
    "SchemaCat": an_object("name", name=TEXT),
    "SchemaDog": an_object("name", name=TEXT, bark=TEXT),
}
BASE = {"SchemaBase": an_object("id", id=TEXT)}
PET = [ref("SchemaCat"), ref("SchemaDog")]
BY_NAME = {"propertyName": "name"}
BY_LETTER = {**BY_NAME, "mapping": {"c": "#/components/schemas/SchemaCat", "d": "#/components/schemas/SchemaDog"}}
TREE = {
    "SchemaTree": an_object(
        "name", name=TEXT, children={"type": "array", "items": ref("SchemaTree")}, parent=ref("SchemaTree")
    )
}
MUTUAL = {
    "SchemaEgg": an_object(hen=ref("SchemaHen")),
    "SchemaHen": an_object(eggs={"type": "array", "items": ref("SchemaEgg")}),
}
NESTED_LIST = {"SchemaList": {"type": "array", "items": {"anyOf": [TEXT, ref("SchemaList")]}}}


def refused(name: str, schema: Any, place: str, text: str, **schemas: Any) -> Row:
    """Return a property that is refused."""
    where = f"#/components/schemas/Row0/properties/f{place}"
    return property_(name, schema, None, refused=(where, text), schemas=schemas)


NUMBERED = {
    "SchemaOne": an_object("kind", kind={**NUMBER, "enum": [1]}, x=NUMBER),
    "SchemaTwo": an_object("kind", kind={**NUMBER, "enum": [2]}, y=TEXT),
}

ROWS: list[Row] = [
    # Types.
    property_("text", TEXT, "", "a", "é\n\u2028😀", wrong=(1, None, [], {})),
    property_("integer", NUMBER, 0, -5, 2**53, wrong=("1", 1.5, True)),
    property_("number", {"type": "number"}, 0, 1.5, -1e300, wrong=("1", False)),
    property_("boolean", BOOLEAN, True, False, wrong=(1, "true")),
    property_("null", NULL, None, wrong=(1, "a")),
    property_("an array of null", {"type": "array", "items": NULL}, [None], wrong=([1],)),
    property_("a choice of null alone", {"anyOf": [NULL]}, None, wrong=(1,)),
    property_("anything", {}, None, 1, "a", [1], {"a": [None]}),
    property_("anything, as true", True, None, 1, {"a": 1}),
    property_("a property that must not be there", an_object(a=False), {}),
    property_("anything, described", {"description": "Anything."}, None, 1),
    property_("text or null by types", {"type": ["string", "null"]}, "a", None, wrong=(1,)),
    property_("text or null by anyOf", {"anyOf": [TEXT, NULL]}, "a", None, wrong=(1,)),
    property_("text or null by oneOf", {"oneOf": [NULL, TEXT]}, "a", None, wrong=(1,)),
    property_("nullable, as in 3.0", {**TEXT, "nullable": True}, "a", wrong=(1,)),
    property_(
        "object or null by types",
        {"type": ["object", "null"], "properties": {"a": TEXT}},
        {"a": "b"},
        None,
        wrong=(1, {"a": 1}),
    ),
    property_(
        "object or null by anyOf", {"anyOf": [ref("SchemaCat"), NULL]}, {"name": "a"}, None, schemas=PETS, wrong=({},)
    ),
    property_("array or null by types", {"type": ["array", "null"], "items": NUMBER}, [1], None, wrong=(["a"],)),
    property_("enum or null", {"type": ["string", "null"], "enum": ["a", "b", None]}, "a", None, wrong=(1,)),
    property_("enum with null and no types", {"enum": ["a", None]}, "a", None),
    property_("null alone as an enum", {"enum": [None]}, None, wrong=(1,)),
    property_("text or number", {"type": ["string", "integer"]}, "a", 1, wrong=([],)),
    property_("three types", {"type": ["string", "integer", "boolean"]}, "a", 1, True, wrong=([],)),
    property_("one type in a list", {"type": ["string"]}, "a", wrong=(1,)),
    property_(
        "all types",
        {"type": ["string", "integer", "boolean", "array", "object", "null"], "items": {}},
        "a",
        1,
        True,
        [1],
        {"a": 1},
        None,
    ),
    # Formats.
    property_(
        "date-time",
        {**TEXT, "format": "date-time"},
        "2026-01-02T03:04:05Z",
        "2026-01-02T03:04:05.678000+02:00",
        wrong=("yesterday", 1, "2016-12-31T23:59:61Z", "2016-12-31T23:60:60Z"),
    ),
    property_("date", {**TEXT, "format": "date"}, "2026-01-02", wrong=("2026", 1)),
    property_("uuid", {**TEXT, "format": "uuid"}, "123e4567-e89b-12d3-a456-426614174000", wrong=(1,)),
    *[
        property_(f"format {name}", {**TEXT, "format": name}, "x", wrong=(1,), document={})
        for name in (
            "time",
            "duration",
            "uri",
            "email",
            "ipv4",
            "hostname",
            "byte",
            "password",
            "regex",
            "decimal",
            "phone",
            "json-pointer",
            "char",
        )
    ],
    *[
        property_(f"integer, format {name}", {**NUMBER, "format": name}, 5, wrong=("5",))
        for name in ("int32", "int64", "unix-time")
    ],
    *[
        property_(f"number, format {name}", {"type": "number", "format": name}, 5.5, 5, wrong=("5",))
        for name in ("float", "double", "decimal")
    ],
    property_("binary, which JSON holds as a text", {**TEXT, "format": "binary"}, "a", wrong=(1,)),
    property_("base64, as in 3.1", {**TEXT, "contentEncoding": "base64", "contentMediaType": "image/png"}, "YQ=="),
    # Limits, which a server checks.
    *[
        property_(f"limit {key}", {**schema, key: value}, given)
        for key, schema, value, given in (
            ("minLength", TEXT, 1, "a"),
            ("maxLength", TEXT, 9, "a"),
            ("pattern", TEXT, "^[a-z]$", "a"),
            ("minimum", NUMBER, 1, 5),
            ("exclusiveMinimum", NUMBER, 1, 5),
            ("exclusiveMaximum", NUMBER, 9, 5),
            ("multipleOf", NUMBER, 5, 5),
            ("minItems", TEXTS, 1, ["a"]),
            ("uniqueItems", TEXTS, True, ["a"]),
            ("maxProperties", {"type": "object"}, 5, {"a": 1}),
            ("minProperties", {"type": "object"}, 1, {"a": 1}),
        )
    ],
    *[
        property_(f"note {key}", {**TEXT, key: value}, "a")
        for key, value in (
            ("title", "Another Thing"),
            ("description", "What it is."),
            ("example", "b"),
            ("examples", ["b"]),
            ("deprecated", True),
            ("default", "b"),
            ("readOnly", True),
            ("writeOnly", True),
            ("externalDocs", {"url": "https://example.com"}),
            ("x-anything", {"enum": ["a", "A"]}),
            ("xml", {"name": "F"}),
            ("$comment", "Hm."),
        )
    ],
    property_("default of another type", {**NUMBER, "default": "many"}, 5),
    property_("default of an object", {**an_object(a=TEXT), "default": {}}, {"a": "b"}),
    property_(
        "example that looks like a schema",
        {"type": "object", "example": {"enum": ["a", "A"], "$ref": "nowhere"}},
        {"a": 1},
    ),
    # Listed values.
    property_("enum", {**TEXT, "enum": ["a", "b c", "d-e"]}, "a", "b c", "d-e", wrong=(1, None)),
    property_("enum, a value that is not listed", {**TEXT, "enum": ["a"]}, "z", document={}),
    property_("enum without a type", {"enum": ["a", "b"]}, "a"),
    property_("enum with the empty text", {**TEXT, "enum": ["", "a"]}, "", "a"),
    property_("enum of numbers", {**NUMBER, "enum": [1, -2, 0]}, 1, -2, wrong=("1", True)),
    property_("enum of floats", {"type": "number", "enum": [0.5, 1]}, 0.5, 1, wrong=("1",)),
    property_("enum of floats without a type", {"enum": [0.5, 1.5]}, 0.5),
    property_("enum of booleans", {**BOOLEAN, "enum": [True]}, True, wrong=("a",)),
    property_("enum of booleans without a type", {"enum": [True, False]}, True),
    property_("enum of several types", {"enum": ["a", 1, True]}, "a", 1, True),
    property_("enum of objects", {"enum": [{"a": 1}]}, {"a": 1}),
    property_("enum by x-enum-varnames", {**NUMBER, "enum": [1, 2], "x-enum-varnames": ["ONE", "TWO"]}, 1),
    property_(
        "enum of words of Python",
        {**TEXT, "enum": ["None", "class", "import", "self", "mro", "name", "value"]},
        "None",
        "class",
        "mro",
        "name",
        "value",
    ),
    property_("enum of signed numbers", {**TEXT, "enum": ["+1", "-1", "1", "a-+1", "a--1"]}, "+1", "-1", "a--1"),
    property_("enum that lists a value twice", {**TEXT, "enum": ["a", "", "a", ""]}, "a", ""),
    property_("examples that are no list", {**TEXT, "examples": {"one": "a"}}, "a"),
    property_("enum of signs", {**TEXT, "enum": ["+", "-", "*", "<=", "=="]}, "+", "<=", "=="),
    property_("enum that begins with digits", {**TEXT, "enum": ["1st", "2nd", "24:00"]}, "1st", "24:00"),
    property_("enum of other scripts", {**TEXT, "enum": ["größe", "日本", "Ελλ"]}, "größe", "日本"),
    property_("enum with quotes", {**TEXT, "enum": ['"', "\\", "{x}"]}, '"', "\\", "{x}"),
    refused("enum with a line break", {**TEXT, "enum": ["a\nb"]}, "", "'a\\nb' holds a character that nobody sees"),
    refused("a name with a line break", an_object(**{"a\nb": TEXT}), "", "'a\\nb' holds a character that nobody sees"),
    property_("const with a line break", {"const": "a\nb"}, "a\nb", wrong=("ab",)),
    property_(
        "enum of one letter in two cases", {**TEXT, "enum": ["a", "A"], "x-enum-varnames": ["LOWER", "UPPER"]}, "a", "A"
    ),
    refused(
        "enum that gives one name twice",
        {**TEXT, "enum": ["a b", "a-b"]},
        "",
        "two values of the enum give the same name: ['a b', 'a-b']: name them all with x-enum-varnames",
    ),
    refused(
        "enum of one letter in two cases, unnamed",
        {**TEXT, "enum": ["a", "A"]},
        "",
        "two values of the enum give the same name",
    ),
    refused(
        "x-enum-varnames that are not names",
        {**NUMBER, "enum": [1], "x-enum-varnames": ["1st"]},
        "",
        "1st is no name in Python: give another with x-enum-varnames",
    ),
    *[
        refused(f"{name} that lists {said}", {**kind, **said}, "", remedy)
        for name, kind, said, remedy in (
            ("a text", TEXT, {"enum": [1, 2.5]}, "no listed value (1, 2.5) has the type string: quote them"),
            ("a text", TEXT, {"enum": [True]}, "has the type string: quote them"),
            ("a text", TEXT, {"const": 1}, "no listed value (1) has the type string: quote them"),
            ("a text", TEXT, {"enum": [None]}, "let the type be theirs, or list others"),
            ("an integer", NUMBER, {"enum": ["1"]}, "has the type integer: write them without quotes, or let the type"),
            ("an integer", NUMBER, {"enum": [1.5, True]}, "let the type be theirs, or list others"),
            ("a boolean", BOOLEAN, {"enum": ["true"]}, "has the type boolean: write them without quotes"),
            ("a number or null", {"type": ["number", "null"]}, {"const": "1"}, "has the type number or null: write"),
            ("an array", {"type": "array", "items": TEXT}, {"enum": ["a"]}, "put what lists them into items"),
            ("anything", {}, {"const": "a", "enum": ["b"]}, "the const 'a' is not in the enum beside it: leave one"),
            ("anything", {}, {"const": 1, "enum": [True]}, "the const 1 is not in the enum beside it: leave one of"),
        )
    ],
    property_("const beside an enum", {"const": "a", "enum": ["a", "b"]}, "a", wrong=("b",)),
    property_("enum of texts that lists a number", {**TEXT, "enum": ["a", 1]}, "a", wrong=(1,)),
    property_("enum of integers that lists a text", {**NUMBER, "enum": [1, "2"]}, 1, wrong=("2",)),
    property_(
        "enum that lists a number, with names",
        {**TEXT, "enum": [1, "a", "A"], "x-enum-varnames": ["ONE", "LOWER", "UPPER"]},
        "a",
        "A",
        wrong=(1,),
    ),
    property_("enum of texts that lists null without the type", {**TEXT, "enum": ["a", None]}, "a", wrong=(1,)),
    property_("enum of integers as floats", {**NUMBER, "enum": [1.0, 2.0]}, 1),
    property_("const of a number that is an integer", {"type": "number", "const": 1}, 1, wrong=(2, "1")),
    property_(
        "enum of OpenAPI 3.0 that may be null",
        {**TEXT, "nullable": True, "enum": ["a"]},
        "a",
        None,
        wrong=(1,),
        document={"openapi": "3.0.3"},
    ),
    property_("const text", {"const": "a"}, "a", wrong=("b",)),
    property_("const text with a type", {**TEXT, "const": "a"}, "a", wrong=("b", 1)),
    property_("const text with two types", {"type": ["string", "null"], "const": "a"}, "a", wrong=("b", None)),
    property_("const boolean with two types", {"type": ["boolean", "null"], "const": True}, True, wrong=(False, 1)),
    property_("enum with a type of no value", {"type": ["string", "null"], "enum": ["a"]}, "a", wrong=(1,)),
    property_("const number", {"const": 5}, 5, wrong=(6, "5")),
    *[
        property_(f"const {value}, a number", {"const": value}, value, wrong=(0, str(value)))
        for value in (-5, 2**63 - 1, 2**63, -(2**63))
    ],
    *[
        property_(f"enum of {listed}, numbers", {**NUMBER, "enum": listed}, *listed, wrong=("1",))
        for listed in ([2**63], [-(2**63), 1, 2**63])
    ],
    property_("const boolean", {"const": True}, True, wrong=(False, 1)),
    property_("const float", {"const": 1.5}, 1.5),
    property_("const null", {"const": None}, None, wrong=(1,)),
    property_("const object", {"const": {"a": 1}}, {"a": 1}),
    property_("const array", {"const": [1]}, [1]),
    property_("const with quotes", {"const": 'a"b\\'}, 'a"b\\', wrong=("b",)),
    property_("const or null", {"anyOf": [{"const": "a"}, NULL]}, "a", None),
    # Arrays.
    property_("array of texts", TEXTS, [], ["a"], wrong=([1], "a", {})),
    property_(
        "array of objects",
        {"type": "array", "items": ref("SchemaCat")},
        [{"name": "a"}],
        schemas=PETS,
        wrong=([{}], [1]),
    ),
    property_(
        "array of inline objects", {"type": "array", "items": an_object("a", a=TEXT)}, [{"a": "b"}], wrong=([{}],)
    ),
    property_(
        "array of arrays of objects",
        {"type": "array", "items": {"type": "array", "items": ref("SchemaCat")}},
        [[{"name": "a"}]],
        schemas=PETS,
        wrong=([[{}]],),
    ),
    property_(
        "array of nullable objects",
        {"type": "array", "items": {"anyOf": [ref("SchemaCat"), NULL]}},
        [{"name": "a"}, None],
        schemas=PETS,
    ),
    property_(
        "array of enum values", {"type": "array", "items": {**TEXT, "enum": ["a", "b"]}}, ["a", "b"], wrong=([1],)
    ),
    property_("array of dates", {"type": "array", "items": {**TEXT, "format": "date"}}, ["2026-01-02"], wrong=(["x"],)),
    property_("array of anything", {"type": "array", "items": {}}, [1, "a", None]),
    property_("array of anything, as true", {"type": "array", "items": True}, [1, "a"]),
    property_("array without items", {"type": "array"}, [1, "a"]),
    property_("array of free-form objects", {"type": "array", "items": {"type": "object"}}, [{"a": 1}]),
    property_("array by a component", ref("SchemaTexts"), ["a"], schemas={"SchemaTexts": TEXTS}, wrong=([1],)),
    property_("contains", {"type": "array", "contains": TEXT}, ["a", 1]),
    property_("items without a type, which say nothing of an object", {"items": TEXT}, ["a"], {"a": 1}, "x"),
    property_("a tuple without a type", {"prefixItems": [TEXT]}, ["a"], {"a": 1}),
    property_(
        "a component's array of objects that have objects",
        ref("SchemaMany"),
        [{"kind": "a", "inner": {"x": "y"}}, {"kind": "b"}],
        schemas={
            "SchemaMany": {
                "type": "array",
                "items": {"anyOf": [an_object("kind", kind={"const": each}, inner=an_object(x=TEXT)) for each in "ab"]},
            }
        },
        wrong=([{"kind": "c"}], [{"kind": "a", "inner": {"x": 1}}]),
    ),
    # Objects.
    property_("object", an_object("a", a=TEXT, b=NUMBER), {"a": "x"}, {"a": "x", "b": 1}, wrong=({}, {"a": 1}, [])),
    property_("object, more than described", an_object(a=TEXT), {"a": "x", "more": [1]}),
    property_("object, no more than described", {**an_object(a=TEXT), "additionalProperties": False}, {"a": "x"}),
    property_("object, more of one type", {**an_object(a=TEXT), "additionalProperties": NUMBER}, {"a": "x", "more": 1}),
    property_("object without a type", {"properties": {"a": TEXT}}, {"a": "x"}, wrong=({"a": 1},)),
    property_("object, free-form", {"type": "object"}, {}, {"a": [1]}, wrong=([], "a")),
    property_("object, free-form, as true", {"type": "object", "additionalProperties": True}, {"a": [1]}),
    property_("object with nothing in it", {"type": "object", "properties": {}}, {}),
    property_("object, required and not described", {"type": "object", "required": ["a"]}, {"a": 1}),
    property_("map of texts", {"type": "object", "additionalProperties": TEXT}, {"a": "b"}, wrong=({"a": 1}, [])),
    property_("map of numbers", {"type": "object", "additionalProperties": NUMBER}, {"a": 1}, wrong=({"a": "b"},)),
    property_(
        "map of objects",
        {"type": "object", "additionalProperties": ref("SchemaCat")},
        {"x": {"name": "a"}},
        schemas=PETS,
        wrong=({"x": {}},),
    ),
    property_("a map without a type, which says nothing of an array", {"additionalProperties": NUMBER}, {"a": 1}, [1]),
    property_(
        "map of arrays of objects",
        {"type": "object", "additionalProperties": {"type": "array", "items": ref("SchemaCat")}},
        {"x": [{"name": "a"}]},
        schemas=PETS,
        wrong=({"x": [{}]},),
    ),
    property_(
        "map of maps",
        {"type": "object", "additionalProperties": {"type": "object", "additionalProperties": NUMBER}},
        {"a": {"b": 1}},
        wrong=({"a": {"b": "c"}},),
    ),
    property_("map by patternProperties", {"type": "object", "patternProperties": {"^x": TEXT}}, {"xa": "b"}),
    property_("propertyNames", {"type": "object", "propertyNames": {"pattern": "^a"}}, {"a": 1}),
    property_(
        "dependentRequired", {**an_object(a=TEXT, b=TEXT), "dependentRequired": {"a": ["b"]}}, {"a": "x", "b": "y"}
    ),
    property_("unevaluatedProperties", {**an_object(a=TEXT), "unevaluatedProperties": False}, {"a": "x"}),
    property_("not", {"not": NUMBER}, "a"),
    property_("if, then, else", {**an_object(a=TEXT), "if": {"required": ["a"]}, "then": {"required": ["b"]}}, {}),
    property_(
        "nested five deep",
        an_object(a=an_object(a=an_object(a=an_object(a=an_object(a=NUMBER))))),
        {"a": {"a": {"a": {"a": {"a": 1}}}}},
        wrong=({"a": {"a": {"a": {"a": {"a": "x"}}}}},),
    ),
    property_(
        "readOnly and required",
        {**an_object("id", "a", id={**TEXT, "readOnly": True}, a=TEXT)},
        {"id": "x", "a": "y"},
        {"a": "y"},
        document={},
    ),
    property_(
        "writeOnly and required", {**an_object("key", key={**TEXT, "writeOnly": True})}, {"key": "x"}, {}, document={}
    ),
    # References.
    property_("component", ref("SchemaCat"), {"name": "a"}, schemas=PETS, wrong=({},)),
    property_(
        "component, described beside",
        {**ref("SchemaCat"), "description": "Mine.", "deprecated": True},
        {"name": "a"},
        schemas=PETS,
        wrong=({},),
    ),
    property_(
        "component, more beside",
        {**ref("SchemaCat"), "properties": {"more": NUMBER}},
        {"name": "a", "more": 1},
        schemas=PETS,
        wrong=({"name": "a", "more": "x"}, {"more": 1}),
    ),
    property_(
        "component, required beside",
        {**ref("SchemaOptional"), "required": ["a"]},
        {"a": "x"},
        schemas={"SchemaOptional": an_object(a=TEXT)},
        wrong=({},),
    ),
    property_("component of a text", ref("SchemaName"), "a", schemas={"SchemaName": TEXT}, wrong=(1,)),
    property_(
        "component of an enum",
        ref("SchemaOrder"),
        "asc",
        schemas={"SchemaOrder": {**TEXT, "enum": ["asc", "desc"]}},
        wrong=(1,),
    ),
    property_(
        "component of a map",
        ref("SchemaMap"),
        {"a": 1},
        schemas={"SchemaMap": {"type": "object", "additionalProperties": NUMBER}},
    ),
    property_(
        "component that is a reference",
        ref("SchemaAlias"),
        {"name": "a"},
        schemas={**PETS, "SchemaAlias": ref("SchemaCat")},
        wrong=({},),
    ),
    property_(
        "component that is allOf of one",
        ref("SchemaSame"),
        {"name": "a"},
        schemas={**PETS, "SchemaSame": {"allOf": [ref("SchemaCat")]}},
        wrong=({},),
    ),
    property_(
        "a part of a component",
        {"$ref": "#/components/schemas/SchemaCat/properties/name"},
        "a",
        schemas=PETS,
        wrong=(1,),
    ),
    property_(
        "a part of a component that is an object",
        {"$ref": "#/components/schemas/SchemaOuter/properties/inner"},
        {"a": 1},
        schemas={"SchemaOuter": an_object(inner=an_object(a=NUMBER))},
        wrong=({"a": "x"},),
    ),
    property_(
        "the items of a component",
        {"$ref": "#/components/schemas/SchemaCats/items"},
        {"name": "a"},
        schemas={**PETS, "SchemaCats": {"type": "array", "items": ref("SchemaCat")}},
        wrong=({},),
    ),
    property_(
        "$defs of a component",
        ref("SchemaWithDefs"),
        {"b": {"c": 1}},
        schemas={
            "SchemaWithDefs": {
                **an_object(b={"$ref": "#/components/schemas/SchemaWithDefs/$defs/B"}),
                "$defs": {"B": an_object(c=NUMBER)},
            }
        },
        wrong=({"b": {"c": "x"}},),
    ),
    property_(
        "a tree",
        ref("SchemaTree"),
        {"name": "a", "children": [{"name": "b", "children": []}], "parent": {"name": "c"}},
        schemas=TREE,
        wrong=({"name": "a", "children": [{}]},),
    ),
    property_(
        "two that hold each other",
        ref("SchemaHen"),
        {"eggs": [{"hen": {"eggs": []}}]},
        schemas=MUTUAL,
        wrong=({"eggs": [{"hen": 1}]},),
    ),
    refused(
        "a reference to nowhere",
        ref("Missing"),
        "",
        "the $ref to #/components/schemas/Missing leads nowhere: describe it, or leave it out",
    ),
    refused(
        "a reference out of the document",
        {"$ref": "other.yaml#/Thing"},
        "",
        "there is no file other.yaml in the document's folder: put it there, or write what it has into components",
    ),
    *[
        refused(f"a reference to {target}", {"$ref": target}, "", "is no place in a document: write #/components/")
        for target in ("#", "#Thing")
    ],
    refused("a reference to a URL", {"$ref": "https://example.com/schema.json"}, "", "leads out of the document"),
    property_("an array that holds itself", ref("SchemaList"), [], ["a", ["b"]], schemas=NESTED_LIST, wrong=("a", [1])),
    property_(
        "a map that holds itself",
        ref("SchemaMapOfItself"),
        {"a": {"b": {}}},
        schemas={"SchemaMapOfItself": {"type": "object", "additionalProperties": ref("SchemaMapOfItself")}},
        wrong=({"a": 1},),
    ),
    property_(
        "JSON, described by itself",
        ref("SchemaJson"),
        1,
        "a",
        [1, ["a"]],
        {"a": [None]},
        schemas={
            "SchemaJson": {
                "oneOf": [
                    *({"type": each} for each in ("string", "number", "boolean", "null")),
                    {"type": "array", "items": ref("SchemaJson")},
                    {"type": "object", "additionalProperties": ref("SchemaJson")},
                ]
            }
        },
    ),
    property_(
        "two arrays that hold each other",
        ref("SchemaRows"),
        [[[[]]]],
        schemas={
            "SchemaRows": {"type": "array", "items": ref("SchemaCells")},
            "SchemaCells": {"type": "array", "items": ref("SchemaRows")},
        },
        wrong=(["a"],),
    ),
    property_(
        "a choice that holds itself in one of its objects",
        ref("SchemaFilter"),
        {"all": [{"field": "a"}, {"all": []}]},
        {"field": "a"},
        schemas={
            "SchemaFilter": {
                "oneOf": [
                    an_object("all", all={"type": "array", "items": ref("SchemaFilter")}),
                    an_object("field", field=TEXT),
                ]
            }
        },
        wrong=({"all": [{"field": 1}]},),
    ),
    property_(
        "a component that may be null",
        ref("SchemaMaybe"),
        {"a": "x"},
        None,
        schemas={"SchemaMaybe": {"type": ["object", "null"], "properties": {"a": TEXT}}},
        wrong=({"a": 1},),
    ),
    property_(
        "a component that may be null, described where it is used",
        {"allOf": [ref("SchemaMaybe")], "description": "x"},
        {"a": "x"},
        None,
        schemas={"SchemaMaybe": {"type": ["object", "null"], "properties": {"a": TEXT}}},
        wrong=({"a": 1},),
    ),
    property_(
        "a circle of references",
        ref("SchemaA"),
        None,
        schemas={"SchemaA": ref("SchemaB"), "SchemaB": ref("SchemaA")},
        refused=("#/components/schemas/SchemaA", "refers back to itself: describe what is meant"),
    ),
    property_(
        "enum beside a reference",
        {**ref("SchemaName"), "enum": ["a"]},
        None,
        schemas={"SchemaName": TEXT},
        refused=("#/components/schemas/Row0/properties/f", "enum beside $ref would be lost: put both into allOf"),
    ),
    # Composition.
    property_("allOf of one", {"allOf": [ref("SchemaBase")]}, {"id": "x"}, schemas=BASE, wrong=({},)),
    property_(
        "allOf of two",
        {"allOf": [ref("SchemaBase"), an_object(a=NUMBER)]},
        {"id": "x", "a": 1},
        schemas=BASE,
        wrong=({"a": 1}, {"id": "x", "a": "b"}),
    ),
    property_("allOf of a text", {"allOf": [TEXT]}, "a"),
    property_("allOf of a text and a limit", {"allOf": [TEXT, {"maxLength": 5}]}, "a"),
    property_(
        "allOf of a component of a text",
        {"allOf": [ref("SchemaName")], "description": "Mine."},
        "a",
        schemas={"SchemaName": TEXT},
        wrong=(1,),
    ),
    property_(
        "allOf of a component of an enum",
        {"allOf": [ref("SchemaOrder")], "default": "asc"},
        "asc",
        schemas={"SchemaOrder": {**TEXT, "enum": ["asc", "desc"]}},
        wrong=(1,),
    ),
    property_("allOf or null", {"anyOf": [{"allOf": [ref("SchemaBase")]}, NULL]}, {"id": "x"}, None, schemas=BASE),
    property_(
        "allOf, properties beside it",
        {"allOf": [ref("SchemaBase")], "properties": {"a": NUMBER}, "required": ["a"]},
        {"id": "x", "a": 1},
        schemas=BASE,
        wrong=({"id": "x"}, {"a": 1}),
    ),
    property_(
        "allOf in allOf",
        {"allOf": [{"allOf": [ref("SchemaBase"), an_object(a=NUMBER)], "properties": {"b": NUMBER}}]},
        {"id": "x", "a": 1, "b": 2},
        schemas=BASE,
        wrong=({"id": "x", "b": "c"},),
    ),
    property_(
        "allOf, required in a part alone",
        {"allOf": [ref("SchemaOptional"), {"required": ["a"]}]},
        {"a": "x"},
        schemas={"SchemaOptional": an_object(a=TEXT)},
        wrong=({},),
    ),
    property_(
        "allOf, a property narrowed",
        {"allOf": [an_object(a={"type": "number"}), an_object(a=NUMBER)]},
        {"a": 1},
        wrong=({"a": 1.5},),
    ),
    *[
        property_(
            f"allOf, a property twice: {name}",
            {"allOf": [an_object(a=first), an_object(a=second)]},
            *({"a": value} for value in values),
            wrong=tuple({"a": value} for value in wrong),
        )
        for name, first, second, values, wrong in (
            ("a value of an enum", {**TEXT, "enum": ["a", "b"]}, {"const": "a"}, ["a"], ["b"]),
            ("a text and a constant", TEXT, {"const": "a"}, ["a"], ["b"]),
            ("a text and a date", TEXT, {**TEXT, "format": "date"}, ["2026-01-01"], ["a"]),
            (
                "two objects",
                an_object("b", b=TEXT),
                an_object(c=NUMBER),
                [{"b": "a", "c": 1}],
                [{"c": 1}, {"b": "a", "c": "a"}],
            ),
            (
                "two lists",
                {"type": "array", "items": an_object("b", b=TEXT)},
                {"type": "array", "items": an_object("c", c=TEXT)},
                [[{"b": "a", "c": "a"}]],
                [[{"b": "a"}], [{"c": "a"}]],
            ),
            (
                "two lists of types",
                {"type": ["number", "null"]},
                {"type": ["integer", "string", "null"]},
                [1, None],
                [1.5, "a"],
            ),
        )
    ],
    *[
        property_(
            f"allOf, a property of a component again: {name}",
            {"allOf": [ref("SchemaHolder")], **an_object(*required, **again)},
            {"id": "a", "sort": "a", **value},
            schemas={
                "SchemaHeld": an_object("id", id=TEXT, sort={**TEXT, "enum": ["a", "b"]}, inner=an_object("b", b=TEXT)),
                "SchemaHolder": {"allOf": [ref("SchemaHeld"), an_object("sort", list=TEXTS)]},
            },
            wrong=({"sort": "a", **value}, {"id": "a", **value}, *({"id": "a", "sort": "a", **each} for each in wrong)),
        )
        for name, required, again, value, wrong in (
            (
                "an object",
                (),
                {"inner": an_object(c=NUMBER)},
                {"inner": {"b": "a", "c": 1}},
                [{"inner": {"b": "a", "c": "a"}}, {"inner": {"c": 1}}],
            ),
            ("an enum", (), {"sort": {"const": "a"}}, {}, [{"sort": "b"}]),
            ("required", ("inner",), {"inner": {"type": "object", "required": ["b"]}}, {"inner": {"b": "a"}}, [{}]),
            (
                "with a description",
                (),
                {"inner": {"description": "Mine."}},
                {"inner": {"b": "a"}},
                [{"inner": {"b": 1}}],
            ),
        )
    ],
    *[
        property_(
            f"allOf, a property twice: {name}",
            {"allOf": [an_object(a=first), an_object(a=second)]},
            None,
            refused=(
                "#/components/schemas/Row0/properties/f",
                "parts of allOf describe a in two ways: describe it in one part alone",
            ),
        )
        for name, first, second in (
            ("two types", TEXT, NUMBER),
            ("two enums without a common value", {**TEXT, "enum": ["a"]}, {**TEXT, "enum": ["b"]}),
            ("two choices", {"anyOf": [TEXT, NUMBER]}, {"anyOf": [NUMBER, {"type": "boolean"}]}),
        )
    ],
    *[
        refused(
            f"allOf of types that no value has together: {name}",
            {"allOf": parts},
            "",
            "no value fits all parts of allOf, whose types differ: leave out the wrong ones",
            **BASE,
        )
        for name, parts in (
            ("an object and a text", [ref("SchemaBase"), TEXT]),
            ("a text and a number", [TEXT, NUMBER]),
            ("an object and an array", [ref("SchemaBase"), TEXTS]),
        )
    ],
    property_(
        "allOf with a choice in it",
        {"allOf": [ref("SchemaBase"), {"oneOf": [an_object("a", a=TEXT), an_object("b", b=TEXT)]}]},
        {"id": "x", "a": "y"},
        {"id": "x", "b": "y"},
        schemas=BASE,
        wrong=({"id": "x"}, {"a": "y"}),
    ),
    # Choices.
    property_(
        "one of a text and an object",
        {"oneOf": [TEXT, ref("SchemaCat")]},
        "a",
        {"name": "b"},
        schemas=PETS,
        wrong=(1, {}),
    ),
    property_(
        "one of an object and an array of it",
        {"oneOf": [ref("SchemaCat"), {"type": "array", "items": ref("SchemaCat")}]},
        {"name": "b"},
        [{"name": "c"}],
        schemas=PETS,
        wrong=([{}],),
    ),
    property_("one alone", {"oneOf": [TEXT]}, "a", wrong=(1,)),
    property_("one component alone", {"anyOf": [ref("SchemaCat")]}, {"name": "a"}, schemas=PETS, wrong=({},)),
    property_(
        "told apart by enum",
        {"oneOf": [fixed("a", x=NUMBER), fixed("b", y=NUMBER)]},
        {"kind": "a", "x": 1},
        {"kind": "b", "y": 2},
    ),
    property_(
        "told apart by const",
        {"oneOf": [an_object("kind", kind={"const": each}) for each in "ab"]},
        {"kind": "a"},
        {"kind": "b"},
        wrong=({"kind": "c"},),
    ),
    property_(
        "told apart by enums with a type of no value",
        {"oneOf": [an_object("kind", kind={"type": ["string", "null"], "enum": [each]}) for each in "ab"]},
        {"kind": "a"},
        {"kind": "b"},
        wrong=({"kind": 1},),
    ),
    property_(
        "told apart by const of numbers",
        {"oneOf": [an_object("kind", kind={"const": each}) for each in (1, 2)]},
        {"kind": 1},
        {"kind": 2},
        wrong=({"kind": 3},),
    ),
    property_(
        "told apart by true and false",
        {"oneOf": [an_object("kind", kind={"type": "boolean", "enum": [each]}, a=TEXT) for each in (True, False)]},
        {"kind": True},
        {"kind": False, "a": "b"},
        wrong=({"kind": 1},),
    ),
    property_("true alone, or null", {"type": ["boolean", "null"], "enum": [True, None]}, True, None, wrong=("a",)),
    property_("true alone", {"type": "boolean", "enum": [True]}, True, wrong=(False, "a")),
    property_(
        "told apart by a field that is not required",
        {"anyOf": [ref(f"SchemaOptional{each}") for each in "AB"] + [{"type": "null"}]},
        {"kind": "A"},
        {"kind": "b", "x": "y"},
        None,
        wrong=({"x": "y"},),
        schemas={
            "SchemaOptionalA": an_object(kind={**TEXT, "enum": ["A", "z"]}),
            "SchemaOptionalB": an_object(kind={"const": "b"}, x=TEXT),
        },
    ),
    property_(
        "told apart by a field that is not required, of inline objects",
        {"anyOf": [an_object(kind={**TEXT, "enum": [each]}, x=TEXT) for each in "ab"]},
        {"kind": "a"},
        {"kind": "b", "x": "y"},
        wrong=({"x": "y"},),
    ),
    refused(
        "not told apart by a field that has one value in both",
        {"anyOf": [an_object(kind={**TEXT, "enum": [each, "c"]}) for each in "ab"]},
        "/anyOf",
        "alternatives 0 and 1 cannot be told apart",
    ),
    property_(
        "told apart by what is required",
        {"anyOf": [an_object("a", a=TEXT), an_object("b", b=TEXT)]},
        {"a": "x"},
        {"b": "x"},
    ),
    property_(
        "told apart by types",
        {"anyOf": [an_object("a", a=TEXT), an_object("a", a=NUMBER)]},
        {"a": "x"},
        {"a": 1},
        wrong=({"a": []},),
    ),
    *[
        refused(
            f"a discriminator {name}", {"oneOf": PET, "discriminator": said}, f"/discriminator{place}", text, **PETS
        )
        for name, said, place, text in (
            ("without a field", {"mapping": {}}, "", "has a propertyName, which is a text: add it"),
            ("of another type", [], "", "has a propertyName, which is a text: add it"),
            ("with a list", {"propertyName": "name", "mapping": ["c"]}, "/mapping", "write one, or leave it out"),
            *(
                (f"for {to}", {"propertyName": "name", "mapping": {"c": to}}, "/mapping/c", "is no component: write")
                for to in ("Cat.json", "#/components/schemas/None", 1)
            ),
        )
    ],
    property_(
        "told apart by a discriminator",
        {"oneOf": PET, "discriminator": BY_LETTER},
        {"name": "c"},
        {"name": "d", "bark": "x"},
        schemas=PETS,
        wrong=({"name": "e"}, 1),
        document={},
    ),
    property_(
        "told apart by a discriminator, implied",
        {"oneOf": PET, "discriminator": BY_NAME},
        {"name": "SchemaCat"},
        {"name": "SchemaDog"},
        schemas=PETS,
        wrong=({"name": "Cat"},),
        document={},
    ),
    property_(
        "told apart by a discriminator, or null",
        {"oneOf": [*PET, NULL], "discriminator": BY_LETTER},
        {"name": "d"},
        None,
        schemas=PETS,
        document={},
    ),
    property_(
        "told apart by a discriminator, in an array",
        {"type": "array", "items": {"anyOf": PET, "discriminator": BY_LETTER}},
        [{"name": "d"}, {"name": "c"}],
        schemas=PETS,
        document={},
    ),
    property_(
        "told apart by a discriminator that maps names",
        {"oneOf": PET, "discriminator": {**BY_NAME, "mapping": {"c": "SchemaCat", "d": "SchemaDog"}}},
        {"name": "c"},
        {"name": "d"},
        schemas=PETS,
        wrong=({"name": "x"},),
        document={},
    ),
    property_(
        "told apart by a discriminator that maps a part",
        {"oneOf": PET, "discriminator": {**BY_NAME, "mapping": {"c": "#/components/schemas/SchemaCat"}}},
        {"name": "c"},
        {"name": "SchemaDog"},
        schemas=PETS,
        wrong=({"name": "x"},),
        document={},
    ),
    property_(
        "told apart by a discriminator, two values for one",
        {
            "oneOf": PET,
            "discriminator": {**BY_NAME, "mapping": {**BY_LETTER["mapping"], "e": "#/components/schemas/SchemaDog"}},
        },
        {"name": "e"},
        {"name": "d"},
        schemas=PETS,
        document={},
    ),
    property_(
        "a choice in a choice",
        {"oneOf": [{"oneOf": [TEXT, NUMBER]}, ref("SchemaCat")]},
        "a",
        1,
        {"name": "b"},
        schemas=PETS,
    ),
    property_(
        "a choice by a component",
        ref("SchemaPet"),
        {"name": "d"},
        {"name": "c"},
        schemas={**PETS, "SchemaPet": {"oneOf": PET, "discriminator": BY_LETTER}},
        document={},
    ),
    property_(
        "a choice of required fields",
        {**an_object(a=TEXT, b=TEXT), "anyOf": [{"required": ["a"]}, {"required": ["b"]}]},
        {"a": "x"},
        {"b": "y"},
        wrong=({"a": 1},),
    ),
    property_(
        "properties beside a choice",
        {**an_object("id", id=TEXT), "oneOf": [an_object("a", a=TEXT), an_object("b", b=TEXT)]},
        {"id": "x", "a": "y"},
        {"id": "x", "b": "y"},
        wrong=({"id": "x"}, {"a": "y"}),
    ),
    property_(
        "properties beside a choice of components",
        {
            **an_object("id", id=TEXT),
            "anyOf": [{"allOf": [ref("SchemaDog"), {"required": ["bark"]}]}, ref("SchemaCat")],
        },
        {"id": "x", "name": "a"},
        {"id": "x", "name": "a", "bark": "b"},
        schemas=PETS,
        wrong=({"name": "a"},),
    ),
    property_(
        "a choice beside a choice",
        {
            "oneOf": [an_object("a", a=TEXT), an_object("b", b=TEXT)],
            "anyOf": [an_object("c", c=TEXT), an_object("d", d=TEXT)],
        },
        None,
        refused=(
            "#/components/schemas/Row0/properties/f",
            "what stands beside oneOf would be lost: put it into each of the alternatives",
        ),
    ),
    property_(
        "properties beside a discriminator",
        {**an_object("id", id=TEXT), "oneOf": PET, "discriminator": BY_LETTER},
        None,
        schemas=PETS,
        refused=("#/components/schemas/Row0/properties/f", "what stands beside oneOf would be lost"),
    ),
    property_(
        "a text of two formats",
        {"anyOf": [{**TEXT, "format": "date"}, {**TEXT, "format": "date-time"}]},
        "2026-01-02T03:04:05Z",
        "2026-01-02",
    ),
    property_("an enum or any text", {"anyOf": [{**TEXT, "enum": ["a"]}, TEXT]}, "a", "z"),
    refused(
        "not told apart",
        {"oneOf": [an_object(a=TEXT), an_object(b=TEXT)]},
        "/oneOf",
        "alternatives 0 and 1 cannot be told apart: give them a discriminator",
    ),
    refused(
        "not told apart, arrays",
        {"anyOf": [{"type": "array", "items": an_object(a=TEXT)}, {"type": "array", "items": an_object(b=TEXT)}]},
        "/anyOf",
        "cannot be told apart",
    ),
    property_(
        "a free-form object before one with a field",
        {"anyOf": [{"type": "object"}, an_object("b", b=TEXT)]},
        {"a": 1},
        {"b": "x"},
    ),
    refused(
        "not told apart, one enum in the other",
        {"anyOf": [an_object("k", k={"enum": ["a", "b"]}), an_object("k", k={"enum": ["b"]})]},
        "/anyOf",
        "cannot be told apart",
    ),
    property_(
        "a discriminator of inline objects",
        {
            "oneOf": [an_object(kind={**TEXT, "enum": [each]}, x=TEXT) for each in "ab"],
            "discriminator": {"propertyName": "kind"},
        },
        {"kind": "a"},
        {"kind": "b", "x": "y"},
        wrong=({"x": "y"},),
    ),
    refused(
        "a discriminator of inline objects that have no value of their own",
        {"oneOf": [an_object(kind=TEXT)] * 2, "discriminator": {"propertyName": "kind"}},
        "/oneOf",
        "alternatives 0 and 1 cannot be told apart",
    ),
    refused(
        "a discriminator of a component and an inline object",
        {"oneOf": [ref("SchemaCat"), {"type": "object"}], "discriminator": {"propertyName": "name"}},
        "/oneOf",
        "a discriminator tells components apart: name each of them by $ref",
        **PETS,
    ),
    property_(
        "told apart by what only the second requires",
        {"anyOf": [an_object("a", a=TEXT), an_object("a", "b", a=TEXT, b=NUMBER)]},
        {"a": "x"},
        {"a": "x", "b": 1},
        wrong=({"b": 1},),
    ),
    property_(
        "objects called like components",
        an_object(a=ref("SchemaCalled"), b=ref("SchemaCalledInner"), c=ref("SchemaCalledKind")),
        {"a": {"inner": {"x": 1}, "kind": "a", "list": [{"z": 1}]}, "b": {"y": "z"}, "c": "b"},
        schemas={
            "SchemaCalled": an_object(
                inner=an_object(x=NUMBER),
                kind={**TEXT, "enum": ["a"]},
                list={"type": "array", "items": an_object(z=NUMBER)},
                list_item=an_object(u=TEXT),
            ),
            "SchemaCalledInner": an_object(y=TEXT),
            "SchemaCalledKind": {**TEXT, "enum": ["b"]},
        },
        wrong=({"a": {"inner": {"x": "1"}}}, {"b": {"y": 1}}),
    ),
    property_(
        "kinds of a component that chooses between them",
        ref("SchemaKinds"),
        {"kind": "one", "id": "x", "a": 1},
        {"kind": "two", "b": "y"},
        document={},
        schemas={
            "SchemaKinds": {
                **an_object(id=TEXT),
                "oneOf": [ref("SchemaKindOne"), ref("SchemaKindTwo")],
                "discriminator": {
                    "propertyName": "kind",
                    "mapping": {each.lower(): f"#/components/schemas/SchemaKind{each}" for each in ("One", "Two")},
                },
            },
            "SchemaKindOne": {"allOf": [ref("SchemaKinds"), fixed("one", a=NUMBER)]},
            "SchemaKindTwo": {"allOf": [ref("SchemaKinds"), fixed("two", b=TEXT)]},
        },
    ),
    property_(
        "kinds of a component that chooses between them, without a discriminator",
        ref("SchemaSorts"),
        {"kind": "one", "id": "x", "a": 1},
        {"kind": "two", "b": "y"},
        document={},
        schemas={
            "SchemaSorts": {**an_object(id=TEXT), "oneOf": [ref("SchemaSortOne"), ref("SchemaSortTwo")]},
            "SchemaSortOne": {"allOf": [ref("SchemaSorts"), fixed("one", a=NUMBER)]},
            "SchemaSortTwo": {"allOf": [ref("SchemaSorts"), fixed("two", b=TEXT)]},
        },
    ),
    property_(
        "names that end like the modules of the runtime",
        an_object(a=ref("SchemaTypes"), b=ref("SchemaUnset"), c=an_object(types=an_object(d=NUMBER))),
        {"a": {"x": "y"}, "b": {"x": "y"}, "c": {"types": {"d": 1}}},
        schemas={"SchemaTypes": an_object(x=TEXT), "SchemaUnset": an_object(x=TEXT)},
    ),
    property_(
        "an unknown key beside a reference",
        {**ref("SchemaCat"), "isCircular": True},
        {"name": "x"},
        schemas=PETS,
        wrong=({},),
    ),
    # What is wrong.
    refused("an unknown type", {"type": "text"}, "/type", ""),
    refused("items that are no schema", {"type": "array", "items": [TEXT]}, "/items", ""),
    refused("properties that are no object", {"type": "object", "properties": []}, "/properties", ""),
    refused("required that is no list", {"type": "object", "required": True}, "/required", ""),
    refused("an enum that is no list", {"enum": "a"}, "/enum", ""),
    refused("an empty enum", {"enum": []}, "", ""),
    refused("null in place of a schema", None, "", ""),
    refused("an invalid pattern", {**TEXT, "minLength": -1}, "/minLength", ""),
    # What was found wrong once.
    property_(
        "told apart by a discriminator, by names of names",
        {
            "oneOf": [ref("SchemaAlias"), ref("SchemaOther")],
            "discriminator": {
                **BY_NAME,
                "mapping": {"c": "#/components/schemas/SchemaAlias", "d": "#/components/schemas/SchemaOther"},
            },
        },
        {"name": "c"},
        {"name": "d", "bark": "x"},
        schemas={**PETS, "SchemaAlias": ref("SchemaCat"), "SchemaOther": {"allOf": [ref("SchemaDog")]}},
        wrong=({"name": "d", "bark": 1},),
        document={},
    ),
    property_(
        "a discriminator of a base",
        an_object(a=ref("SchemaAnimal"), b={"type": ["string", "integer"]}),
        {"a": {"kind": "cat"}, "b": 1},
        {"b": "x"},
        schemas={"SchemaAnimal": {**an_object("kind", kind=TEXT), "discriminator": {"propertyName": "kind"}}},
        wrong=({"b": []},),
    ),
    refused(
        "a discriminator that maps to another",
        {"oneOf": PET, "discriminator": {**BY_NAME, "mapping": {"c": "#/components/schemas/SchemaBird"}}},
        "/oneOf",
        "the discriminator maps c to #/components/schemas/SchemaBird, which is no alternative: add it, or leave it out",
        **PETS,
        SchemaBird=an_object(a=TEXT),
    ),
    refused(
        "a discriminator by a name that its field never has",
        {"oneOf": [ref("SchemaOne"), ref("SchemaTwo")], "discriminator": {"propertyName": "kind"}},
        "/oneOf",
        "SchemaOne stands for SchemaOne, whose kind never has this value: say in mapping which one it has",
        **NUMBERED,
    ),
    *[
        property_(
            f"told apart by a discriminator of {name}",
            {
                "oneOf": [ref(f"SchemaOn{name}"), ref(f"SchemaOff{name}")],
                "discriminator": {
                    "propertyName": "on",
                    "mapping": {
                        "true": f"#/components/schemas/SchemaOn{name}",
                        "false": f"#/components/schemas/SchemaOff{name}",
                    },
                },
            },
            {"on": True, "x": 5},
            {"on": False, "x": "a"},
            schemas={f"SchemaOn{name}": an_object(on=on, x=NUMBER), f"SchemaOff{name}": an_object(on=off, x=TEXT)},
            wrong=({"on": 1}, {"on": "on"}, {"on": None}, {"on": []}, {"on": True, "x": "a"}),
            document={},
        )
        for name, on, off in (
            ("Booleans", BOOLEAN, BOOLEAN),
            ("Constants", {"const": True}, {"const": False}),
            ("Enums", {**BOOLEAN, "enum": [True]}, {**BOOLEAN, "enum": [False]}),
        )
    ],
    refused(
        "a discriminator of true that maps True",
        {
            "oneOf": [ref("SchemaOnTrue"), ref("SchemaOffFalse")],
            "discriminator": {
                "propertyName": "on",
                "mapping": {
                    "True": "#/components/schemas/SchemaOnTrue",
                    "false": "#/components/schemas/SchemaOffFalse",
                },
            },
        },
        "/oneOf",
        "True stands for SchemaOnTrue, whose on never has this value: say in mapping which one it has",
        SchemaOnTrue=an_object(on={"const": True}),
        SchemaOffFalse=an_object(on={"const": False}),
    ),
    property_(
        "told apart by a discriminator of numbers",
        {
            "oneOf": [ref("SchemaOne"), ref("SchemaTwo")],
            "discriminator": {
                "propertyName": "kind",
                "mapping": {"1": "#/components/schemas/SchemaOne", "2": "#/components/schemas/SchemaTwo"},
            },
        },
        {"kind": 1, "x": 5},
        {"kind": 2, "y": "a"},
        schemas=NUMBERED,
        wrong=({"kind": 3}, {"kind": True}, {"kind": 10**5000}, {"kind": 0.5}, {"kind": 2, "y": 1}),
        document={},
    ),
    refused(
        "a discriminator of an object without properties",
        {"oneOf": [*PET, ref("SchemaFree")], "discriminator": BY_NAME},
        "/oneOf",
        "SchemaFree has no properties, so that no class stands for it: describe them",
        **PETS,
        SchemaFree={"type": "object"},
    ),
    property_(
        "a component that is a part of itself",
        ref("SchemaSelf"),
        None,
        schemas={"SchemaSelf": {"allOf": [ref("SchemaSelf"), an_object(a=TEXT)]}},
        refused=("#/components/schemas/SchemaSelf", "it is a part of itself by allOf: leave that part out"),
    ),
    property_("writeOnly, required and left out", an_object("key", key={**TEXT, "writeOnly": True}), {}, document={}),
    property_(
        "a name like a name of Python's classes",
        an_object(mro=TEXT, name=TEXT, value=TEXT, __slots__=TEXT),
        {"mro": "a", "name": "b", "value": "c", "__slots__": "d"},
    ),
    *[
        property_(f"allOf of one part: {name}", {"allOf": [schema]}, *given, schemas={**PETS, **BASE})
        for name, schema, given in (
            ("anything", {}, (None, 1, {"a": 1})),
            ("an object or null", {"anyOf": [ref("SchemaCat"), NULL]}, ({"name": "a"}, None)),
            ("an enum of floats", {"enum": [0.5, 1]}, (0.5, 1)),
            ("a tuple", {"type": "array", "prefixItems": [TEXT, NUMBER], "items": False}, (["a", 1],)),
            ("an object", an_object("a", a=TEXT), ({"a": "b"},)),
            ("allOf of one part", {"allOf": [an_object("a", a=TEXT)]}, ({"a": "b"},)),
            ("a reference and more", {"allOf": [ref("SchemaBase"), an_object(a=TEXT)]}, ({"id": "a", "a": "b"},)),
        )
    ],
]
