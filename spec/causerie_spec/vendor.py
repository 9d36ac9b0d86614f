"""The facts about a vendor in its document, and the record of a vendor in each layer."""

from __future__ import annotations

import functools
import importlib
import importlib.util
from typing import Any

import attrs

from .documents import load


@attrs.frozen
class Vendor:
    """One vendor."""

    title: str
    #: The client's argument for the credential, and the environment variable that can replace it.
    argument: str
    variable: str
    #: The environment variable with the URL of another server.
    base_url_variable: str


@functools.cache
def about(name: str) -> Vendor:
    """Return the facts in our own document about a vendor. Raises `ValueError` for an unknown vendor."""
    said = load(name)["info"]["x-vendor"]
    return Vendor(said["title"], said["credential"]["argument"], said["credential"]["env"], said["base_url_env"])


def record(layer: str, name: str) -> Any:
    """Return `VENDOR` of the module `vendor` in the folder `name` of the package `layer`; None if there is none."""
    folder = f"{layer}.{name}"
    if importlib.util.find_spec(folder) and importlib.util.find_spec(f"{folder}.vendor"):
        return importlib.import_module(f"{folder}.vendor").VENDOR
    return None
