"""Facts about operations in the documents: the price, the people that they reach, and the evidence for each fact."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

import attrs

from causerie_spec import load, operations
from causerie_spec.documents import describe
from causerie_spec.pointer import Pointer, look, parse

from .._method import READING


@attrs.frozen
class Fact:
    """The evidence for one part of a document."""

    place: str
    said: Mapping[str, Any]
    """``level``, and with it ``source``, ``date``, ``seen`` or ``why``."""

    def __str__(self) -> str:
        """Return the level of evidence and its source."""
        details = ", ".join(str(each) for name, each in self.said.items() if name != "level")
        return f"{self.said['level']} ({details})"


@attrs.frozen
class Operation:
    """The facts about one operation in a vendor's document."""

    vendor: str
    name: str
    method: str
    """In capitals."""
    path: str
    summary: str
    cost: Mapping[str, Any]
    """``level``, which is free or billed, and ``why``."""
    reaches: str
    """``nobody`` or ``people``."""
    evidence: Fact
    parts: tuple[Fact, ...]
    """The evidence for its parameters, bodies and answers."""

    @property
    def is_reading(self) -> bool:
        """Whether it changes nothing."""
        return self.method == READING

    @property
    def is_harmless(self) -> bool:
        """Whether it only reads, is free and reaches nobody."""
        return self.is_reading and self.cost["level"] == "free" and self.reaches == "nobody"

    @property
    def levels(self) -> list[str]:
        """The levels of evidence that its parts have, in order."""
        return list(dict.fromkeys(each.said["level"] for each in self.parts))

    def __str__(self) -> str:
        """Return the price, the people reached and the evidence in three sentences."""
        return (
            f"{self.name} is {self.cost['level']}: {self.cost['why']}. It reaches {self.reaches}. "
            f"Evidence: {self.evidence}; parts of it: {', '.join(self.levels)}."
        )


@cache
def known(vendor: str) -> Mapping[str, Operation]:
    """Return the operations of a vendor, by name."""
    document = load(vendor)
    return MappingProxyType(
        {name: _operation(document, vendor, name, place) for name, place in operations(document).items()}
    )


def _operation(document: dict[str, Any], vendor: str, name: str, place: tuple[str, str]) -> Operation:
    method, path = place
    pointer = ("paths", path, method)
    node = look(document, pointer)
    own, *parts = _facts(document, pointer, set())
    cost, reaches = node["x-cost"], node["x-reaches"]
    return Operation(vendor, name, method.upper(), path, node["summary"], cost, reaches, own, tuple(parts))


def _facts(document: dict[str, Any], pointer: Pointer, seen: set[Pointer]) -> Iterator[Fact]:
    """Yield the evidence of a node and of everything in it, without repeats; references are followed."""
    if pointer in seen:
        return
    seen.add(pointer)
    node = look(document, pointer)
    if isinstance(node, dict):
        if "x-evidence" in node:
            yield from _said(describe(document, pointer), node["x-evidence"])
        if "$ref" in node:
            yield from _facts(document, parse(node["$ref"]), seen)
    for key in range(len(node)) if isinstance(node, list) else node if isinstance(node, dict) else ():
        if key != "x-evidence":
            yield from _facts(document, (*pointer, key), seen)


def _said(place: str, said: Mapping[str, Any]) -> Iterator[Fact]:
    # Single values of an enum, and null, may be known otherwise than the rest.
    values, nullable = said.get("values", {}), said.get("nullable")
    yield Fact(place, {name: each for name, each in said.items() if name not in ("values", "nullable")})
    for value, inner in values.items():
        yield Fact(f"{place} {value}", inner)
    if nullable is not None:
        yield Fact(f"{place} null", nullable)
