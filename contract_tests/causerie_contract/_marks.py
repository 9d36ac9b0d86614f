"""What a document says about an operation's price and about the people it reaches: `x-cost` and `x-reaches`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from causerie_spec.documents import operations
from causerie_spec.pointer import look


def billed(document: dict[str, Any]) -> dict[str, str]:
    """Return, by operationId, why each operation that is not marked as free is billed."""
    costs = ((name, node.get("x-cost", {})) for name, node in _nodes(document))
    return {
        name: cost.get("why", "The document does not say what it costs")
        for name, cost in costs
        if cost.get("level") != "free"
    }


def reaching(document: dict[str, Any]) -> frozenset[str]:
    """Return the operationIds of all operations except those marked as reaching no people."""
    return frozenset(name for name, node in _nodes(document) if node.get("x-reaches") != "nobody")


def _nodes(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, (method, path) in operations(document).items():
        yield name, look(document, ("paths", path, method))
