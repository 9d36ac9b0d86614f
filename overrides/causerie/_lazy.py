"""Importing the names of a package on first use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def lazy(package: str, names: Mapping[str, str], models: str) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """Return the ``__getattr__`` and ``__dir__`` of a vendor's package.

    ``names`` maps each name to its module; all other names come from ``models``.
    """

    def get(name: str) -> Any:
        if name == "__all__":
            return listed()
        place = names.get(name)
        if place is None and name not in import_module(models).__all__:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(import_module(models if place is None else f"{package}.{place}"), name)

    def listed() -> list[str]:
        return sorted([*names, *import_module(models).__all__])

    return get, listed
