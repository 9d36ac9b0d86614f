"""The evidence for the parts of a document."""

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
    "ours": "a feature of our mock",
}


@attrs.frozen
class Evidence:
    """The value of `x-evidence`; spec/README.md explains the levels.

    `source` names a page, a published document of `date`, or a log of live calls that saw it `seen` times until `date`.
    The levels inferred and ours have `why` instead. Only spec/behaviour has the level ours, for features of the mock.
    """

    level: str
    source: str | None = None
    date: str | None = None
    why: str | None = None
    seen: int | None = None

    @property
    def promise(self) -> str:
        """The level in words."""
        return _PROMISES[self.level]

    @property
    def binds(self) -> bool:
        """Whether the vendor itself has promised it, so that it is neither observed, inferred nor ours."""
        return self.level not in {"observed", "inferred", "ours"}

    def __str__(self) -> str:
        """Return a text such as `the vendor's published contract (published: raia-openapi, 2026-07-27)`."""
        seen = f"seen {self.seen} times" if self.seen else None
        details = ", ".join(text for text in (self.source, self.date, seen, self.why) if text)
        return f"{self.promise} ({self.level}: {details})"


def promised_by(said: Evidence | None) -> str:
    """Return evidence in words; None stands for a part of a document without evidence."""
    return "a part of the document that has no evidence" if said is None else str(said)


def evidence(document: Any, tokens: Pointer) -> Evidence | None:
    """Return the evidence of the place at `tokens`: its own, or that of the nearest node above it.

    A reference on the way is followed, and only nodes from its target on count. Returns None if no node on the way has
    evidence. Raises `LookupError` if the place does not exist.
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
