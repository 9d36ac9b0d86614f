"""Text that does not show, and functions that leave no secret in the frames of a traceback.

Error reporters print the variables of frames. There an argument is a plain str before it is a ``Secret``, and below
stand the libraries, whose requests have the headers that are sent.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from inspect import iscoroutinefunction
from traceback import clear_frames
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])
E = TypeVar("E", bound=BaseException)


class Secret(str):
    """A credential: a str for whoever sends it, and stars for whoever prints the variables of a traceback."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "'***'"


class SecretBytes(bytes):
    """A body with a credential in it."""

    def __repr__(self) -> str:
        return "b'***'"


def without_frames(function: F) -> F:
    """Return a function whose errors come without its frame and those below: its arguments are secret."""

    @wraps(function)
    def call(*args: Any, **kwargs: Any) -> Any:
        try:
            return function(*args, **kwargs)
        except BaseException as error:  # noqa: BLE001 - raised again
            failure = bare(error)
        args, kwargs = (), {}
        try:
            raise failure
        finally:
            del failure  # which would keep this frame, which would keep it

    return call  # type: ignore[return-value]


def emptied(function: F) -> F:
    """Return a function, be it awaited, whose errors come with frames that hold nothing any more.

    Of an interrupt or a cancellation, which is raised within the libraries and passes through, the frames are left out.
    """

    @wraps(function)
    def call(*args: Any, **kwargs: Any) -> Any:
        before = sys.exception()
        try:
            return function(*args, **kwargs)
        except Exception as error:
            _empty(error, before)
            raise
        except BaseException as error:  # noqa: BLE001 - raised again
            raise bare(error) from None

    @wraps(function)
    async def awaited(*args: Any, **kwargs: Any) -> Any:
        before = sys.exception()
        try:
            return await function(*args, **kwargs)
        except Exception as error:
            _empty(error, before)
            raise
        except BaseException as error:  # noqa: BLE001 - raised again
            raise bare(error) from None

    return awaited if iscoroutinefunction(function) else call  # type: ignore[return-value]


def _empty(error: BaseException, before: BaseException | None) -> None:
    """Clear the variables of the frames that the error has left, and of what it came of since ``before``."""
    waiting: list[BaseException | None] = [error]
    seen = [before]
    while waiting:
        each = waiting.pop()
        if each is None or any(each is other for other in seen):
            continue
        seen.append(each)
        clear_frames(each.__traceback__)
        waiting += [each.__cause__, each.__context__]


def bare(error: E) -> E:
    """Return the error without what it was raised in, and without what was raised before."""
    error.__cause__ = error.__context__ = None
    return error.with_traceback(None)
