"""The vendors, and how a command reaches them."""

from __future__ import annotations

import inspect
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import attrs
import click
from click.core import ParameterSource

import causerie

from .._client import SyncClient
from .._retry import Retry
from ._command import Failure
from ._docstring import option
from ._failure import told
from ._hints import hints
from ._parameters import Seconds, Text, accepted


@attrs.frozen
class Vendor:
    """One vendor."""

    name: str
    client_name: str
    """The class in ``causerie``."""
    variable: str
    """The variable of the environment that holds the credential, for the SDK as well."""
    has_host: bool = True
    """Whether the vendor has one host for all; otherwise each tenant has its own."""

    @property
    def client(self) -> type[SyncClient]:
        """The class of the blocking client."""
        found: type[SyncClient] = getattr(causerie, self.client_name)
        return found

    def settings(self) -> Iterator[click.Option]:
        """The options that say how the vendor is reached: what its client's constructor has, and what all have."""
        types = hints(self.client.__init__)
        for name, parameter in inspect.signature(self.client).parameters.items():
            if parameter.kind is parameter.KEYWORD_ONLY:
                kind, default = accepted(types[name]).type, parameter.default
                sentence = f"Which of {self.client_name}'s hosts to ask."
                variable = f"{self.name.upper()}_{name.upper()}"
                yield click.Option(
                    [option(name), name],
                    type=kind,
                    default=default,
                    envvar=variable,
                    show_envvar=True,
                    help=sentence,
                )
        yield click.Option(
            ["--base-url"],
            metavar="URL",
            type=Text(),
            envvar=f"{self.name.upper()}_BASE_URL",
            show_envvar=True,
            required=not self.has_host,
            help="The server to ask, in place of the vendor's." if self.has_host else "The server to ask.",
        )
        sentence = "How long to wait for a connection, and for data."
        yield click.Option(
            ["--timeout"], metavar="SECONDS", type=Seconds(), default=30, show_default=True, help=sentence
        )
        sentence = "How often to repeat a request that failed and may be repeated."
        yield click.Option(
            ["--retries"], metavar="N", type=click.IntRange(min=0), default=2, show_default=True, help=sentence
        )

    @contextmanager
    def connected(self, context: click.Context, settings: Mapping[str, Any]) -> Iterator[Any]:
        """A client with these settings while the context lasts. What it raises becomes a sentence and an exit code."""
        credential = os.environ.get(self.variable) or self._prompt()
        retries = settings["retries"]
        # What stands in the environment the client reads itself, and gives it the rank that it has there.
        options = {
            name: value
            for name, value in settings.items()
            if name != "retries" and context.get_parameter_source(name) is not ParameterSource.ENVIRONMENT
        }
        client: Any = self.client
        argument = next(iter(inspect.signature(self.client).parameters))
        with (
            told(context, argument, self.variable),
            client(credential, retry=Retry(attempts=retries + 1), **options) as connected,
        ):
            yield connected

    def _prompt(self) -> str:
        """The credential, typed and not shown: an argument would stand in the list of processes for all to see."""
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            raise Failure(f"no credential: set {self.variable}, or type it at a terminal", 3)
        credential: str = click.prompt(f"{self.variable} is not set; type it (hidden)", hide_input=True, err=True)
        return credential


CONVOCORE = Vendor("convocore", "Convocore", "CONVOCORE_API_KEY")
RAIA = Vendor("raia", "Raia", "RAIA_AGENT_SECRET_KEY")
ZILD = Vendor("zild", "Zild", "ZILD_TOKEN", has_host=False)
