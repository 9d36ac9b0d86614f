"""Whose promise a part of a document is."""

from __future__ import annotations

from typing import Any

import attrs

from .pointer import Pointer, look, parse, step

_PROMISES = {
    "documented": "the vendor's documentation",
    "example": "an example in the vendor's documentation",
    "published": "the vendor's published contract",
    "observed": "what was seen of the live vendor",
    "inferred": "our inference",
    "ours": "a means of our mock",
}


@attrs.frozen
class Evidence:
    """What `x-evidence` says; spec/README.md explains the levels.

    `source` names a page, a published document of `date`, or a log of live calls that saw it so many times (`seen`)
    until `date`. What is inferred has `why` in its place, and so has what is ours: a means of the mock, of which
    spec/behaviour alone tells.
    """

    level: str
    source: str | None = None
    date: str | None = None
    why: str | None = None
    seen: int | None = None

    @property
    def promise(self) -> str:
        """Whose promise it is, in words."""
        return _PROMISES[self.level]

    @property
    def binds(self) -> bool:
        """Whether the vendor has said so itself: what was seen, is inferred or ours is no promise."""
        return self.level not in {"observed", "inferred", "ours"}

    def __str__(self) -> str:
        """Such as `the vendor's published contract (published: raia-openapi, 2026-07-27)`."""
        seen = f"seen {self.seen} times" if self.seen else None
        details = ", ".join(text for text in (self.source, self.date, seen, self.why) if text)
        return f"{self.promise} ({self.level}: {details})"


def promised_by(said: Evidence | None) -> str:
    """Say for people whose promise it is; None stands for a part of a document without evidence."""
    return "a part of the document that has no evidence" if said is None else str(said)


def evidence(document: Any, tokens: Pointer) -> Evidence | None:
    """Return the evidence of the place at `tokens`: its own, or that of the nearest node above it.

    A reference on the way is followed and starts afresh at its target. None where nothing on the way has evidence.
    Raises `LookupError` when there is no such place.
    """
    found = None
    node = document
    for token in tokens:
        while isinstance(node, dict) and "$ref" in node and str(token) not in node:
            target = parse(node["$ref"])
            found, node = evidence(document, target), look(document, target)
        node = step(node, token)
        if isinstance(node, dict) and "x-evidence" in node:
            said = node["x-evidence"]
            found = Evidence(said["level"], said.get("source"), said.get("date"), said.get("why"), said.get("seen"))
    return found
