"""Plans: a call is written once, as a generator that yields steps, and a driver carries them out, blocking or awaiting.

The idea comes from ``httpx.Auth.auth_flow``.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from causerie_api.request import Request

from ._arguments import refused
from ._errors import APIStatusError
from ._options import Options
from ._secret import Secret, bare

T = TypeVar("T")


class Send(NamedTuple):
    """A step: send this request. The plan gets the ``Response``, or an ``APIConnectionError``."""

    request: Request[Any, Any]
    options: Options
    timeout: float
    """Seconds, for each of connecting, sending, reading and waiting for a connection."""


class Transfer(NamedTuple):
    """A step: move a file to or from a signed URL, by ``PUT`` or ``GET``.

    The plan gets the ``Response`` without the file, or an ``APIConnectionError``, or an ``OSError`` of the disk. Only
    the ``headers`` of the ``options`` are sent.
    """

    request: Request[Any, Any]
    """The text that logs and hooks see instead of the URL, which is a credential."""
    options: Options
    timeout: float
    url: Secret
    file: Path


class Wait(NamedTuple):
    """A step: wait for this many seconds."""

    seconds: float
    everyone: bool = False
    """Whether the vendor asked for the wait. If so, calls that run side by side all wait."""


class Limited(NamedTuple):
    """A step: the vendor asked for a wait, and this plan ends instead. Calls that run side by side are informed."""

    failure: APIStatusError


class Together(NamedTuple):
    """A step: carry out these plans side by side. The plan gets an ``Outcome`` for each of them, in order."""

    plans: Sequence[Plan[Any]]
    concurrency: int


class Aside(NamedTuple):
    """A step: call a function that takes time but sends nothing, without blocking an event loop.

    The plan gets its return value or its exception.
    """

    work: Callable[[], Any]


class Through(NamedTuple):
    """A step: carry out this plan with the connections of another client.

    The plan gets its return value or its exception.
    """

    driver: Any
    plan: Plan[Any]


Step = Send | Transfer | Wait | Limited | Together | Aside | Through
Plan = Generator[Step, Any, T]


class Call:
    """A call of a plan whose repr hides the arguments, because every traceback has a frame with it."""

    def __init__(self, plan: Callable[..., Plan[T]], resource: Any, args: Any, kwargs: Any) -> None:
        self._make = partial(plan, resource, *args, **kwargs)

    def __call__(self) -> Plan[Any]:
        try:
            return self._make()
        except Exception as error:  # noqa: BLE001 - raised again, with the name of the argument
            failure = bare(refused(error, self._make.func, self._make.args, self._make.keywords))
        try:
            raise failure
        finally:
            del failure
