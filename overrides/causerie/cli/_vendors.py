"""The commands of each vendor, by resource."""

from __future__ import annotations

import inspect
from functools import partial
from typing import Any, get_origin, get_type_hints

import click

from .._resource import Resource
from ._command import Entry, Group
from ._connection import CONVOCORE, RAIA, ZILD, Vendor
from ._docstring import description, sentence
from ._operation import command


def _chat() -> click.Command:
    from ._chat import chat  # noqa: PLC0415 - rich, which other commands need later if at all

    return chat


_VENDORS = {each.name: each for each in (CONVOCORE, RAIA, ZILD)}
_MORE = {"raia": {"chat": Entry("Talk with the agent in a conversation.", _chat)}}


def group(name: str) -> Group:
    """The commands of one vendor: a group for each resource of its client."""
    vendor = _VENDORS[name]
    resources = {
        each: kind
        for each, hint in get_type_hints(vendor.client).items()
        if isinstance(kind := get_origin(hint), type) and issubclass(kind, Resource)
    }
    entries = {
        _spelled(each): Entry(sentence(kind), partial(_resource, vendor, each, kind))
        for each, kind in resources.items()
    }
    return Group(name, {**entries, **_MORE.get(name, {})}, help=description(inspect.getmodule(vendor.client), {}))


def _resource(vendor: Vendor, name: str, kind: type[Resource[Any]]) -> Group:
    methods = {each: method for each, method in vars(kind).items() if inspect.isfunction(method) and each[0] != "_"}
    entries = {
        _spelled(each): Entry(sentence(method), partial(command, vendor, name, each, method))
        for each, method in methods.items()
    }
    return Group(_spelled(name), entries, help=description(kind, {}))


def _spelled(name: str) -> str:
    return name.replace("_", "-")
