"""The vendors that have a mock: each has a document, and a record in a folder of its name."""

from __future__ import annotations

from causerie_spec import record, vendors

from ._vendor import Vendor

_RECORDS: dict[str, Vendor] = {name: found for name in vendors() if (found := record("causerie_mock", name))}

VENDORS = tuple(_RECORDS)


def vendor_of(name: str) -> Vendor:
    """Return the record of a vendor. Raises `ValueError` for one without a mock."""
    if name not in _RECORDS:
        raise ValueError(f"{name!r} is not a vendor; choose one of {', '.join(VENDORS)}.")
    return _RECORDS[name]
