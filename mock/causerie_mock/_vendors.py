"""The vendors that are played: each has a document, and a record in a folder of its name."""

from __future__ import annotations

import functools
import importlib
import importlib.util

from causerie_spec import vendors

from ._vendor import Vendor


def _is_played(vendor: str) -> bool:
    folder = f"{__package__}.{vendor}"
    return bool(importlib.util.find_spec(folder) and importlib.util.find_spec(f"{folder}.vendor"))


VENDORS = tuple(filter(_is_played, vendors()))


@functools.cache
def vendor_of(name: str) -> Vendor:
    """Return the record of a vendor. Raises `ValueError` for one that is not played."""
    if name not in VENDORS:
        raise ValueError(f"{name!r} is not a vendor; choose one of {', '.join(VENDORS)}.")
    vendor: Vendor = importlib.import_module(f"{__package__}.{name}.vendor").VENDOR
    return vendor
