"""Rows about schemas that consist of others: parts, choices, tuples, null, and keys that are not described."""

from __future__ import annotations

from typing import Any, Final

from .row import NUMBER, TEXT, Row, an_object, property_, ref

NULL: Final = {"type": "null"}
OLD: Final = {"openapi": "3.0.3"}
_OBJECT: Final = {"SchemaOb": an_object("a", a=TEXT)}


def _all(*parts: Any) -> dict[str, Any]:
    return {"allOf": [*parts]}


def _enum(*texts: str) -> dict[str, Any]:
    return {**TEXT, "enum": [*texts]}


ROWS: list[Row] = [
    property_(
        "allOf: an enum and a constant",
        _all(ref("SchemaEn"), {"const": "a"}),
        "a",
        wrong=("b",),
        schemas={"SchemaEn": _enum("a", "b")},
    ),
    property_(
        "allOf: a component of a text and an enum",
        _all(ref("SchemaS"), _enum("low")),
        "low",
        wrong=(1,),
        schemas={"SchemaS": TEXT},
    ),
    property_("allOf: a number and an integer", _all({"type": "number"}, NUMBER), 1, wrong=(1.5,)),
    property_(
        "allOf: two lists of types",
        _all({"type": ["string", "null"]}, {"type": ["string", "integer"]}),
        "a",
        wrong=(None, 1),
    ),
    property_("allOf: a choice and one of its types", _all({"oneOf": [TEXT, NUMBER]}, TEXT), "a", wrong=(1,)),
    property_(
        "allOf: two enums without a common value",
        _all(_enum("a"), _enum("b")),
        None,
        refused=(
            "#/components/schemas/Row0/properties/f",
            "no single schema says what the parts of allOf say together",
        ),
    ),
    property_(
        "allOf: two arrays",
        _all({"type": "array", "items": {"type": "number"}}, {"type": "array", "items": NUMBER}),
        [1],
        wrong=([1.5],),
    ),
    property_(
        "allOf: an object and a choice of an object and null",
        _all(an_object("a", a=TEXT), {"anyOf": [an_object("b", b=TEXT), NULL]}),
        {"a": "x", "b": "y"},
        wrong=({"a": "x"}, {"b": "y"}, None),
    ),
    property_(
        "allOf: an object and one that may be null",
        _all(_all(ref("SchemaNl1")), ref("SchemaOb")),
        {"a": "x", "b": "y"},
        wrong=({"a": "x"}, None),
        schemas={**_OBJECT, "SchemaNl1": {"type": ["object", "null"], "properties": {"b": TEXT}, "required": ["b"]}},
    ),
    property_(
        "an object beside a choice of an object and a text",
        {**an_object("a", a=TEXT), "oneOf": [an_object("b", b=TEXT), TEXT]},
        {"a": "x", "b": "y"},
        wrong=({"a": "x"}, {"b": "y"}, "x"),
    ),
    property_(
        "an object or null beside a choice of an object and null",
        {
            "type": ["object", "null"],
            "properties": {"a": TEXT},
            "required": ["a"],
            "oneOf": [an_object("b", b=TEXT), NULL],
        },
        {"a": "x", "b": "y"},
        None,
        wrong=({"a": "x"}, "x"),
    ),
    property_(
        "the type of objects beside a choice of an object and a text",
        {"type": "object", "oneOf": [an_object("b", b=TEXT), TEXT]},
        {"b": "x"},
        wrong=("t",),
    ),
    property_(
        "the type of texts beside a choice of a text and null",
        {"type": "string", "anyOf": [TEXT, NULL]},
        "x",
        wrong=(None, 1),
    ),
    property_(
        "allOf: anything, beside a key that nobody knows",
        {"allOf": [{"description": "q"}], "x-foo": True},
        1,
        "x",
        None,
    ),
    property_("allOf: anything, beside readOnly", {"allOf": [{"description": "q"}], "readOnly": False}, 1, "x", None),
    property_(
        "required, of a property that nobody describes",
        {"type": "object", "properties": {"a": TEXT}, "required": ["b"]},
        {"b": 1},
        {"a": "x", "b": None},
        wrong=({"a": "x"},),
    ),
    property_(
        "required in a part of allOf, of a property that nobody describes",
        _all(ref("SchemaOb"), {"required": ["zz"]}),
        {"a": "x", "zz": 1},
        wrong=({"a": "x"},),
        schemas=_OBJECT,
    ),
    property_(
        "allOf: a property that is two arrays of objects",
        _all(
            an_object(a={"type": "array", "items": an_object("x", x=TEXT)}),
            an_object(a={"type": "array", "items": an_object("y", y=NUMBER)}),
        ),
        {"a": [{"x": "s", "y": 1}]},
        wrong=({"a": [{"x": "s", "y": "1"}]},),
    ),
    property_(
        "allOf: a property that is two maps of objects",
        _all(
            an_object(a={"type": "object", "additionalProperties": an_object("x", x=TEXT)}),
            an_object(a={"type": "object", "additionalProperties": an_object("y", y=NUMBER)}),
        ),
        {"a": {"k": {"x": "s", "y": 1}}},
        wrong=({"a": {"k": {"x": "s", "y": "1"}}},),
    ),
    property_(
        "allOf: a property that is two components",
        _all(an_object(a=ref("SchemaOb")), an_object(a=ref("SchemaOc"))),
        {"a": {"a": "x", "c": 1}},
        wrong=({"a": {"a": "x", "c": "1"}}, {"a": {"c": 1}}),
        schemas={**_OBJECT, "SchemaOc": an_object("c", c=NUMBER)},
    ),
    property_(
        "3.0: a nullable component that holds itself",
        ref("SchemaNd2"),
        {"v": "a", "nx": None},
        None,
        {"v": "a", "nx": {"v": "b"}},
        wrong=({"v": 1},),
        schemas={"SchemaNd2": {**an_object(v=TEXT, nx=ref("SchemaNd2")), "nullable": True}},
        document=OLD,
    ),
    property_(
        "3.0: a nullable component with an object in it",
        ref("SchemaNd3"),
        {"v": {"b": "a"}},
        None,
        wrong=({"v": {"b": 1}},),
        schemas={"SchemaNd3": {**an_object(v=an_object(b=TEXT)), "nullable": True}},
        document=OLD,
    ),
    property_(
        "3.0: a nullable component with a nullable object in it",
        ref("SchemaNd4"),
        {"v": {"b": "a"}},
        None,
        {"v": None},
        wrong=({"v": {"b": 1}},),
        schemas={"SchemaNd4": {**an_object(v={**an_object(b=TEXT), "nullable": True}), "nullable": True}},
        document=OLD,
    ),
    property_(
        "3.0: a nullable component with a choice in it",
        ref("SchemaNd5"),
        {"v": "a"},
        {"v": 1},
        None,
        wrong=({"v": None},),
        schemas={"SchemaNd5": {**an_object(v={"oneOf": [TEXT, NUMBER]}), "nullable": True}},
        document=OLD,
    ),
    property_(
        "3.0: a nullable component with a map of objects in it",
        ref("SchemaNd6"),
        {"v": {"k": {"b": "s"}}},
        None,
        wrong=({"v": {"k": {"b": 1}}},),
        schemas={
            "SchemaNd6": {
                **an_object(v={"type": "object", "additionalProperties": an_object(b=TEXT)}),
                "nullable": True,
            }
        },
        document=OLD,
    ),
    property_(
        "3.0: a nullable component as a part of allOf",
        _all(ref("SchemaNd7"), an_object(c=NUMBER)),
        {"v": "a", "c": 1},
        wrong=({"v": 1},),
        schemas={"SchemaNd7": {**an_object(v=TEXT), "nullable": True}},
        document=OLD,
    ),
    property_(
        "3.0: a nullable component with allOf",
        ref("SchemaNd8"),
        {"a": "a", "c": 1},
        None,
        wrong=({"c": 1},),
        schemas={**_OBJECT, "SchemaNd8": {"nullable": True, "allOf": [ref("SchemaOb"), an_object(c=NUMBER)]}},
        document=OLD,
    ),
    property_(
        "3.0: a nullable component that is a choice",
        ref("SchemaNd9"),
        {"a": "a"},
        None,
        "s",
        wrong=({"c": 1},),
        schemas={**_OBJECT, "SchemaNd9": {"nullable": True, "oneOf": [ref("SchemaOb"), TEXT]}},
        document=OLD,
    ),
    property_(
        "3.0: allOf with a type, nullable",
        {"type": "object", "nullable": True, "allOf": [ref("SchemaOb")]},
        {"a": "x"},
        None,
        wrong=({}, 1),
        schemas=_OBJECT,
        document=OLD,
    ),
    property_(
        "3.0: allOf beside a reference, which is no list",
        {**ref("SchemaOb"), "allOf": {"3": {"properties": {}}}},
        None,
        schemas=_OBJECT,
        document=OLD,
        refused=("#/components/schemas/Row0/properties/f/allOf", "allOf is a list of schemas"),
    ),
    property_(
        "references to a part, and to a part of that part",
        an_object(
            a={"$ref": "#/components/schemas/SchemaDeep/properties/b"},
            b={"$ref": "#/components/schemas/SchemaDeep/properties/b/properties/c"},
        ),
        {"a": {"c": {"d": "x"}}, "b": {"d": "y"}},
        schemas={"SchemaDeep": an_object(b=an_object(c=an_object(d=TEXT)))},
        wrong=({"a": {"c": {"d": 1}}}, {"b": {"d": 1}}),
    ),
    *[
        property_(
            f"allOf, a property again, of a component that describes one again: {name}",
            ref(called),
            {"p": {"a": "x", "b": 1, "c": "y"}},
            schemas={
                called: {"allOf": [ref(f"{called}Sub"), an_object(p=an_object("c", c=TEXT))]},
                f"{called}Sub": {"allOf": [ref(f"{called}Base")], **an_object(p=an_object(b=NUMBER))},
                f"{called}Base": an_object(p=an_object("a", a=TEXT)),
            },
            wrong=({"p": {"a": "x"}}, {"p": {"c": "x"}}, {"p": {"a": "x", "b": "1", "c": "y"}}),
        )
        for name, called in (("named before it", "SchemaAgain"), ("named behind it", "SchemaZAgain"))
    ],
    property_(
        "3.0: a nullable choice with a type",
        {"type": "object", "nullable": True, "oneOf": [an_object("a", a=TEXT), an_object("b", b=TEXT)]},
        {"a": "x"},
        None,
        wrong=(1, {"c": "x"}),
        document=OLD,
    ),
    property_(
        "3.0: a nullable enum without null",
        {"type": "string", "nullable": True, "enum": ["a"]},
        "a",
        None,
        wrong=(1,),
        document=OLD,
    ),
    property_(
        "3.0: a nullable array of objects",
        {"type": "array", "nullable": True, "items": an_object("a", a=TEXT)},
        [{"a": "x"}],
        None,
        wrong=([{}],),
        document=OLD,
    ),
    property_(
        "a component that is a choice, with an object in an object",
        ref("SchemaCm10"),
        {"n": {"b": "s"}},
        "s",
        wrong=({"n": {"b": 1}}, 1),
        schemas={"SchemaCm10": {"oneOf": [an_object("n", n=an_object(b=TEXT)), TEXT]}},
    ),
    property_(
        "a component that is an object or null, with an object in it",
        ref("SchemaCm11"),
        {"n": {"b": "s"}},
        None,
        wrong=({"n": {"b": 1}}, 1),
        schemas={"SchemaCm11": {"anyOf": [an_object("n", n=an_object(b=TEXT)), NULL]}},
    ),
    property_(
        "a component that is a choice of two objects with objects in them",
        ref("SchemaCm12"),
        {"n": {"b": "s"}},
        {"m": {"c": "s"}},
        wrong=({"n": {"b": 1}}, 1),
        schemas={"SchemaCm12": {"anyOf": [an_object("n", n=an_object(b=TEXT)), an_object("m", m=an_object(c=TEXT))]}},
    ),
    property_(
        "a component that is an array of objects or null",
        ref("SchemaCm13"),
        [{"n": {"b": "s"}}],
        None,
        wrong=([{"n": {"b": 1}}], 1),
        schemas={"SchemaCm13": {"type": ["array", "null"], "items": an_object(n=an_object(b=TEXT))}},
    ),
    property_(
        "a component that is a map of objects or null",
        ref("SchemaCm14"),
        {"k": {"a": "s"}},
        None,
        wrong=({"k": {"a": 1}}, 1),
        schemas={"SchemaCm14": {"type": ["object", "null"], "additionalProperties": an_object(a=TEXT)}},
    ),
    property_(
        "a component that is a map of objects with objects in them",
        ref("SchemaCm15"),
        {"k": {"a": {"b": "s"}}},
        wrong=({"k": {"a": {"b": 1}}}, 1),
        schemas={"SchemaCm15": {"type": "object", "additionalProperties": an_object(a=an_object(b=TEXT))}},
    ),
    property_(
        "a component that is an array of arrays of objects",
        ref("SchemaCm16"),
        [[{"a": {"b": "s"}}]],
        wrong=([[{"a": {"b": 1}}]], 1),
        schemas={"SchemaCm16": {"type": "array", "items": {"type": "array", "items": an_object(a=an_object(b=TEXT))}}},
    ),
    property_(
        "a component that is a choice with allOf in it",
        ref("SchemaCm17"),
        {"a": "x", "c": 1},
        "s",
        wrong=({"c": 1}, 1),
        schemas={**_OBJECT, "SchemaCm17": {"oneOf": [_all(ref("SchemaOb"), an_object(c=NUMBER)), TEXT]}},
    ),
    property_(
        "a component that is a choice with an array of objects in it",
        ref("SchemaCm18"),
        [{"n": {"b": "s"}}],
        "s",
        wrong=([{"n": {"b": 1}}], 1),
        schemas={"SchemaCm18": {"oneOf": [{"type": "array", "items": an_object(n=an_object(b=TEXT))}, TEXT]}},
    ),
    property_(
        "a choice between itself and a text, beside properties",
        ref("SchemaCh19"),
        None,
        schemas={"SchemaCh19": {"type": "object", "properties": {"a": TEXT}, "anyOf": [ref("SchemaCh19"), TEXT]}},
        refused=("#/components/schemas/SchemaCh19", "no alternative of anyOf fits what stands beside it"),
    ),
    property_(
        "a choice between itself and an object, beside properties",
        ref("SchemaCh20"),
        {"a": "x", "b": "y"},
        wrong=({"a": 1, "b": "y"}, {"a": "x"}),
        schemas={
            "SchemaCh20": {
                "type": "object",
                "properties": {"a": TEXT},
                "anyOf": [ref("SchemaCh20"), an_object("b", b=TEXT)],
            }
        },
        document={"x-why": "a validator of schemas does not end with it"},
    ),
    property_(
        "allOf: a map and a limit",
        {"allOf": [{"type": "object", "additionalProperties": NUMBER}, {"type": "object", "minProperties": 1}]},
        {"a": 1},
        wrong=({"a": "x"},),
    ),
    *[
        property_(f"tuple: {name}", {"type": "array", **said}, *values, wrong=wrong, schemas=_OBJECT)
        for name, said, values, wrong in (
            ("the first items", {"prefixItems": [TEXT, NUMBER]}, ([], ["a"], ["a", 1, True]), ([1, "a"], ["a", "b"])),
            ("no more", {"prefixItems": [TEXT, NUMBER], "items": False}, (["a"], ["a", 1]), (["a", "b"], ["a", 1, 2])),
            ("more", {"prefixItems": [TEXT], "items": NUMBER}, (["a", 1, 2],), ([1], ["a", "b"])),
            (
                "of objects",
                {
                    "prefixItems": [ref("SchemaOb"), an_object("c", c=an_object("d", d=TEXT))],
                    "items": {**TEXT, "format": "date"},
                },
                ([{"a": "x"}, {"c": {"d": "y"}}, "2026-01-01"],),
                ([{"a": "x"}, {"a": "x"}], [{"a": "x"}, {"c": {"d": 1}}], [{"a": "x"}, {"c": {"d": "y"}}, "z"]),
            ),
            (
                "in a tuple",
                {"prefixItems": [{"type": "array", "prefixItems": [TEXT, NUMBER]}]},
                ([["a", 1]],),
                ([[1, "a"]], ["a"]),
            ),
            (
                "of enums and null",
                {"prefixItems": [{**TEXT, "enum": ["a", "b"]}, {"type": ["integer", "null"]}]},
                (["a", None], ["b", 1]),
                ([1, None], ["a", "x"]),
            ),
        )
    ],
    property_(
        "tuples in a choice",
        {
            "oneOf": [
                {"type": "array", "prefixItems": [{"const": "a"}, TEXT]},
                {"type": "array", "prefixItems": [{"const": "b"}, NUMBER]},
            ]
        },
        ["a", "x"],
        ["b", 1],
        wrong=(["a", 1], ["b", "x"], ["c"]),
    ),
    property_(
        "array of tuples",
        {"type": "array", "items": {"type": "array", "prefixItems": [TEXT, NUMBER], "items": False}},
        [["a", 1], ["b", 2]],
        wrong=([["a", "b"]], [["a", 1, 2]]),
    ),
    property_(
        "component that is a tuple",
        ref("SchemaPair"),
        ["a", {"x": "y"}],
        wrong=(["a", {"x": 1}], [1]),
        schemas={"SchemaPair": {"type": "array", "prefixItems": [TEXT, an_object(x=TEXT)]}},
    ),
    *[
        property_(
            f"other keys than those of the properties: {name}",
            {"type": "object", "properties": {"a": TEXT}, "additionalProperties": said},
            {"a": "x", "k": value},
            {"k": value},
            wrong=tuple({"a": "x", "k": each} for each in wrong),
            schemas=_OBJECT,
        )
        for name, said, value, wrong in (
            ("any objects", {"type": "object"}, {"b": 1}, (1, "a")),
            ("numbers", NUMBER, 1, ("1", None)),
            ("components", ref("SchemaOb"), {"a": "y"}, ({"a": 1}, {}, 1)),
            (
                "objects with objects",
                an_object("b", b=an_object("c", c=TEXT)),
                {"b": {"c": "x"}},
                ({"b": {"c": 1}}, {}),
            ),
            ("enums", {**TEXT, "enum": ["a", "b"]}, "b", (1,)),
            ("dates or null", {"type": ["string", "null"], "format": "date"}, "2026-01-01", ("x", 1)),
            ("arrays", {"type": "array", "items": ref("SchemaOb")}, [{"a": "x"}], ([1], "x")),
            ("maps", {"type": "object", "additionalProperties": NUMBER}, {"x": 1}, ({"x": "1"},)),
        )
    ],
    property_(
        "other keys, described in a part of allOf",
        {"allOf": [ref("SchemaOb"), {"type": "object", "additionalProperties": NUMBER}]},
        {"a": "x", "k": 1},
        wrong=({"a": "x", "k": "1"},),
        schemas=_OBJECT,
        document={"x-why": "the part does not describe a"},
    ),
]
