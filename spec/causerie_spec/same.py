"""What two documents have in common word for word: there is nothing to compare."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .pointer import Pointer, look, parse

#: What holds for every operation that says nothing else.
_GENERAL = (("security",), ("servers",), ("components", "securitySchemes"))


class Same:
    """The operations that `base` and `head` describe in the same words, with everything that they refer to."""

    def __init__(self, base: dict[str, Any], head: dict[str, Any]) -> None:
        self._base = base
        self._head = head
        self._places: dict[Pointer, frozenset[Pointer] | None] = {}
        self._is_general = all(_at(base, place) == _at(head, place) for place in _GENERAL)

    def holds(self, operation: Pointer, other: Pointer) -> bool:
        """Say whether an operation at these places is the same, with what its path says of it."""
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
        """Return where references at `place` lead, or None unless both documents have the same words there."""
        if place not in self._places:
            node = _at(self._base, place)
            # As they are written: for Python, True is 1.
            is_same = node is not None and repr(node) == repr(_at(self._head, place))
            self._places[place] = frozenset(_references(node)) if is_same else None
        return self._places[place]


def _at(document: dict[str, Any], place: Pointer) -> Any:
    try:
        return look(document, place)
    except (LookupError, TypeError, ValueError):
        return None


def _references(node: Any) -> Iterator[Pointer]:
    # Not those of `$ref` alone: a discriminator has references as well.
    if isinstance(node, str) and node.startswith("#/"):
        yield parse(node)
    for each in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _references(each)
