"""The subcommands of the command ``causerie``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module

import click

from .._vendor import Vendor, vendors
from ._command import Entry, Failure, Group

_Passed = Callable[[click.Context, tuple[str, ...]], None]


def _passing(name: str, command: _Passed) -> click.Command:
    """Return a command that passes all its arguments, even --help, on to another command line."""
    arguments = click.Argument(["arguments"], nargs=-1, type=click.UNPROCESSED)
    return click.Command(
        name,
        params=[arguments],
        callback=click.pass_context(command),
        add_help_option=False,
        context_settings={"ignore_unknown_options": True},
    )


def _mock(context: click.Context, arguments: tuple[str, ...]) -> None:
    try:
        from causerie_mock.__main__ import main  # noqa: PLC0415 - needs the extra mock
    except ImportError as error:
        raise Failure(str(error)) from None
    context.exit(main(arguments, prog="causerie mock"))


def _check(context: click.Context, arguments: tuple[str, ...]) -> None:
    with _extra("check", "contract"):
        from causerie_contract._check import check  # noqa: PLC0415 - needs the extra contract
    context.exit(check(arguments, prog="causerie check"))


def _spec(context: click.Context, arguments: tuple[str, ...]) -> None:
    with _extra("spec", "contract"):
        from causerie_contract.__main__ import main  # noqa: PLC0415 - needs the extra contract
    context.exit(main(arguments, prog="causerie spec"))


@contextmanager
def _extra(command: str, extra: str) -> Iterator[None]:
    try:
        yield
    except ModuleNotFoundError as error:
        package = str(error.name).partition(".")[0]
        raise Failure(
            f'causerie {command} needs {package}: in a checkout of Causerie, pip install ".[{extra}]"'
        ) from None


def _mcp() -> click.Command:
    with _extra("mcp", "mcp"):
        from ._mcp import mcp  # noqa: PLC0415 - needs the extra mcp
    return mcp


def _of(module: str, name: str) -> Callable[[], click.Command]:
    """Return a function that imports a command on first use."""
    return lambda: getattr(import_module(f"causerie.cli.{module}"), name)


def _commands_of(vendor: Vendor) -> Callable[[], click.Command]:
    return lambda: import_module("causerie.cli._vendors").group(vendor)


def _listed(*words: str) -> str:
    """Return words as a list in a sentence."""
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


causerie = click.version_option(package_name="causerie", message="%(prog)s %(version)s")(
    Group(
        "causerie",
        {
            **{name: Entry(vendor.summary, _commands_of(vendor)) for name, vendor in vendors().items()},
            "export": Entry("Write every conversation of an agent to a file.", _of("_export", "group")),
            "mcp": Entry("Let an AI read conversations: an MCP server over stdio.", _mcp),
            "mock": Entry("Serve mock vendors on a port of this machine.", lambda: _passing("mock", _mock)),
            "check": Entry("Check a server against a vendor's document.", lambda: _passing("check", _check)),
            "spec": Entry(
                "Show documents; compare them with others, and with traffic.",
                lambda: _passing("spec", _spec),
            ),
            "completion": Entry("Print a shell's completion script.", _of("_completion", "completion")),
        },
        context_settings={"help_option_names": ["-h", "--help"]},
        help=f"""The conversation APIs of {_listed(*(vendor.title for vendor in vendors().values()))}.

        A vendor's operations are commands: causerie VENDOR RESOURCE OPERATION. Credentials come from
        {_listed(*(vendor.credential for vendor in vendors().values()))}, or a prompt, never from an argument.
        """,
        epilog="""\b
        Exit codes:
          0    done
          1    refused by the vendor, or failed otherwise
          2    the command is invalid; nothing was sent
          3    credential missing, wrong, or without permission
          4    not found
          5    rate limited
          6    no connection, or no answer in time
          7    the vendor failed (status 5xx)
          130  interrupted
          141  the reader of a pipe closed it
        """,
    )
)
