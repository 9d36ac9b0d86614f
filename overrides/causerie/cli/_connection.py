"""Connecting a command to a vendor."""

from __future__ import annotations

import inspect
import logging
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, nullcontext
from importlib import import_module
from typing import Any

import attrs
import click
from click.core import ParameterSource

from .._client import SyncClient
from .._resource import logger
from .._retry import Retry
from .._vendor import Vendor
from ._command import Failure
from ._docstring import option
from ._failure import as_failures
from ._hints import hints
from ._parameters import Seconds, Text, accepted


def client_of(vendor: Vendor) -> type[SyncClient]:
    """Return the class of a vendor's blocking client."""
    found: type[SyncClient] = getattr(import_module(f"causerie.{vendor.name}"), vendor.client_name)
    return found


def settings(vendor: Vendor) -> Iterator[click.Option]:
    """Yield the options for the connection to a vendor: those of its client's constructor, and the common ones."""
    client = client_of(vendor)
    types = hints(client.__init__)
    for name, parameter in inspect.signature(client).parameters.items():
        if parameter.kind is parameter.KEYWORD_ONLY:
            yield click.Option(
                [option(name), name],
                type=accepted(types[name]).type,
                default=parameter.default,
                envvar=vendor.variable(name),
                show_envvar=True,
                help=f"Which of {vendor.client_name}'s hosts to use.",
            )
    yield click.Option(
        ["--base-url"],
        metavar="URL",
        type=Text(),
        envvar=vendor.variable("base_url"),
        show_envvar=True,
        required=not vendor.has_host,
        help="The server to use instead of the vendor's." if vendor.has_host else "The server to use.",
    )
    sentence = "How long to wait for a connection, and for data."
    yield click.Option(["--timeout"], metavar="SECONDS", type=Seconds(), default=30, show_default=True, help=sentence)
    sentence = "How often to repeat a request that failed and may be repeated."
    yield click.Option(
        ["--retries"], metavar="N", type=click.IntRange(min=0), default=2, show_default=True, help=sentence
    )
    sentence = "Report each request and its result on standard error, without ids or secrets."
    yield click.Option(["-v", "--verbose"], is_flag=True, help=sentence)


@contextmanager
def connected(vendor: Vendor, context: click.Context, given: Mapping[str, Any]) -> Iterator[Any]:
    """Yield a client with the ``given`` settings. Its errors become a sentence and an exit code."""
    with all_connected(vendor, context, given, {"": vendor.credential}) as clients:
        yield clients[""]


@contextmanager
def all_connected(
    vendor: Vendor, context: click.Context, given: Mapping[str, Any], variables: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    """Yield a client for each of the ``variables`` that hold a credential, under the same names."""
    credentials = {name: os.environ.get(variable) or _prompt(variable) for name, variable in variables.items()}
    # The client reads environment variables itself, because they have a lower rank than arguments.
    options = {
        name: value
        for name, value in given.items()
        if name not in ("retries", "verbose") and context.get_parameter_source(name) is not ParameterSource.ENVIRONMENT
    }
    client: Any = client_of(vendor)
    argument = next(iter(inspect.signature(client).parameters))
    with (
        _narrated() if given["verbose"] else nullcontext(),
        as_failures(context, argument, vendor),
        ExitStack() as stack,
    ):
        opened = {}
        for name, variable in variables.items():
            with as_failures(context, argument, attrs.evolve(vendor, credential=variable)):
                made = client(credentials[name], retry=Retry(attempts=given["retries"] + 1), **options)
            opened[name] = stack.enter_context(made)
        yield opened


class _Narrator(logging.Handler):
    """Shows what the SDK logs, above a progress bar if there is one."""

    def emit(self, record: logging.LogRecord) -> None:
        """Print the record's sentence on standard error."""
        click.echo(self.format(record), err=True)


@contextmanager
def _narrated() -> Iterator[None]:
    narrator, level = _Narrator(), logger.level
    logger.addHandler(narrator)
    logger.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        logger.removeHandler(narrator)
        logger.setLevel(level)


def _prompt(variable: str) -> str:
    """Return the credential, typed without being shown: an argument would be visible in the list of processes."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise Failure(f"no credential: set {variable}, or type it at a terminal", 3)
    credential: str = click.prompt(f"{variable} is not set; type it (hidden)", hide_input=True, err=True)
    return credential
