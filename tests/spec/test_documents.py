"""The hand-written documents keep the rules of spec/README.md."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import openapi_spec_validator
import pytest
import yaml

from causerie_spec import vendors
from causerie_spec.behaviour import behaviour

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Node = dict[str, Any]

SPEC = Path(__file__).parents[2] / "spec"
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")

EVIDENCE = jsonschema_rs.validator_for(
    {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "required": ["level"],
        "properties": {
            "level": {"type": "string"},
            "source": {"type": "string", "minLength": 1},
            "date": {"type": "string", "pattern": r"^\d{4}(-\d{2}-\d{2})?$"},
            "seen": {"type": "integer", "minimum": 1},
            "why": {"type": "string", "minLength": 1},
            "values": {"type": "object", "minProperties": 1, "additionalProperties": {"$ref": "#"}},
            "nullable": {"$ref": "#"},
        },
        "additionalProperties": False,
        "oneOf": [
            {
                "properties": {
                    "level": {"enum": ["documented", "example"]},
                    "date": False,
                    "seen": False,
                    "why": False,
                },
                "required": ["source"],
            },
            {
                "properties": {"level": {"const": "published"}, "seen": False, "why": False},
                "required": ["source", "date"],
            },
            {
                "properties": {"level": {"const": "observed"}, "why": False},
                "required": ["source", "date", "seen"],
            },
            {
                "properties": {"level": {"const": "inferred"}, "source": False, "date": False, "seen": False},
                "required": ["why"],
            },
        ],
    }
)

MARKS = jsonschema_rs.validator_for(
    {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "required": ["x-cost", "x-reaches"],
        "properties": {
            "x-cost": {
                "type": "object",
                "required": ["level", "why"],
                "properties": {"level": {"enum": ["free", "billed"]}, "why": {"type": "string", "minLength": 1}},
                "additionalProperties": False,
            },
            "x-reaches": {"enum": ["nobody", "people"]},
        },
    }
)

SCHEMA_KEYWORDS = {
    *(
        "$ref",
        "description",
        "examples",
        "x-evidence",
        "x-unit",
        "type",
        "format",
        "enum",
        "items",
        "properties",
        "required",
    ),
    *("allOf", "anyOf", "oneOf", "discriminator", "minimum", "maximum"),
    *("minLength", "maxLength", "minItems", "maxItems"),
}


def load(vendor: str) -> Node:
    """Return the document of a vendor."""
    document: Node = yaml.safe_load((SPEC / f"{vendor}.yaml").read_text(encoding="utf-8"))
    return document


def walk(node: Any, pointer: str = "") -> Iterator[tuple[str, Node]]:
    """Yield every object of a document with its JSON pointer, parents first."""
    if isinstance(node, dict):
        yield pointer, node
        for key, child in node.items():
            yield from walk(child, f"{pointer}/{str(key).replace('~', '~0').replace('/', '~1')}")
    elif isinstance(node, list):
        for index, child in enumerate(node):
            yield from walk(child, f"{pointer}/{index}")


def operations(document: Node) -> Iterator[tuple[str, Node]]:
    """Yield every operation with its method and path."""
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                yield f"{method.upper()} {path}", item[method]


def subschemas(schema: Node, pointer: str) -> Iterator[tuple[str, Node]]:
    """Yield a schema and every schema inside it, references left alone."""
    yield pointer, schema
    for name, child in schema.get("properties", {}).items():
        yield from subschemas(child, f"{pointer}/properties/{name}")
    if "items" in schema:
        yield from subschemas(schema["items"], f"{pointer}/items")
    for keyword in ("allOf", "anyOf", "oneOf"):
        for index, child in enumerate(schema.get(keyword, ())):
            yield from subschemas(child, f"{pointer}/{keyword}/{index}")


def schemas(document: Node) -> Iterator[tuple[str, Node]]:
    """Yield every schema of a document: the named ones, those of parameters, headers and bodies, and all inside."""
    components = document["components"]
    for name, schema in components["schemas"].items():
        yield from subschemas(schema, f"/components/schemas/{name}")
    for pointer, node in walk({**document, "components": {**components, "schemas": {}}}):
        if "schema" in node:
            yield from subschemas(node["schema"], f"{pointer}/schema")


def examples(document: Node) -> Iterator[tuple[str, Node, Any]]:
    """Yield every example of a document with its pointer and the schema that it must satisfy."""
    for pointer, node in walk({**document, "components": {**document["components"], "schemas": {}}}):
        if "schema" in node and "example" in node:
            yield f"{pointer}/example", node["schema"], node["example"]
        if "schema" in node and "examples" in node:
            for name, example in node["examples"].items():
                yield f"{pointer}/examples/{name}", node["schema"], example["value"]
    for pointer, schema in schemas(document):
        for index, example in enumerate(schema.get("examples", ())):
            yield f"{pointer}/examples/{index}", schema, example


def types(schema: Node) -> list[str]:
    """Return the JSON types that a schema names."""
    kinds = schema.get("type", [])
    return kinds if isinstance(kinds, list) else [kinds]


RULES: dict[str, Callable[[Node], bool]] = {
    "only known keywords": lambda s: set(s) <= SCHEMA_KEYWORDS,
    "arrays have items": lambda s: "array" not in types(s) or "items" in s,
    "no uuid format": lambda s: s.get("format") != "uuid",
    "required names properties": lambda s: set(s.get("required", ())) <= set(s.get("properties", ())),
    "properties say what they are": lambda s: all(
        "description" in child or "$ref" in child for child in s.get("properties", {}).values()
    ),
    "nothing beside allOf but words": lambda s: "allOf" not in s or set(s) <= {"allOf", "description", "x-evidence"},
    "nullable references are anyOf": lambda s: "$ref" not in s or not {"type", "anyOf", "allOf"} & set(s),
    "enums name one type": lambda s: "enum" not in s or types(s) in (["string"], ["integer"]),
}


@pytest.fixture(params=vendors())
def vendor(request: pytest.FixtureRequest) -> str:
    """Name each vendor in turn."""
    name: str = request.param
    return name


@pytest.fixture
def document(vendor: str) -> Node:
    """Load the document of each vendor in turn."""
    return load(vendor)


def test_is_openapi(document: Node) -> None:
    """Each document is valid OpenAPI 3.1."""
    openapi_spec_validator.validate(document)

    assert document["openapi"] == "3.1.0"


def test_operation_ids(document: Node) -> None:
    """An operationId is snake_case and stands once."""
    counts = Counter(operation["operationId"] for _, operation in operations(document))

    assert [] == [name for name, count in counts.items() if count > 1 or not re.fullmatch(r"[a-z]+(_[a-z]+)*", name)]


def test_operations_have_evidence(document: Node) -> None:
    """Each operation says where it comes from."""
    assert [] == [label for label, operation in operations(document) if "x-evidence" not in operation]


def test_operations_say_whom_they_reach_and_what_they_cost(document: Node) -> None:
    """Each operation says whether it is billed, and why, and whether it reaches people."""
    wrong = [
        label
        for label, operation in operations(document)
        if not MARKS.is_valid({name: operation.get(name) for name in ("x-cost", "x-reaches")})
    ]

    assert [] == wrong


@pytest.mark.parametrize(
    "marks",
    [
        {"x-cost": {"level": "free", "why": "x"}},
        {"x-cost": {"level": "cheap", "why": "x"}, "x-reaches": "nobody"},
        {"x-cost": {"level": "billed"}, "x-reaches": "nobody"},
        {"x-cost": {"level": "billed", "why": "x"}, "x-reaches": "everybody"},
    ],
)
def test_malformed_marks_are_recognised(marks: Node) -> None:
    """The check of the marks refuses what lacks one or has another value."""
    assert not MARKS.is_valid(marks)


def test_limits_have_evidence_and_are_numbers(document: Node) -> None:
    """Each limit of an operation is a number by kind of workspace or of use, and the whole says where it comes from."""
    limits = [(label, operation["x-limits"]) for label, operation in operations(document) if "x-limits" in operation]
    wrong = [
        label
        for label, each in limits
        if "x-evidence" not in each
        or not all(
            isinstance(number, int) for name, of in each.items() if name != "x-evidence" for number in of.values()
        )
    ]

    assert [] == wrong


def test_named_schemas_have_evidence(document: Node) -> None:
    """Each named schema says where it comes from."""
    named = document["components"]["schemas"]

    assert [] == [name for name, schema in named.items() if "x-evidence" not in schema]


def test_evidence_is_well_formed(document: Node) -> None:
    """Evidence has one of the five levels and the keys of that level, wherever it stands."""
    wrong = [
        (pointer, error.message)
        for pointer, node in walk(document)
        if "x-evidence" in node
        for error in EVIDENCE.iter_errors(node["x-evidence"])
    ]

    assert [] == wrong


@pytest.mark.parametrize(
    "evidence",
    [
        {},
        {"level": "rumoured", "source": "page"},
        {"level": "documented"},
        {"level": "example", "source": "page", "why": "we think so"},
        {"level": "published", "source": "openapi"},
        {"level": "published", "source": "openapi", "date": "yesterday"},
        {"level": "inferred", "source": "page"},
        {"level": "observed", "source": "log", "date": "2026-08-04"},
        {"level": "documented", "source": "page", "seen": 2},
        {"level": "inferred", "why": "we think so", "values": {"open": {"level": "example"}}},
    ],
)
def test_malformed_evidence_is_recognised(evidence: Node) -> None:
    """The check of evidence refuses what lacks a key, has one of another level or names no level."""
    assert not EVIDENCE.is_valid(evidence)


def test_values_of_evidence_are_enum_values(document: Node) -> None:
    """Evidence of single values names values that the enum has."""
    stray = [
        (pointer, value)
        for pointer, schema in schemas(document)
        for value in schema.get("x-evidence", {}).get("values", ())
        if value not in schema.get("enum", ())
    ]

    assert [] == stray


def test_sources_are_explained() -> None:
    """spec/README.md lists exactly the sources that the documents and the rows of behaviour name."""
    listed = re.findall(
        r"`((?:convocore|raia|zild)-[a-z-]+)`",
        "".join(re.findall(r"^\| `.*$", (SPEC / "README.md").read_text(encoding="utf-8"), re.MULTILINE)),
    )
    named = {
        node["source"] for vendor in vendors() for _, node in walk(load(vendor)) if "level" in node and "source" in node
    }

    rows = [row for vendor in vendors() for row in behaviour(vendor).values()]
    named |= {said.source for row in rows for said in row.evidence if said.source}

    assert set(listed) == named


@pytest.mark.parametrize("rule", RULES)
def test_schemas_keep_the_rules(document: Node, rule: str) -> None:
    """Each schema, named or not, keeps each rule of writing."""
    assert [] == [pointer for pointer, schema in schemas(document) if not RULES[rule](schema)]


@pytest.mark.parametrize(
    ("rule", "schema"),
    [
        ("only known keywords", {"type": "string", "default": "x"}),
        ("only known keywords", {"type": "string", "nullable": True}),
        ("only known keywords", {"type": "object", "title": "X", "properties": {}}),
        ("only known keywords", {"type": "string", "description": "Name", "or null.": None}),
        ("arrays have items", {"type": ["array", "null"]}),
        ("no uuid format", {"type": "string", "format": "uuid"}),
        ("required names properties", {"type": "object", "required": ["a"], "properties": {"b": {}}}),
        ("properties say what they are", {"type": "object", "properties": {"a": {"type": "string"}}}),
        ("nothing beside allOf but words", {"allOf": [{"$ref": "#/A"}], "properties": {"a": {"type": "string"}}}),
        ("nullable references are anyOf", {"$ref": "#/A", "type": ["object", "null"]}),
        ("enums name one type", {"type": ["string", "null"], "enum": ["a", None]}),
    ],
)
def test_broken_rules_are_recognised(rule: str, schema: Node) -> None:
    """Each rule of writing refuses what it is there to refuse."""
    assert not RULES[rule](schema)


def test_one_free_form_object(document: Node) -> None:
    """JsonObject is the only object without properties."""
    free_form = [
        pointer for pointer, schema in schemas(document) if "object" in types(schema) and "properties" not in schema
    ]

    assert ["/components/schemas/JsonObject"] == free_form


def test_security_stands_on_every_operation(document: Node) -> None:
    """Each operation names a security scheme that the document defines."""
    schemes = document["components"]["securitySchemes"]
    open_operations = [
        label
        for label, operation in operations(document)
        if not {name for alternative in operation.get("security", ()) for name in alternative} & set(schemes)
    ]

    assert [] == open_operations


def test_no_default_response(document: Node) -> None:
    """Answers are listed by status: a bare default would accept any."""
    statuses = [(label, str(status)) for label, operation in operations(document) for status in operation["responses"]]

    assert [] == [(label, status) for label, status in statuses if not re.fullmatch(r"[1-5]\d\d", status)]


def test_components_are_used(document: Node) -> None:
    """Each named schema, parameter and response is referred to."""
    used = {node["$ref"] for _, node in walk(document) if "$ref" in node}
    named = {
        f"#/components/{kind}/{name}"
        for kind in ("schemas", "parameters", "responses")
        for name in document["components"].get(kind, ())
    }

    assert set() == named - used


def test_examples_are_valid(document: Node) -> None:
    """Each example satisfies the schema that it stands beside."""
    rejected = [
        (pointer, error.message)
        for pointer, schema, example in examples(document)
        for error in jsonschema_rs.Draft202012Validator(
            {**schema, "components": document["components"]}, validate_formats=True
        ).iter_errors(example)
    ]

    assert [] == rejected


@pytest.mark.parametrize(
    ("vendor", "number"),
    [("convocore", {"Request": 2, "Response": 2}), ("zild", {"Request": 1, "Response": 1})],
)
def test_documented_payloads_stand_as_examples(vendor: str, number: dict[str, int]) -> None:
    """Each payload that a page shows is an example of a body."""
    summaries = [
        example["summary"].split()[0]
        for pointer, node in walk(load(vendor))
        if "schema" in node and isinstance(node.get("examples"), dict)
        for example in node["examples"].values()
        if example["x-evidence"]["level"] == "example"
    ]

    assert number == Counter(summaries)


def test_bodies_of_raia_have_examples() -> None:
    """Each request body of raia has an example, for its page gives none as a whole."""
    contents = [
        (label, operation["requestBody"]["content"]["application/json"])
        for label, operation in operations(load("raia"))
        if "requestBody" in operation
    ]

    assert contents
    assert [] == [label for label, content in contents if not {"example", "examples"} & set(content)]


def test_example_of_delete_spares_the_example_user() -> None:
    """The example of raia's delete names a user that no other example names."""
    document = load("raia")
    [victim] = [
        example["conversationUserId"]
        for pointer, _, example in examples(document)
        if pointer.startswith("/paths/~1external~1conversations/delete")
    ]
    others = [str(example) for pointer, _, example in examples(document) if "/delete/" not in pointer]

    assert [] == [example for example in others if victim in example]


def test_formats_from_examples() -> None:
    """A time whose format only an example of raia's shows says so, in every schema of contradiction 19."""
    named = load("raia")["components"]["schemas"]
    levels = [
        named[name]["properties"][key].get("x-evidence", {}).get("level")
        for name in ("ConversationState", "ConversationFeedback", "SavedMessageFeedback")
        for key in ("createdAt", "updatedAt")
    ]

    assert ["example"] * 6 == levels
