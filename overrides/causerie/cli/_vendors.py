"""The commands of each vendor, grouped by resource."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any, get_origin, get_type_hints

import click

from .._method import Method
from .._resource import Resource
from .._vendor import Vendor
from ._command import Entry, Group, spelled
from ._connection import client_of
from ._docstring import description, sentence
from ._operation import command


def group(vendor: Vendor) -> Group:
    """Return the commands of one vendor: a group for each resource of its client, and the commands in its record."""
    client = client_of(vendor)
    entries = {
        spelled(each): Entry(sentence(kind), partial(_resource, vendor, each, kind))
        for each, kind in resources(vendor).items()
    }
    extras = {name: Entry(extra.summary, _at(vendor, extra.place)) for name, extra in vendor.commands.items()}
    return Group(vendor.name, {**entries, **extras}, help=description(inspect.getmodule(client), {}))


def resources(vendor: Vendor) -> dict[str, type[Resource[Any]]]:
    """Return the resource classes of a vendor's client, by name."""
    return {
        each: kind
        for each, hint in get_type_hints(client_of(vendor)).items()
        if isinstance(kind := get_origin(hint), type) and issubclass(kind, Resource)
    }


def methods(kind: type[Resource[Any]]) -> dict[str, Method[..., Any, Any]]:
    """Return the methods of a resource, by name."""
    return {each: method for each, method in vars(kind).items() if isinstance(method, Method)}


def _at(vendor: Vendor, place: str) -> Callable[[], click.Command]:
    module, _, name = place.partition(":")
    return lambda: getattr(import_module(f"causerie.{vendor.name}.{module}"), name)


def _resource(vendor: Vendor, name: str, kind: type[Resource[Any]]) -> Group:
    entries = {
        spelled(each): Entry(sentence(method), partial(command, vendor, name, each, method))
        for each, method in methods(kind).items()
    }
    return Group(spelled(name), entries, help=description(kind, {}))
