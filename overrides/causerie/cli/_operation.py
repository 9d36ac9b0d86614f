"""A method of the SDK as a command, with the same parameters and description."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import click

from .._method import Method, is_reading, result_of
from .._outcome import Outcome
from .._vendor import Vendor
from ._command import Command, spelled
from ._connection import connected, settings
from ._docstring import argument, description
from ._parameters import Seconds, parameters


def command(vendor: Vendor, resource: str, name: str, method: Method[..., Any, Any]) -> Command:
    """Return the command for a method of one of the client's resources."""
    general = list(settings(vendor))
    # What is given to the client, such as its region, need not be given to the method again.
    known = {each.name for each in general}
    own = [
        each
        for each in parameters(method)
        if not (each.name in known and isinstance(each, click.Option) and each.default is None)
    ]
    names = frozenset(each.name for each in own)
    # A method that has formats of its own, such as CSV, has its answer printed as it is.
    output = [] if "format" in names else _output_options(method)
    shared = [each for each in [*output, *general] if each.name not in names]
    written = {
        str(each.name): each.opts[0] if isinstance(each, click.Option) else argument(str(each.name))
        for each in [*shared, *own]
    }
    return Command(
        spelled(name),
        own=own,
        shared=shared,
        help=description(method, written),
        callback=partial(_call, vendor, resource, name, names, result_of(method) is not None),
    )


def _output_options(method: Method[..., Any, Any]) -> Iterator[click.Option]:
    """Yield the options for the output, unless the method returns nothing."""
    if result_of(method) is None:
        return
    yield click.Option(
        ["--format"],
        type=click.Choice(["json", "table"]),
        help="How to print the answer. [default: table at a terminal, otherwise json]",
    )
    yield click.Option(["--columns"], metavar="NAMES", help="The columns of tables, such as id,user.email.")
    if method.is_paged:
        sentence = "Stop after this many items; otherwise, all pages are fetched."
        yield click.Option(["--max-items"], metavar="N", type=click.IntRange(min=1), help=sentence)
    if is_reading(method):
        sentence = "Repeat the request at this interval, and show changes."
        yield click.Option(["--watch"], metavar="SECONDS", type=Seconds(), help=sentence)


def _call(vendor: Vendor, resource: str, method: str, own: frozenset[str], answers: bool, /, **given: Any) -> None:
    from ._output import Output, default_format  # noqa: PLC0415 - rich, which help does without

    # What many values may be given for is a tuple, empty when none is.
    values = {name: [*value] if isinstance(value := given.pop(name), tuple) else value for name in own}
    arguments = {name: value for name, value in values.items() if value is not None and value != []}
    columns: str | None = given.pop("columns", None)
    output = Output(
        "raw" if "format" in own else given.pop("format", None) or default_format(),
        columns.split(",") if columns else (),
        given.pop("max_items", None),
    )
    seconds: float | None = given.pop("watch", None)
    with connected(vendor, click.get_current_context(), given) as client:
        call = partial(getattr(getattr(client, resource), method), **arguments)
        if seconds is not None:
            output.watch(call, seconds)
        value = call()
        if answers:
            output.print(value)
        for each in value if isinstance(value, list) else ():
            if isinstance(each, Outcome):
                each.unwrap()
