"""The set of values that a schema of OpenAPI 3.0 or 3.1 allows, however it is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce
from typing import Any

import attrs

from .pointer import Pointer, look, parse

Places = tuple[Pointer, ...]

#: `number` is split into integers and others, so that the intersection of `number` and `integer` is `integer`.
ANY = frozenset({"null", "boolean", "object", "array", "number", "integer", "string"})

#: Marks a part that could not be read. It differs from nothing, because nothing is known about it.
UNREAD = "x-unread"

#: The deepest nesting of schemas: no real document needs more, but an unknown document may nest without end.
DEPTH = 50

KEYWORDS = (
    *("format", "pattern", "minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"),
    *("multipleOf", "minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties", "default", "x-unit"),
    # These are compared literally.
    *("not", "if", "then", "else", "contains", "minContains", "maxContains", "prefixItems", "unevaluatedItems"),
    *("propertyNames", "patternProperties", "dependentRequired", "dependentSchemas", "unevaluatedProperties"),
    *("contentEncoding", "contentMediaType", "readOnly", "writeOnly"),
    # These determine names in the generated code.
    *("x-python-name", "x-enum-varnames"),
)


@attrs.frozen
class Shape:
    """The values that a schema allows, with references followed, `allOf` merged and null taken out of alternatives."""

    #: Its places, at the ends of all references.
    home: Pointer = ()
    #: The name of its component, which is the name of a class.
    name: str | None = None
    types: frozenset[str] = ANY
    enum: tuple[Any, ...] | None = None
    keywords: Mapping[str, Any] = attrs.field(factory=dict[str, Any])
    #: A property has several places if several parts of an `allOf` have it; all of them apply.
    properties: Mapping[str, Places] = attrs.field(factory=dict[str, Places])
    required: frozenset[str] = frozenset()
    closed: bool = False
    additional: Places = ()
    items: Places = ()
    #: Alternatives, by the value of the discriminator, by name, or by number.
    variants: Mapping[str, Pointer] = attrs.field(factory=dict[str, Pointer])
    #: Whether a part of it could not be read.
    unread: bool = False

    @property
    def free(self) -> bool:
        """Whether any JSON value is allowed."""
        return self.types == ANY and not self.properties and not self.variants

    @property
    def chooses(self) -> bool:
        """Whether it is only a choice between alternatives."""
        return bool(self.variants) and not self.properties

    @property
    def kind(self) -> tuple[str, ...]:
        """The types without null, in the form of a document."""
        if self.types == ANY:
            return ("any", "fields") if self.properties else ("any",)
        hidden = {"null", "integer"} if "number" in self.types else {"null"}
        return tuple(sorted(self.types - hidden))

    @property
    def values(self) -> tuple[Any, ...] | None:
        """The values of the enum, sorted."""
        return None if self.enum is None else tuple(sorted(self.enum, key=str))

    def alike(self, other: Shape) -> float:
        """Return the share of common fields, plus 1 if the same ones are required; 0 if fewer than half are common."""
        one, two = {*self.properties}, {*other.properties}
        share = len(one & two) / len(one | two) if one and two else 0.0
        return 0.0 if share < 0.5 else share + (self.required == other.required)

    def alone(self) -> Shape:
        """Return this shape as a choice with one alternative."""
        return Shape(self.home, types=self.types, variants={self.name or "0": self.home}, unread=self.unread)

    def key(self, places: Places) -> Places:
        """Return a key that does not depend on the references through which `places` were reached."""
        return (self.home,) if len(places) == 1 else places


def shape(document: Any, places: Places) -> Shape:
    """Return the shape that the schemas at all `places` allow together; without places, that is any value."""
    return _meet([_one(document, place, frozenset()) for place in places])


def _one(document: Any, place: Pointer, trail: frozenset[Pointer]) -> Shape:
    node = look(document, place)
    if place in trail or isinstance(node, bool):
        return Shape(place, types=frozenset() if node is False else ANY)
    trail |= {place}
    parts = [_own(node, place)]
    parts += [_one(document, (*place, "allOf", index), trail) for index, _ in enumerate(node.get("allOf", ()))]
    parts += [_alternatives(document, (*place, key), trail) for key in ("anyOf", "oneOf") if key in node]
    if "$ref" in node:
        parts.append(_one(document, parse(node["$ref"]), trail))
    made = _meet(parts)
    # Strictly, 3.0 does not allow null beside `type` or `allOf`, but authors who write it mean that null is allowed.
    types = made.types | {"null"} if node.get("nullable") is True else made.types
    # A schema that only refers to another, perhaps with a description or null beside it, equals that schema.
    home = parts[1].home if len(parts) == 2 and not parts[0].properties else place
    name = str(place[2]) if place[:2] == ("components", "schemas") and len(place) == 3 else None
    return attrs.evolve(made, home=home, types=types, name=name or (parts[1].name if home != place else None))


def _own(node: dict[str, Any], place: Pointer) -> Shape:
    types = node.get("type", ())
    enum = node.get("enum", [node["const"]] if "const" in node else None)
    keywords = {key: node[key] for key in KEYWORDS if key in node}
    if enum is not None and "x-enum-varnames" in node:
        keywords["x-enum-varnames"] = tuple(sorted(zip(map(str, enum), node["x-enum-varnames"], strict=False)))
    if "discriminator" in node:
        keywords["discriminator"] = node["discriminator"]["propertyName"]
    additional = node.get("additionalProperties", True)
    return Shape(
        place,
        types=frozenset([types] if isinstance(types, str) else types) or ANY,
        enum=None if enum is None else tuple(value for value in enum if value is not None),
        keywords=keywords,
        properties={name: ((*place, "properties", name),) for name in node.get("properties", ())},
        required=frozenset(node.get("required", ())),
        closed=additional is False,
        additional=() if isinstance(additional, bool) else ((*place, "additionalProperties"),),
        items=((*place, "items"),) if "items" in node else (),
        unread=UNREAD in node,
    )


def _alternatives(document: Any, place: Pointer, trail: frozenset[Pointer]) -> Shape:
    nodes = look(document, place)
    real = [(*place, index) for index, node in enumerate(nodes) if node not in ({"type": "null"}, {"not": {}})]
    shapes = [_one(document, inner, trail) for inner in real]
    null = frozenset[str]({"null"} if {"type": "null"} in nodes else ())
    if len(shapes) == 1:
        return attrs.evolve(shapes[0], types=shapes[0].types | null)
    mapping = look(document, place[:-1]).get("discriminator", {}).get("mapping", {})
    named = {reference: value for value, reference in mapping.items()}
    keys = [
        named.get(look(document, inner).get("$ref"), made.name or str(index))
        for index, (inner, made) in enumerate(zip(real, shapes, strict=True))
    ]
    types = null.union(*(made.types for made in shapes))
    unread = any(made.unread for made in shapes)
    return Shape(place, types=types, variants=dict(zip(keys, real, strict=True)), unread=unread)


def _meet(parts: Iterable[Shape]) -> Shape:
    return reduce(_both, parts, Shape())


def _both(one: Shape, other: Shape) -> Shape:
    properties = dict(one.properties)
    for name, places in other.properties.items():
        properties[name] = (*properties.get(name, ()), *places)
    enum = other.enum if one.enum is None else one.enum
    if one.enum is not None and other.enum is not None:
        enum = tuple(value for value in one.enum if value in other.enum)
    return Shape(
        home=other.home,
        name=other.name,
        types=_wide(one.types) & _wide(other.types),
        enum=enum,
        keywords={**one.keywords, **other.keywords},
        properties=properties,
        required=one.required | other.required,
        closed=one.closed or other.closed,
        additional=one.additional + other.additional,
        items=one.items + other.items,
        variants={**one.variants, **other.variants},
        unread=one.unread or other.unread,
    )


def _wide(types: frozenset[str]) -> frozenset[str]:
    return types | {"integer"} if "number" in types else types
