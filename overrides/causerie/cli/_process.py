"""The process of a command: its standard streams and its exit code."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from ._command import Failure
from ._text import one_line

# The exit code when the reader of a pipe closed it: the one that a shell reports for a program ended by SIGPIPE.
_ENOUGH = 141


def run(command: click.Command, arguments: Sequence[str] | None) -> int | str | None:
    """Run the command and return its exit code. Errors go to standard error."""
    # A stream that was closed when the process began is None; what is written there is lost.
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - for the process
    # No byte of a question and no character of an answer is a reason to break off.
    for stream, errors in ((sys.stdin, "surrogateescape"), (sys.stdout, "backslashreplace")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=errors)
    try:
        code = _run(command, arguments)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader of what is printed has enough
        code = _ENOUGH
    except OSError as error:
        where = f"{os.fsdecode(error.filename)}: " if error.filename else ""
        click.echo(f"Error: {one_line(f'{where}{error.strerror or error}')}", err=True)
        code = 1
    try:
        sys.stdout.flush()
    except OSError:  # said above; the interpreter would try once more
        with contextlib.suppress(OSError):
            sys.stdout.close()
    return code


def _run(command: click.Command, arguments: Sequence[str] | None) -> int | str | None:
    stdout = sys.stdout
    try:
        code: int = command.main(arguments, prog_name="causerie", standalone_mode=False) or 0
    except Failure as failure:
        click.echo(f"Error: {failure.sentence}", err=True)
        return failure.code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return 130
    except SystemExit as ended:  # argparse's, after a command line of the mock's or the contract suite's
        # Or click's, which replaces a stream that has no reader, so that writing to it no longer fails.
        return ended.code if sys.stdout is stdout else _ENOUGH
    return code
