"""A call, written once: a plan yields what is to be done, and a driver does it, blocking or awaiting.

The idea is that of ``httpx.Auth.auth_flow``. Resource methods return plans; ``operation`` turns such a method into one
that returns the result in a blocking client and an awaitable of it in an async one, and says so to type checkers.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Generator, Sequence
from functools import partial, wraps
from inspect import signature
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, Generic, NamedTuple, ParamSpec, TypeVar

from causerie_api.annotations import evaluable
from causerie_api.request import Request

from ._arguments import refused
from ._errors import APIStatusError, ArgumentError
from ._options import Options
from ._pages import A, Listed, Page, without_repeats
from ._secret import Secret, bare

if TYPE_CHECKING:
    from typing import overload

    from ._drivers import Awaiting, Blocking
    from ._pages import AsyncListing
    from ._resource import Resource

P = ParamSpec("P")
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


if TYPE_CHECKING:

    class operation(Generic[P, T]):  # noqa: N801 - stands for the function below
        """Make a method that returns a plan into one that carries it out."""

        def __init__(self, plan: Callable[Concatenate[Any, P], Plan[T]]) -> None: ...

        @overload
        def __get__(self, resource: Resource[Blocking], owner: Any) -> Callable[P, T]: ...
        @overload
        def __get__(self, resource: Resource[Awaiting], owner: Any) -> Callable[P, Coroutine[Any, Any, T]]: ...
        def __get__(self, resource: Any, owner: Any) -> Any: ...

    class paged(Generic[P, T, A]):  # noqa: N801
        """Make a method that plans one page into one whose result goes through every page."""

        def __init__(self, plan: Callable[Concatenate[Any, P], Plan[Listed[T, A]]]) -> None: ...

        @overload
        def __get__(self, resource: Resource[Blocking], owner: Any) -> Callable[P, Page[T, A]]: ...
        @overload
        def __get__(self, resource: Resource[Awaiting], owner: Any) -> Callable[P, AsyncListing[T, A]]: ...
        def __get__(self, resource: Any, owner: Any) -> Any: ...

else:

    def operation(plan):
        """Make a method that returns a plan into one that carries it out."""
        result = plan.__annotations__["return"].removeprefix("Plan[").removesuffix("]")
        plan.__annotations__["return"] = result  # what ``help()`` shows is what the caller gets
        plan.__signature__ = signature(plan)  # for ``help()``, which would show the evaluated types
        evaluable(plan)

        @wraps(plan)
        def call(resource, *args, **kwargs):
            planned = Call(plan, resource, args, kwargs)
            args, kwargs = (), {}
            return resource._driver.run(planned())

        return call

    def paged(plan):
        """Make a method that plans one page into one whose result goes through every page."""
        plan.__annotations__["return"] = plan.__annotations__["return"].replace("Plan[Listed[", "Page[")[:-1]

        plan.__signature__ = signature(plan)  # for ``help()``, which would show the evaluated types
        evaluable(plan, Page=Page)

        @wraps(plan)
        def planned(resource, *args, **kwargs):
            return without_repeats(plan(resource, *args, **kwargs))

        @wraps(planned)
        def call(resource, *args, **kwargs):
            first = Call(planned, resource, args, kwargs)
            args, kwargs = (), {}
            return resource._driver.listing(first)

        return call


def overloaded(plan: Callable[P, Plan[Any]]) -> Callable[P, Any]:
    """``operation``, where overloads say what the result is."""
    make: Any = operation
    method: Callable[P, Any] = make(plan)
    return method


def plan_of(method: Callable[..., Any], *args: Any, **kwargs: Any) -> Plan[Any]:
    """Return the plan behind a method of a client's resource, not carried out."""
    plan, resource = getattr(method, "__wrapped__", None), getattr(method, "__self__", None)
    if plan is None or not hasattr(resource, "_driver"):
        raise ArgumentError("method", f"{method!r} is not a method such as client.conversations.get")
    return Call(plan, resource, args, kwargs)()
