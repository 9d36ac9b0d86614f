"""What we rely on of openapi-python-client, a test for each: a new release that changes one of them fails here by name.

``docs/changing-a-spec.md`` lists them. ``make newest`` runs these tests with the newest release.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import properties as kinds
from openapi_python_client.parser.errors import PropertyError
from openapi_python_client.parser.properties import Schemas, build_schemas, property_from_data
from openapi_python_client.parser.properties.date import DateProperty
from openapi_python_client.parser.properties.datetime import DateTimeProperty
from openapi_python_client.parser.properties.file import FileProperty
from openapi_python_client.parser.properties.int import IntProperty
from openapi_python_client.parser.properties.list_property import ListProperty
from openapi_python_client.parser.properties.none import NoneProperty
from openapi_python_client.parser.properties.union import UnionProperty
from openapi_python_client.schema import Reference, Schema
from openapi_python_client.schema.untrusted_string import UntrustedString
from openapi_python_client.strings import ClassName, PythonIdentifier, in_double_quote_literal, in_f_string_literal

from tests.markdown import ROOT

TEXT = {"type": "string"}
CONFIG = Config.from_sources(
    ConfigFile(post_hooks=[]), MetaType.NONE, document_source=Path("x.yaml"), file_encoding="utf-8", overwrite=False,
    output_path=None,
)  # fmt: skip


def parsed(schema: Any) -> Schema | Reference:
    return Reference.model_validate(schema) if "$ref" in schema else Schema.model_validate(schema)


def schemas(**components: Any) -> Schemas:
    known = {UntrustedString(name): parsed(each) for name, each in components.items()}
    return build_schemas(components=known, schemas=Schemas(), config=CONFIG)


def made(schema: Any, known: Schemas | None = None, name: str = "f") -> tuple[Any, Schemas]:
    return property_from_data(
        name=UntrustedString(name),
        required=True,
        data=parsed(schema),
        schemas=known or Schemas(),
        parent_name="Parent",
        config=CONFIG,
    )


def an_object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


def fields(model: Any) -> dict[str, Any]:
    return {
        each.name.get_untrusted_value(): each
        for each in [*(model.required_properties or ()), *(model.optional_properties or ())]
    }


@pytest.mark.parametrize(
    ("schema", "kind"),
    [
        ({}, kinds.AnyProperty),
        (TEXT, kinds.StringProperty),
        ({**TEXT, "format": "date"}, DateProperty),
        ({**TEXT, "format": "date-time"}, DateTimeProperty),
        ({**TEXT, "format": "binary"}, FileProperty),
        ({**TEXT, "format": "a-new-one"}, kinds.StringProperty),
        ({"type": "integer"}, IntProperty),
        ({"type": "number"}, kinds.FloatProperty),
        ({"type": "boolean"}, kinds.BooleanProperty),
        ({"type": "null"}, NoneProperty),
        ({"const": "a"}, kinds.ConstProperty),
        ({**TEXT, "enum": ["a"]}, kinds.EnumProperty),
        ({"type": "array", "items": TEXT}, ListProperty),
        ({"type": ["string", "null"]}, UnionProperty),
        ({"oneOf": [TEXT, {"type": "integer"}]}, UnionProperty),
        (an_object(a=TEXT), kinds.ModelProperty),
        ({"properties": {"a": TEXT}}, kinds.ModelProperty),
    ],
)
def test_kinds(schema: Any, kind: type) -> None:
    """Each kind of schema has a property of a class of its own."""
    assert kind is type(made(schema)[0])


def test_alternatives_keep_their_order() -> None:
    """A union has its alternatives in the order of the document, null included."""
    union, _ = made({"anyOf": [{"type": "integer"}, TEXT, {"type": "null"}]})

    assert [IntProperty, kinds.StringProperty, NoneProperty] == [type(each) for each in union.inner_properties]


def test_templates() -> None:
    """Our templates tell properties apart by the names of the library's templates."""
    names = {
        "boolean_property.py.jinja": {"type": "boolean"},
        "const_property.py.jinja": {"const": "a"},
        "date_property.py.jinja": {**TEXT, "format": "date"},
        "datetime_property.py.jinja": {**TEXT, "format": "date-time"},
        "enum_property.py.jinja": {**TEXT, "enum": ["a"]},
        "file_property.py.jinja": {**TEXT, "format": "binary"},
        "float_property.py.jinja": {"type": "number"},
        "int_property.py.jinja": {"type": "integer"},
        "list_property.py.jinja": {"type": "array", "items": TEXT},
        "model_property.py.jinja": an_object(a=TEXT),
        "union_property.py.jinja": {"type": ["string", "null"]},
    }

    assert [*names] == [made(schema)[0].template for schema in names.values()]


def test_names_of_classes() -> None:
    """An inline object is named after what holds it, a component after itself."""
    inline, _ = made(an_object(a=TEXT))
    known = schemas(**{"things.v1-thing": an_object(inner=an_object(a=TEXT))})

    assert "ParentF" == inline.class_info.name
    assert ["ThingsV1Thing", "ThingsV1ThingInner"] == sorted(known.classes_by_name)


@pytest.mark.parametrize(
    ("name", "attribute"),
    [
        *[("userID", "user_id"), ("a-b", "a_b"), ("from", "from_"), ("id", "id"), ("list", "list_")],
        *[("1st", "field_1st"), ("_a", "field_a"), ("é", "é"), ("", "field_"), ("self", "self_")],
    ],
)  # fmt: skip
def test_names_of_attributes(name: str, attribute: str) -> None:
    """Names are put into snake case, and do not hide what Python has."""
    assert attribute == str(PythonIdentifier(name, "field_"))


def test_names_of_a_class_that_python_has() -> None:
    """A class does not hide one of Python's."""
    assert ["None_", "Exception_", "Field1st"] == [
        str(ClassName(name, "field_")) for name in ("None", "Exception", "1st")
    ]


def test_letters() -> None:
    """Two properties whose letters are the same cannot stand in one class, so ``prepare`` calls them otherwise."""
    assert schemas(Odd=an_object(**{"+1": TEXT, "-1": TEXT})).errors


def test_parts() -> None:
    """A class has the properties of all parts, its own and those by reference, wherever the parts are described."""
    known = schemas(
        Heir={"allOf": [{"$ref": "#/components/schemas/Base"}, {**an_object(b=TEXT), "required": ["a"]}]},
        Base=an_object(a=TEXT),
    )
    found = fields(known.classes_by_name[ClassName("Heir", "")])

    assert {"a": True, "b": False} == {name: each.required for name, each in found.items()}


def test_alone() -> None:
    """A choice of one component, or one part alone, is that component."""
    known = schemas(Thing=an_object(a=TEXT))
    found = [made({key: [{"$ref": "#/components/schemas/Thing"}]}, known)[0] for key in ("allOf", "anyOf", "oneOf")]

    assert ["Thing"] * 3 == [each.class_info.name for each in found]


def test_extensions() -> None:
    """What begins with x- is kept of a schema."""
    assert {"x-unit": "unix-seconds"} == parsed({"type": "integer", "x-unit": "unix-seconds"}).model_extra


def test_names_of_values() -> None:
    """``x-enum-varnames`` names the values; without it, of two that give one name one is lost, which we refuse."""
    values = {**TEXT, "enum": ["a b", "a-b"]}

    assert {"ONE": "a b", "TWO": "a-b"} == made({**values, "x-enum-varnames": ["ONE", "TWO"]})[0].values
    assert ["A_B"] == [*made(values)[0].values]


@pytest.mark.parametrize(
    ("lost", "schema"),
    [
        ("what a title hides", {**an_object(a=TEXT), "title": "Other"}),
        ("an array of itself", {"type": "array", "items": {"$ref": "#/components/schemas/Thing"}}),
        ("an array of anything", {"type": "array"}),
    ],
)
def test_what_prepare_is_for(lost: str, schema: Any) -> None:
    """What a title hides, arrays of themselves and arrays of anything are lost: ``prepare`` writes them otherwise."""
    known = schemas(Thing=schema)

    assert known.errors or "Thing" not in known.classes_by_name


def test_unknown_reference() -> None:
    """A reference that leads nowhere is an error, not a property."""
    assert isinstance(made({"$ref": "#/components/schemas/Missing"})[0], PropertyError)


@pytest.mark.parametrize("text", ['"', '"""', "\\", "\n", "{x}", "é", '\\"'])
def test_texts(text: str) -> None:
    """What stands in quotes in the code is the text of the document, but for what nobody can see."""
    visible = text.replace("\n", "")

    assert visible == eval(f'"{in_double_quote_literal(text)}"')
    assert visible == eval(f'f"{in_f_string_literal(text)}"')


def test_list() -> None:
    """The documentation lists what is tested here."""
    tests = re.findall(
        r'^def test_\w+\((?:.|\n)*?\n    """(.*?)"""', Path(__file__).read_text(encoding="utf-8"), re.MULTILINE
    )
    page = (ROOT / "docs" / "changing-a-spec.md").read_text(encoding="utf-8")

    assert [] == [each for each in tests[:-1] if f"- {each}\n" not in page]
