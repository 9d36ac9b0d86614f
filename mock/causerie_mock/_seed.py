"""Checks of the records that a test puts into a vendor's state."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from . import _json
from ._schema import Schema

TENANTS = 2

Record = dict[str, Any]


def component(name: str) -> dict[str, str]:
    """Return a reference to the schema `name` of the document."""
    return {"$ref": f"#/components/schemas/{name}"}


class Seeds:
    """Checks records against the document: `kinds` has a JSON Schema for the records of each kind.

    A test names only the fields that matter to it. So `read` checks these, the vendor adds the others, and `check`
    checks the whole record. Fields that are not in the document are kept, because its schemas allow them.
    """

    def __init__(self, document: Mapping[str, Any], kinds: Mapping[str, Any]) -> None:
        self._components = document["components"]
        self._kinds = kinds
        # Compiled on first use, because most mocks are never seeded.
        self._whole: dict[str, Schema] = {}
        self._partial: dict[str, Schema] = {}

    def read(self, tenant: int, data: Mapping[str, Any]) -> dict[str, list[Record]]:
        """Return a copy of the records by kind, in the order of the kinds; a kind that is left out has no records.

        Raises `ValueError` for an unknown tenant or kind, and for a field that the document does not allow.
        """
        if tenant not in range(TENANTS):
            raise ValueError(f"tenant is {tenant!r}; give a number from 0 to {TENANTS - 1}.")
        for kind in data:
            if kind not in self._kinds:
                raise ValueError(f"{kind!r} is not a kind of record; choose from {', '.join(self._kinds)}.")
        try:
            copy = _json.decode(_json.encode(data))
        except (TypeError, ValueError) as error:
            raise ValueError(f"A seed is not JSON: {error}") from None
        for kind, records in copy.items():
            if not isinstance(records, list):
                raise ValueError(f"{kind} is {str(records)[:80]!r}; give a list of objects.")  # noqa: TRY004 (bad input)
            for index, record in enumerate(records):
                self._check(self._optional(kind), f"{kind}[{index}]", record)
        # behaviour: seeded-record-is-completed, seeded-fields-are-kept
        return {kind: copy.get(kind, []) for kind in self._kinds}

    def check(self, kind: str, place: str, record: Record) -> None:
        """Raise `ValueError` with `place` and JSON pointer unless `record` is a complete record of this kind."""
        if kind not in self._whole:
            self._whole[kind] = Schema(self._kinds[kind], self._components)
        self._check(self._whole[kind], place, record)

    def _optional(self, kind: str) -> Schema:
        if kind not in self._partial:
            self._partial[kind] = Schema(_without_required(self._kinds[kind]), _without_required(self._components))
        return self._partial[kind]

    def _check(self, schema: Schema, place: str, record: Any) -> None:
        for pointer, message in schema.issues(record):
            raise ValueError(f"{place}{pointer}: {message}.")


def _without_required(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_without_required(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    # A property may also be called `required`; its value is a schema, not a list.
    return {
        key: _without_required(value)
        for key, value in schema.items()
        if key != "required" or not isinstance(value, list)
    }
