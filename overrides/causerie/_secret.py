"""Strings that do not show their text, and functions whose tracebacks hold no secrets.

Error reporters print the local variables of frames. There, an argument is a plain str before it becomes a ``Secret``,
and the frames below it belong to libraries whose requests hold the headers.
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
    """A credential: a str that is sent as it is, and shown as stars by tools that print variables."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "'***'"


class SecretBytes(bytes):
    """A body that contains a credential."""

    def __repr__(self) -> str:
        return "b'***'"


def without_frames(function: F) -> F:
    """Return a function whose exceptions have neither its own frame nor those below it, as its arguments are secret."""

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
    """Return a function, possibly async, whose exceptions have frames with no local variables.

    For an interrupt or a cancellation, which is raised inside the libraries and passes through, the frames are left
    out.
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
    """Clear the variables of the frames of the error, and of its causes since ``before``."""
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
    """Return the error without its traceback and without its cause and context."""
    error.__cause__ = error.__context__ = None
    return error.with_traceback(None)
