"""Finds the operations that are identical in two documents, so that they need not be compared."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .pointer import Pointer, look, parse

#: The keys of a document that apply to every operation without its own.
_GENERAL = (("security",), ("servers",), ("components", "securitySchemes"))


class Same:
    """The operations that are identical in `base` and `head`, with everything to which they refer."""

    def __init__(self, base: dict[str, Any], head: dict[str, Any]) -> None:
        self._base = base
        self._head = head
        self._places: dict[Pointer, frozenset[Pointer] | None] = {}
        self._is_general = all(_at(base, place) == _at(head, place) for place in _GENERAL)

    def holds(self, operation: Pointer, other: Pointer) -> bool:
        """Return whether the operations at these places are identical, including the common parts of their paths."""
        if not self._is_general or operation != other:
            return False
        seen, waiting = set[Pointer](), [operation[:-1]]
        while waiting:
            place = waiting.pop()
            if place in seen:
                continue
            seen.add(place)
            references = self._references(place)
            if references is None:
                return False
            waiting.extend(references)
        return True

    def _references(self, place: Pointer) -> frozenset[Pointer] | None:
        """Return the targets of the references at `place`; None unless it is identical in both documents."""
        if place not in self._places:
            node = _at(self._base, place)
            # Their texts are compared, because in Python, True equals 1.
            is_same = node is not None and repr(node) == repr(_at(self._head, place))
            self._places[place] = frozenset(_references(node)) if is_same else None
        return self._places[place]


def _at(document: dict[str, Any], place: Pointer) -> Any:
    try:
        return look(document, place)
    except (LookupError, TypeError, ValueError):
        return None


def _references(node: Any) -> Iterator[Pointer]:
    # Not only in `$ref`: a discriminator has references too.
    if isinstance(node, str) and node.startswith("#/"):
        yield parse(node)
    for each in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _references(each)
