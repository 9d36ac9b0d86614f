"""``causerie mcp``: an MCP server over standard input and output."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from .._errors import ArgumentError
from .._vendor import Vendor, vendors
from ..mcp._documents import known
from ..mcp._server import all_tools, serve
from ..mcp._tools import MOST
from ._command import Failure
from ._text import one_line


class _Names(click.ParamType[list[str]]):
    """A parameter that is a list of operations, separated by commas."""

    name = "names"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> list[str]:  # noqa: ARG002
        """Return the names."""
        return [each.strip() for each in value.split(",") if each.strip()]


@click.command
@click.argument("vendor", nargs=-1, type=click.Choice(list(vendors())))
@click.option(
    "--write",
    metavar="NAME,...",
    type=_Names(),
    multiple=True,
    help="Further operations to allow, which may write, be billed or reach people.",
)
@click.option(
    "--folder",
    type=click.Path(exists=True, file_okay=False, resolve_path=True, path_type=Path),
    default=".",
    help="The folder for exports; the current folder by default.",
)
def mcp(vendor: tuple[str, ...], write: tuple[list[str], ...], folder: Path) -> None:
    """Let an AI read conversations, through a client of the Model Context Protocol that starts this command.

    It serves each VENDOR, or all vendors with a credential in the environment. Its tools only use operations that
    read, are free and reach no people. Allow other operations by name, or by VENDOR.NAME if several vendors have the
    same name. causerie spec show VENDOR lists the names, the costs and the people reached.
    """
    chosen = _chosen(vendor)
    named = _named(chosen, [name for names in write for name in names])
    clients = {each.name: _client(each) for each in chosen}
    tools = all_tools(clients, named, folder)
    if len(tools) > MOST:
        raise click.UsageError(
            f"an AI chooses badly among {len(tools)} tools: name fewer vendors or operations, for {MOST} at most."
        )
    asyncio.run(serve(clients, tools, [os.environ[each.credential] for each in chosen]))


def _chosen(names: Sequence[str]) -> list[Vendor]:
    """Return the vendors to serve. Raises ``Failure`` if a credential is missing."""
    known_vendors = vendors()
    chosen = [known_vendors[each] for each in dict.fromkeys(names)]
    missing = [each.credential for each in chosen if not os.environ.get(each.credential)]
    if missing:
        raise Failure(f"no credential: set {' and '.join(missing)}", 3)
    found = chosen or [each for each in known_vendors.values() if os.environ.get(each.credential)]
    if not found:
        raise Failure(f"no credential: set {' or '.join(each.credential for each in known_vendors.values())}", 3)
    return found


def _named(chosen: Sequence[Vendor], names: Sequence[str]) -> dict[str, list[str]]:
    """Return the operations that the user named, by vendor. Raises ``UsageError`` for an ambiguous or unknown name."""
    named: dict[str, list[str]] = {each.name: [] for each in chosen}
    for name in names:
        prefix, _, operation = name.rpartition(".")
        owners = [each for each in named if prefix in ("", each) and operation in known(each)]
        if not owners:
            there = ", ".join(sorted({each for vendor in named for each in known(vendor)}))
            raise click.UsageError(f"--write: {name!r} is no operation of {' or '.join(named)}; there are {there}.")
        if len(owners) > 1:
            full = " or ".join(f"{each}.{operation}" for each in owners)
            raise click.UsageError(f"--write: {name!r} is an operation of several vendors; give {full}.")
        named[owners[0]].append(operation)
    return named


def _client(vendor: Vendor) -> Any:
    try:
        return getattr(import_module(f"causerie.{vendor.name}"), f"Async{vendor.client_name}")()
    except ArgumentError as error:
        raise Failure(one_line(f"{vendor.title}: {error}"), 2) from None
