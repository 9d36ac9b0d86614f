"""The methods of a vendor's client, and which operations of its document each of them calls."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import attrs

from .._resource import Resource
from .._vendor import Vendor
from ..cli._hints import mentioned
from ..cli._vendors import methods, resources


@attrs.frozen
class Method:
    """A method of one of a client's resources."""

    resource: str
    name: str
    function: Callable[..., Any]
    operations: frozenset[str]

    @property
    def place(self) -> str:
        """Where a client has it, such as ``messages.list``."""
        return f"{self.resource}.{self.name}"

    def of(self, client: Any) -> Callable[..., Any]:
        """Return the method of this client."""
        method: Callable[..., Any] = getattr(getattr(client, self.resource), self.name)
        return method


def methods_of(vendor: Vendor) -> Iterator[Method]:
    """Yield the methods of all resources."""
    for resource, kind in resources(vendor).items():
        for name, function in methods(kind).items():
            yield Method(resource, name, function, frozenset(_operations(vendor, kind, function)))


def _operations(vendor: Vendor, kind: type[Resource[Any]], function: Callable[..., Any]) -> Iterator[str]:
    """Yield the operations that a method mentions, or what it mentions of the vendor's own functions."""
    ahead = [function]
    for each in ahead:
        for known, name in mentioned(each):
            own = getattr(kind, name, None) if name.startswith("_") else None
            value = known.get(name, own)
            # A module with decoders is a generated endpoint, and has the name of its operation.
            if isinstance(value, ModuleType) and hasattr(value, "DECODERS"):
                yield value.__name__.rpartition(".")[2]
            elif inspect.isfunction(value) and value not in ahead and _is_own(vendor, value):
                ahead.append(value)


def _is_own(vendor: Vendor, function: Callable[..., Any]) -> bool:
    return function.__module__.startswith(f"causerie.{vendor.name}.")
