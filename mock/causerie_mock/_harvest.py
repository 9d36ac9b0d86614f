"""A seed for the mock, made from the records that a spy has seen, with placeholders for personal data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import attrs

from ._pseudonyms import Pseudonyms
from ._seed import Record

#: The most records of a kind that are kept; the oldest are dropped first.
_LIMIT = 1000


@attrs.frozen
class Sighting:
    """A successful exchange, in the form that a vendor's spy code reads."""

    operation: str
    #: Path and query parameters by name, as texts.
    parameters: Mapping[str, str]
    #: The decoded bodies; None if there is none.
    body: Any
    answer: Any


#: Takes a sighting and yields its records, each with its kind and its id, in the form that `Mock.seed` takes. Fields of
#: a later record are added to an earlier one with the same id.
Observe = Callable[[Sighting], Iterable[tuple[str, str, Record]]]


class Harvest:
    """The records, by kind and id."""

    def __init__(self, document: Mapping[str, Any], observe: Observe | None) -> None:
        self._observe = observe
        self._pseudonyms = Pseudonyms(document)
        self._records: dict[str, dict[str, Record]] = {}

    def add(self, sighting: Sighting) -> None:
        """Store the records in a sighting. An answer that is not as documented has none."""
        if self._observe is None:
            return
        try:
            found = list(self._observe(sighting))
        except (AttributeError, KeyError, TypeError, ValueError):
            return
        for kind, key, record in found:
            if not isinstance(key, str):  # though the document may allow it
                continue
            kept = self._records.setdefault(kind, {})
            stand_in = self._pseudonyms.text(key, "id")
            kept[stand_in] = kept.pop(stand_in, {}) | self._pseudonyms.record(record)
            if len(kept) > _LIMIT:
                del kept[next(iter(kept))]

    def seed(self, allowed: Callable[[str, Record], bool]) -> dict[str, list[Record]]:
        """Return the records that the mock accepts, by kind, in the order in which it accepts them.

        Raises `ValueError` if the mock does not know which records the vendor's answers contain.
        """
        if self._observe is None:
            raise ValueError("No document says how this vendor's answers become a seed; there is nothing to save.")
        chosen: dict[str, list[Record]] = {}
        for kind, records in self._records.items():
            chosen[kind] = [each for each in records.values() if allowed(kind, each)]
        return chosen
