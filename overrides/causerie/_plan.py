"""A call, written once: a plan yields what is to be done, and a driver does it, blocking or awaiting.

The idea is that of ``httpx.Auth.auth_flow``.
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

    The plan gets the ``Response``, without the file, or an ``APIConnectionError``, or the disk's ``OSError``.

    Of the ``options``, nothing but ``headers`` is sent.
    """

    request: Request[Any, Any]
    """What logs and hooks see in place of the URL, which is a credential."""
    options: Options
    timeout: float
    url: Secret
    file: Path


class Wait(NamedTuple):
    """A step: go on after so many seconds."""

    seconds: float
    everyone: bool = False
    """Whether the vendor asked for it: calls that are made together then wait together."""


class Limited(NamedTuple):
    """A step: the vendor asked for a wait, and this plan ends instead. Calls that are made together take note."""

    failure: APIStatusError


class Together(NamedTuple):
    """A step: carry these plans out side by side. The plan gets an ``Outcome`` for each, in their order."""

    plans: Sequence[Plan[Any]]
    concurrency: int


class Aside(NamedTuple):
    """A step: do this, which takes its time without sending anything; an event loop goes on meanwhile.

    The plan gets what it returns, or raises.
    """

    work: Callable[[], Any]


class Through(NamedTuple):
    """A step: carry out this plan with the connections of another client. The plan gets what it returns, or raises."""

    driver: Any
    plan: Plan[Any]


Step = Send | Transfer | Wait | Limited | Together | Aside | Through
Plan = Generator[Step, Any, T]


class Call:
    """A call of a plan, with arguments that do not show: a frame that has it is one of every traceback."""

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
