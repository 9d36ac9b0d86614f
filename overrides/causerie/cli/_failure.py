"""The messages and exit codes of a command that fails."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import click

from .._errors import (
    APIConnectionError,
    APIStatusError,
    ArgumentError,
    AuthenticationError,
    CauserieError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
    ReplyTimeoutError,
    ServerError,
)
from .._vendor import Vendor
from ..export import AgentsError
from ._command import Failure, spelled
from ._text import one_line

CODES: dict[int, tuple[type[CauserieError], ...]] = {
    3: (AuthenticationError, PermissionDeniedError),
    4: (NotFoundError,),
    5: (RateLimitError,),
    6: (APIConnectionError, ReplyTimeoutError),
    7: (ServerError,),
}
"""The exit codes of errors; all others have 1. The help of ``causerie`` lists them."""


def failure(error: CauserieError, vendor: Vendor) -> Failure:
    """Return the failure that ends a command after an error of the SDK."""
    cause = error.__cause__ if isinstance(error, AgentsError) else error
    code = next((code for code, classes in CODES.items() if isinstance(cause, classes)), 1)
    sentence = str(error)
    if isinstance(error, AuthenticationError):
        sentence = f"{APIStatusError.__str__(error)}; check {vendor.credential}"
    notes = [note.removesuffix(".") for note in getattr(error, "__notes__", ())]
    return Failure(one_line(_CALL.sub(partial(_command, vendor.name), ". ".join([sentence, *notes]))), code)


# The call in the SDK's message that continues waiting for an answer, with the vendor's ids.
_CALL = re.compile(r"([a-z_]+)\.wait\(('[^'\\]*'(?:, '[^'\\]*')?)\)")


def _command(vendor: str, call: re.Match[str]) -> str:
    ids = re.findall("'([^']*)'", call[2])
    return f"causerie {vendor} {spelled(call[1])} wait {shlex.join(ids)}"


@contextmanager
def as_failures(context: click.Context, credential: str, vendor: Vendor) -> Iterator[None]:
    """Raise errors of the SDK's argument checks as a ``Failure``.

    ``credential`` is the argument that the vendor's environment variable sets.
    """
    try:
        yield
    except ArgumentError as error:
        parameter = next((each for each in context.command.params if each.name == error.argument), None)
        if error.argument == credential:
            raise Failure(one_line(f"{vendor.credential}: {error.problem}"), 3) from None
        if parameter is None:
            raise click.UsageError(one_line(f"{error}."), context) from None
        raise click.BadParameter(one_line(f"{error.problem}."), context, parameter) from None
    except CauserieError as error:
        raise failure(error, vendor) from None
