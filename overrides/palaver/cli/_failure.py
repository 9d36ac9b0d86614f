"""What a command says and exits with when it fails."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import click

from .._errors import (
    APIConnectionError,
    APIStatusError,
    ArgumentError,
    AuthenticationError,
    NotFoundError,
    PalaverError,
    PermissionDeniedError,
    RateLimitError,
    ReplyTimeoutError,
    ServerError,
)
from ._command import Failure
from ._text import one_line

CODES: dict[int, tuple[type[PalaverError], ...]] = {
    3: (AuthenticationError, PermissionDeniedError),
    4: (NotFoundError,),
    5: (RateLimitError,),
    6: (APIConnectionError, ReplyTimeoutError),
    7: (ServerError,),
}
"""The exit code of an error, when it is not 1; the help of ``palaver`` says what they mean."""


def failure(error: PalaverError, variable: str) -> Failure:
    """What an error of the SDK is to whoever typed a command. ``variable`` has the credential."""
    code = next((code for code, classes in CODES.items() if isinstance(error, classes)), 1)
    sentence = str(error)
    if isinstance(error, AuthenticationError):
        sentence = f"{APIStatusError.__str__(error)}; check {variable}"
    elif isinstance(error, ReplyTimeoutError):
        ids = f"{error.conversation_id} {error.message_id}"
        sentence = f"no answer within {error.seconds:g} s; go on waiting with: palaver raia messages wait {ids}"
    return Failure(one_line(sentence), code)


@contextmanager
def told(context: click.Context, credential: str, variable: str) -> Iterator[None]:
    """Says in a sentence what the SDK or the system refuses. ``variable`` holds the argument ``credential``."""
    try:
        yield
    except ArgumentError as error:
        parameter = next((each for each in context.command.params if each.name == error.argument), None)
        if error.argument == credential:
            raise Failure(one_line(f"{variable}: {error.problem}"), 3) from None
        if parameter is None:
            raise click.UsageError(one_line(f"{error}."), context) from None
        raise click.BadParameter(one_line(f"{error.problem}."), context, parameter) from None
    except PalaverError as error:
        raise failure(error, variable) from None
    except BrokenPipeError:  # whoever reads what is printed has enough: click ends quietly
        raise
    except OSError as error:
        where = f"{os.fsdecode(error.filename)}: " if error.filename else ""
        raise Failure(one_line(f"{where}{error.strerror or error}")) from None
