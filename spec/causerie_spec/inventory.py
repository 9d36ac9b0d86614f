"""Lists all facts that a document has about a value, for parts that have no counterpart to compare."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from .difference import Difference
from .shape import ANY, Places, Shape, shape


@attrs.frozen
class Item:
    """One fact, with the facts nested below it."""

    said: Difference
    below: tuple[Item, ...] = ()


@attrs.frozen
class Inventory:
    """The facts in `document`."""

    document: dict[str, Any]

    def below(self, found: Difference, places: Places) -> tuple[Item, ...]:
        """Return the facts about the schemas at `places`, which only the second document of `found` has.

        If `found` is a difference of types, these are the other facts about the value.
        """
        if found.aspect == "type":
            made = shape(self.document, places)
            facts = {"closed": made.closed or None}
            if found.before == ("any",):
                facts["nullable"] = "null" in made.types or None
            around = (found, found.where, made)
            items = [*_facts(*around, facts), *self._parts(*around, {made.key(places)})]
            return () if made.unread else tuple(items)
        where = found.where + {"variant": f"<{found.after}>", "closed": ".*"}.get(found.aspect, "")
        return tuple(self._inside(found, where, places, set()))

    def _inside(self, around: Difference, where: str, places: Places, seen: set[Places]) -> Iterator[Item]:
        made = shape(self.document, places)
        key = made.key(places)
        if key in seen or made.unread:
            return
        seen.add(key)
        facts: dict[str, Any] = {**made.keywords, "enum": made.values, "closed": made.closed or None}
        facts["nullable"] = True if "null" in made.types and made.types != ANY else None
        yield from _facts(around, where, made, facts)
        yield from self._parts(around, where, made, seen)

    def _parts(self, around: Difference, where: str, made: Shape, seen: set[Places]) -> Iterator[Item]:
        for name, inner in made.properties.items():
            aspect = "required field" if name in made.required else "field"
            yield self._item(around, f"{where}.{name}", aspect, inner, seen)
        for name in sorted(made.required - made.properties.keys()):
            inner_where = f"{where}.{name}"
            said = attrs.evolve(
                around, where=inner_where, aspect="required", before=None, after=True, opposite=made.home
            )
            yield Item(said)
        for inner, suffix in ((made.items, "[]"), (made.additional, ".*")):
            if inner:
                yield self._item(around, where + suffix, "type", inner, seen)
        for name, place in made.variants.items():
            yield self._item(around, f"{where}<{name}>", "variant", (place,), seen)

    def _item(self, around: Difference, where: str, aspect: str, places: Places, seen: set[Places]) -> Item:
        kind = shape(self.document, places).kind
        said = attrs.evolve(around, where=where, aspect=aspect, before=None, after=kind, opposite=places[-1])
        return Item(said, tuple(self._inside(said, where, places, seen)))


def _facts(around: Difference, where: str, made: Shape, facts: Mapping[str, Any]) -> Iterator[Item]:
    for aspect, value in facts.items():
        if value is not None:
            said = attrs.evolve(around, where=where, aspect=aspect, before=None, after=value, opposite=made.home)
            yield Item(said)
