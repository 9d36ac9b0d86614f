"""A call, written once: a plan yields requests and receives responses, and a driver carries it out, blocking or
awaiting.

The idea is that of ``httpx.Auth.auth_flow``. Resource methods return plans; ``operation`` turns such a method into one
that returns the result in a blocking client and an awaitable of it in an async one, and says so to type checkers.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Generator
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, Generic, ParamSpec, Protocol, TypeVar

from palaver_api.model import DecodeError
from palaver_api.request import Request
from palaver_api.unset import UNSET

from ._errors import APIResponseValidationError, ErrorBody, PalaverError, status_error
from ._response import Response

if TYPE_CHECKING:
    from typing import overload

P = ParamSpec("P")
T = TypeVar("T")
R = TypeVar("R")

Plan = Generator[Request[Any, Any], Response, T]
ReadError = Callable[[Any], ErrorBody]


class Wire(Protocol):
    """Sends one request. Raises ``APIConnectionError``."""

    def send(self, request: Request[Any, Any], /) -> Response: ...

    def close(self) -> None: ...


class AsyncWire(Protocol):
    """``Wire``, without blocking."""

    async def send(self, request: Request[Any, Any], /) -> Response: ...

    async def close(self) -> None: ...


class Blocking:
    """Carries a plan out in the calling thread."""

    def __init__(self, wire: Wire, read_error: ReadError) -> None:
        self.wire = wire
        self.read_error = read_error

    def run(self, plan: Plan[T]) -> T:
        try:
            request = next(plan)
            while True:
                try:
                    response = self.wire.send(request)
                except PalaverError as error:
                    request = plan.throw(error)
                else:
                    request = plan.send(response)
        except StopIteration as stop:
            return stop.value  # type: ignore[no-any-return]


class Awaiting:
    """Carries a plan out in the running event loop."""

    def __init__(self, wire: AsyncWire, read_error: ReadError) -> None:
        self.wire = wire
        self.read_error = read_error

    async def run(self, plan: Plan[T]) -> T:
        try:
            request = next(plan)
            while True:
                try:
                    response = await self.wire.send(request)
                except PalaverError as error:
                    request = plan.throw(error)
                else:
                    request = plan.send(response)
        except StopIteration as stop:
            return stop.value  # type: ignore[no-any-return]


Driver = TypeVar("Driver", Blocking, Awaiting)


class Resource(Generic[Driver]):
    """What a client offers under one name, such as ``client.conversations``."""

    _driver: Driver

    def __init__(self, driver: Driver) -> None:
        self._driver = driver

    def _send(self, request: Request[T, Any]) -> Plan[T]:
        """What the answer decodes to."""
        return self._read(request, lambda value: value)

    def _read(self, request: Request[T, Any], part: Callable[[T], R]) -> Plan[R]:
        """A part of what the answer decodes to."""
        response = yield request
        if not response.is_success:
            raise status_error(response, self._driver.read_error(response.body))
        # A 200 where the document says 201 is a success all the same.
        success = min(status for status in request.decoders if status < 300)
        try:
            value = part(request.decoders.get(response.status_code, request.decoders[success])(response.content))
        except DecodeError as error:
            raise APIResponseValidationError(response, str(error)) from None
        if value is UNSET:
            raise APIResponseValidationError(response, "what it should hold is not there")
        return value


if TYPE_CHECKING:

    class operation(Generic[P, T]):  # noqa: N801 - stands for the function below
        """Makes a method that returns a plan into one that carries it out."""

        def __init__(self, plan: Callable[Concatenate[Any, P], Plan[T]]) -> None: ...

        @overload
        def __get__(self, resource: Resource[Blocking], owner: Any) -> Callable[P, T]: ...
        @overload
        def __get__(self, resource: Resource[Awaiting], owner: Any) -> Callable[P, Coroutine[Any, Any, T]]: ...
        def __get__(self, resource: Any, owner: Any) -> Any: ...

else:

    def operation(plan):
        """Makes a method that returns a plan into one that carries it out."""
        result = plan.__annotations__["return"].removeprefix("Plan[").removesuffix("]")
        plan.__annotations__["return"] = result  # what ``help()`` shows is what the caller gets

        @wraps(plan)
        def call(resource, *args, **kwargs):
            return resource._driver.run(plan(resource, *args, **kwargs))

        return call
