"""The filters that an export passes to the vendor's list, named as in the vendor's record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from causerie_api.jsontext import write_strictly
from causerie_api.jsonvalue import EncodeError, shortened

from .._errors import ArgumentError

if TYPE_CHECKING:
    from .._vendor import Filter, Vendor

NO_FILTERS: Final[Mapping[str, Any]] = MappingProxyType({})
_KINDS: Final = {str: "a text", bool: "True or False", datetime: "a datetime with its zone"}


def check_filters(vendor: Vendor, filters: Mapping[str, Any]) -> None:
    """Raise ``ArgumentError`` for an unknown filter, or for a value that the filter does not take."""
    if not isinstance(filters, Mapping):
        raise ArgumentError("filters", f"{shortened(filters)} is not a dict: give the values by name")
    for name, value in filters.items():
        found = _known(vendor).get(name)
        if found is None:
            names = ", ".join(_known(vendor)) or "none: leave filters out"
            raise ArgumentError("filters", f"{shortened(name)} is not a filter: {vendor.title} has {names}")
        # A vendor takes an empty text for no filter, and shows everything.
        if not isinstance(value, found.kind) or value == "":
            problem = f"{shortened(value)} does not fit: give {_KINDS[found.kind]}, or leave it out"
            raise ArgumentError(name, problem)
        try:
            write_strictly(value)
        except EncodeError as error:
            raise ArgumentError(name, error.problem) from None


def check_lasting(vendor: Vendor, filters: Mapping[str, Any], argument: str, what: str, remedy: str) -> None:
    """Raise ``ArgumentError`` for filters with which ``what`` would miss some changed conversations."""
    fleeting = [name for name in filters if not _known(vendor)[name].is_lasting]
    if fleeting:
        sentence = (
            f"a conversation may come to fit {' and '.join(fleeting)}, or cease to, without a change that is seen"
        )
        raise ArgumentError(argument, f"{what} would miss rows: {sentence}; {remedy}")


def check_same(filters: Mapping[str, Any], before: Mapping[str, Any], remedy: str) -> None:
    """Raise ``ArgumentError`` unless the filters, as JSON, equal those used ``before``."""
    if noted(filters) != before:
        raise ArgumentError("filters", f"what was read before was read with {before or 'none'}: {remedy}")


def noted(filters: Mapping[str, Any]) -> dict[str, Any]:
    """Return filters as JSON."""
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in filters.items()}


def _known(vendor: Vendor) -> Mapping[str, Filter]:
    return {} if vendor.export is None else vendor.export.filters
