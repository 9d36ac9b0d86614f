"""The steps of every call: send the request, check the answer, retry, decode."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

import attrs

from causerie_api.annotations import evaluable
from causerie_api.jsonvalue import shortened
from causerie_api.model import DecodeError, Model
from causerie_api.request import Request
from causerie_api.unset import Unset

from . import _clock
from ._errors import APIConnectionError, APIResponseValidationError, APIStatusError, ArgumentError, status_error
from ._pages import Listed
from ._plan import Limited, Plan, Send, Together, Transfer, Wait
from ._response import Response

if TYPE_CHECKING:
    from ._drivers import Awaiting, Blocking
    from ._options import Options
    from ._outcome import Outcome

T = TypeVar("T")
R = TypeVar("R")
Driver = TypeVar("Driver", "Blocking", "Awaiting")

logger: Final = logging.getLogger("causerie")


class Resource(Generic[Driver]):
    """The operations that a client has under one name, such as ``client.conversations``."""

    _driver: Driver

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        evaluable(cls)

    def __init__(self, driver: Driver) -> None:
        self._driver = driver

    def _driver_with(self, **changes: Any) -> Driver:
        """Return the driver with some other options."""
        return self._driver.with_options(attrs.evolve(self._driver.options, **changes))

    def _send(self, request: Request[T, Any]) -> Plan[T]:
        """Send a request and return the decoded answer."""
        _, value = yield from self._answered(request, lambda value: value, None)
        return value

    def _read(
        self, request: Request[T, Any], part: Callable[[T], R | Unset | None], deadline: float | None = None
    ) -> Plan[R]:
        """Send a request and return a part of the decoded answer, which must be there."""
        response, found = yield from self._answered(request, part, deadline)
        if found is None or isinstance(found, Unset):
            raise APIResponseValidationError(response, "what it should hold is not there")
        return found

    def _page(self, request: Request[R, Any], listed: Callable[[R], Listed[T, R]]) -> Plan[Listed[T, R]]:
        """Send a request and return one page of a list."""
        response, page = yield from self._answered(request, listed, None)
        return attrs.evolve(page, response=response)

    def _do(self, request: Request[T, Any], check: Callable[[T], object]) -> Plan[None]:
        """Send a request and return nothing. A successful answer may have a body, which must then pass the check."""
        yield from self._told(request, check)

    def _told(self, request: Request[T, Any], part: Callable[[T], R]) -> Plan[R | None]:
        """Send a request and return a part of the decoded answer; None for a success without a body."""
        options = self._driver.options
        response = yield from answer(Send(request, options, options.timeout))
        return _part(options, request, response, part) if response.content else None

    def _answered(
        self, request: Request[T, Any], part: Callable[[T], R], deadline: float | None
    ) -> Plan[tuple[Response, R]]:
        options = self._driver.options
        response = yield from answer(Send(request, options, options.timeout), deadline)
        return response, _part(options, request, response, part)

    def _many(self, plans: Iterable[Plan[T]], concurrency: int) -> Plan[list[Outcome[T]]]:
        """Carry out many plans, and return an ``Outcome`` for each of them, in order."""
        if concurrency.__class__ is not int or concurrency < 1:
            raise ArgumentError("concurrency", f"{shortened(concurrency)} is not a number of calls: give 1 or more")
        return _together(Together([*plans], concurrency))


def _together(step: Together) -> Plan[list[Outcome[Any]]]:
    return (yield step)  # type: ignore[no-any-return]


def answer(step: Send | Transfer, deadline: float | None = None) -> Plan[Response]:
    """Return the answer if it is a success, and raise the error of the last attempt otherwise.

    ``deadline`` is a time of ``_clock.now()``, after which neither a wait nor a request goes on.
    """
    request, options = step.request, step.options
    attempt = 0
    while True:
        attempt += 1
        if deadline is not None:
            step = step._replace(timeout=max(0.001, min(options.timeout, deadline - _clock.now())))
        if options.on_request is not None:
            options.on_request(request)
        failure: APIConnectionError | APIStatusError
        started = perf_counter()
        try:
            response: Response = yield step
        except APIConnectionError as error:
            _log(request, attempt, started, type(error).__name__, None)
            failure = error
        else:
            _log(request, attempt, started, response.status_code, response.request_id)
            if options.on_response is not None:
                options.on_response(response)
            if response.is_success:
                return response
            failure = status_error(response, options.read_error(response.body), options.meanings)
        seconds = options.retry.wait(request.method, failure, attempt)
        asked = failure if isinstance(failure, APIStatusError) and failure.retry_after is not None else None
        if seconds is None or (deadline is not None and _clock.now() + seconds > deadline):
            if asked is not None:
                yield Limited(asked)
            raise failure
        yield Wait(seconds, everyone=asked is not None)


def _log(request: Request[Any, Any], attempt: int, started: float, outcome: object, request_id: str | None) -> None:
    # The template, not the path, because ids are personal data. Never bodies or headers.
    if logger.isEnabledFor(logging.DEBUG):
        logger.debug(
            "%s %s: %s in %.1f ms, attempt %d, request id %s",
            request.method,
            request.template,
            outcome,
            (perf_counter() - started) * 1000,
            attempt,
            request_id,
        )


def _part(options: Options, request: Request[T, Any], response: Response, part: Callable[[T], R]) -> R:
    try:
        # Reading a part decodes it: the answer may be wrong there.
        return part(decode(options, request, response))
    except DecodeError as error:
        raise APIResponseValidationError(response, str(error)) from None
    except RecursionError:
        raise APIResponseValidationError(response, "it is nested too deep to be read") from None


def decode(options: Options, request: Request[T, Any], response: Response) -> T:
    """Decode a successful answer. Raises ``DecodeError``."""
    # A 200 where the document says 201 is a success all the same.
    status = response.status_code if response.status_code in request.decoders else min(request.decoders)
    value = request.decoder(status, response.headers.get("content-type"))(response.content)
    if options.validate:
        for each in value if isinstance(value, list) else (value,):
            if isinstance(each, Model):
                each.validate()
    return value  # type: ignore[no-any-return]
