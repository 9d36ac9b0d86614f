"""Text that does not show, and functions whose frames do not."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Secret(str):
    """A credential: a str for whoever sends it, and stars for whoever prints the variables of a traceback."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "'***'"


class SecretBytes(bytes):
    """A body with a credential in it."""

    def __repr__(self) -> str:
        return "b'***'"


def without_frames(function: Callable[P, T]) -> Callable[P, T]:
    """Return a function whose errors come without the frames below it.

    Error reporters print the variables of frames, and there an argument is a plain str before it is a ``Secret``.
    """

    @wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return function(*args, **kwargs)
        except Exception as error:  # noqa: BLE001 - raised again
            failure = error.with_traceback(None)
        failure.__cause__ = failure.__context__ = None
        args, kwargs = (), {}  # type: ignore[assignment]  # this frame is one of the traceback
        raise failure

    return call
