"""The tool that explains what an operation costs, which people it reaches, and the evidence for that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import click
from mcp_types import ToolAnnotations

from .._vendor import vendors
from ..cli._parameters import OneOf, Text
from ._arguments import Arguments, Refused
from ._documents import Operation, known
from ._tools import Tool

_SENTENCE = """Return the cost of a vendor's operations, the people they reach, and the evidence. Sends no request.

Without an operation, all are summarized; with one, each of its parts has its evidence. The levels of evidence are
documented (a page of the vendor says so), example (seen only in an example), published (only the vendor's OpenAPI
document says so), observed (a live server was seen to do it) and inferred (a guess of Causerie's, with the reason)."""


def explaining(named: Mapping[str, Iterable[str]]) -> Tool:
    """Return the tool. ``named`` are operations that the user allowed even though they are not harmless, by vendor."""

    async def call(vendor: str, operation: str | None = None) -> dict[str, Any]:
        found = known(vendor)
        allowed = set(named.get(vendor, ()))
        if operation is None:
            return {"operations": [_short(each, allowed) for each in found.values()]}
        if operation not in found:
            raise Refused(f"operation: {operation!r} is not one of {vendor}; choose from {', '.join(found)}.")
        one = found[operation]
        parts = [{"place": each.place, **each.said} for each in one.parts]
        return {**_short(one, allowed), "evidence": dict(one.evidence.said), "parts": parts}

    return Tool(
        "explain_operation",
        _SENTENCE,
        Arguments.of(
            [
                click.Option(["--vendor"], type=OneOf(vendors()), required=True),
                click.Option(["--operation"], type=Text(), help="The name of an operation."),
            ]
        ),
        ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False),
        call,
    )


def _short(operation: Operation, allowed: set[str]) -> dict[str, Any]:
    return {
        "operation": operation.name,
        "request": f"{operation.method} {operation.path}",
        "summary": operation.summary,
        "cost": dict(operation.cost),
        "reaches": operation.reaches,
        "evidence": operation.evidence.said["level"],
        "needs": None if operation.is_harmless or operation.name in allowed else f"--write {operation.name}",
    }
