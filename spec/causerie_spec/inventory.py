"""All that a document says of a value, where there is nothing to compare it with."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import attrs

from .difference import Difference
from .pointer import Pointer
from .shape import ANY, Places, shape


@attrs.frozen
class Item:
    """One thing that is said, with what is said below it."""

    said: Difference
    below: tuple[Item, ...] = ()


@attrs.frozen
class Inventory:
    """What `document` says, but for the schemas that have been `compared`: a change of them is seen there."""

    document: dict[str, Any]
    compared: Collection[Places]

    def below(self, found: Difference, place: Pointer) -> tuple[Item, ...]:
        """Return what is said of the schema at `place`, which only the second document of `found` has."""
        where = f"{found.where}<{found.after}>" if found.aspect == "variant" else found.where
        return tuple(self._inside(found, where, (place,), set()))

    def _inside(self, around: Difference, where: str, places: Places, seen: set[Places]) -> Iterator[Item]:
        made = shape(self.document, places)
        key = made.key(places)
        if key in seen or key in self.compared or made.unread:
            return
        seen.add(key)
        facts: dict[str, Any] = {**made.keywords, "enum": made.values, "closed": made.closed or None}
        facts["nullable"] = True if "null" in made.types and made.types != ANY else None
        for aspect, value in facts.items():
            if value is not None:
                yield Item(
                    attrs.evolve(around, where=where, aspect=aspect, before=None, after=value, opposite=made.home)
                )
        for name, inner in made.properties.items():
            aspect = "required field" if name in made.required else "field"
            yield self._item(around, f"{where}.{name}", aspect, inner, seen)
        for inner, suffix in ((made.items, "[]"), (made.additional, ".*")):
            if inner:
                yield self._item(around, where + suffix, "type", inner, seen)
        for name, place in made.variants.items():
            yield self._item(around, f"{where}<{name}>", "variant", (place,), seen)

    def _item(self, around: Difference, where: str, aspect: str, places: Places, seen: set[Places]) -> Item:
        kind = shape(self.document, places).kind
        said = attrs.evolve(around, where=where, aspect=aspect, before=None, after=kind, opposite=places[-1])
        return Item(said, tuple(self._inside(said, where, places, seen)))
