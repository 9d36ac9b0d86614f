"""The parts that the clients of all vendors share: opening, closing, and views with other options."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Awaitable, Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Literal, ParamSpec, Self, TypeAlias, TypeVar

import attrs

from causerie_api.annotations import evaluable

from ._errors import ArgumentError, ErrorBody
from ._method import plan_of
from ._options import HTTPClient, Options, Settings, Transport, View, check_names
from ._plan import Call, Plan, Send, Together, Transfer
from ._resource import Driver
from ._response import Response
from ._secret import without_frames

if TYPE_CHECKING:
    from typing import Unpack

    from . import _loan
    from ._drivers import Awaiting, Blocking
    from ._vendor import Vendor
    from .export._sources import Source, Wanted

P = ParamSpec("P")
T = TypeVar("T")

# Names for type checkers; what they stand for is loaded by the first client and not by the import.
SyncDriver: TypeAlias = "Blocking"
AsyncDriver: TypeAlias = "Awaiting"
SyncHTTPClient: TypeAlias = "_loan.SyncHTTPClient"
AsyncHTTPClient: TypeAlias = "_loan.AsyncHTTPClient"
SyncTransport: TypeAlias = "_loan.SyncTransport | Literal['httpx2']"
AsyncTransport: TypeAlias = "_loan.AsyncTransport | Literal['httpx2', 'aiohttp']"


@attrs.frozen
class Raw(Generic[T]):
    """A call's return value and the HTTP answer that it was read from."""

    value: T
    http: Response

    @property
    def request_id(self) -> str | None:
        """The vendor's id for this exchange, from ``x-request-id``."""
        return self.http.request_id


@evaluable
class Client(Generic[Driver, Transport, HTTPClient]):
    """A client of one vendor, with one credential and one pool of connections.

    The options cannot change: ``with_options`` returns a client with other options.
    """

    _driver: Driver

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        evaluable(cls)

    @abstractmethod
    def _connect(self, options: Options, settings: Settings[Transport, HTTPClient]) -> Driver: ...

    @abstractmethod
    def _attach(self, driver: Driver) -> None:
        """Create the resources."""

    def _open(
        self,
        base_url: str,
        credential: dict[str, str],
        read_error: Callable[[Any], ErrorBody],
        settings: Settings[Transport, HTTPClient],
        meanings: Mapping[int, Sequence[str]] = MappingProxyType({}),
    ) -> None:
        check_names(settings, Settings.__annotations__.keys() | View.__annotations__.keys())
        view: Any = {name: value for name, value in settings.items() if name in View.__annotations__}
        options = Options(base_url=base_url, credential=credential, read_error=read_error, meanings=meanings, **view)
        self._driver = self._connect(options, settings)
        self._attach(self._driver)

    @without_frames
    def with_options(self, **changes: Unpack[View]) -> Self:
        """Return a client with other options that shares this client's connections. Closing either client closes both.

        ``timeout`` is in seconds, ``retry`` is a ``Retry``, ``max_response_bytes`` is how much of an answer is read,
        ``headers`` are added to every request, and ``validate=True`` checks every answer against the document. Raises
        ``ArgumentError``.
        """
        check_names(changes, View.__annotations__)
        view = object.__new__(type(self))
        vars(view).update(vars(self))  # also what a vendor keeps of its own, such as a region
        view._driver = self._driver.with_options(attrs.evolve(self._driver.options, **changes))
        view._attach(view._driver)
        return view

    def __repr__(self) -> str:
        # A constructor that refuses its arguments leaves a client without a driver, which tracebacks show.
        return f"{type(self).__name__}({self._driver.options!r})" if hasattr(self, "_driver") else object.__repr__(self)

    def __reduce__(self) -> str:
        raise TypeError("a client holds a credential and connections, and does not pickle; make one in each process")


class SyncClient(Client[SyncDriver, SyncTransport, SyncHTTPClient]):
    """A client whose calls block. Threads may share it, and each process has its own connections."""

    def _connect(self, options: Options, settings: Settings[SyncTransport, SyncHTTPClient]) -> Blocking:
        from ._drivers import Blocking  # noqa: PLC0415
        from ._http import SyncWire  # noqa: PLC0415

        wire = SyncWire(settings.get("transport"), settings.get("http_client"))
        wire.check_url(options.base_url)
        return Blocking(wire, options)

    def raw(self, method: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Raw[T]:
        """Call a method and return its value and the HTTP answer: ``raw(client.conversations.get, "c1")``.

        If the call had several answers, the last one is returned.
        """
        planned = Call(plan_of, method, args, kwargs)
        del args, kwargs
        value, response = self._driver.run(witnessed(planned()))
        return Raw(self._driver.finish(value), response)

    def close(self) -> None:
        """Close the connections, unless they belong to your own ``http_client``.

        Further calls raise ``RuntimeError``.
        """
        self._driver.wire.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


class AsyncClient(Client[AsyncDriver, AsyncTransport, AsyncHTTPClient]):
    """A client whose calls are awaited. Tasks may share it, and each event loop has its own connections."""

    def _connect(self, options: Options, settings: Settings[AsyncTransport, AsyncHTTPClient]) -> Awaiting:
        from ._drivers import Awaiting  # noqa: PLC0415
        from ._http import AsyncWire  # noqa: PLC0415

        wire = AsyncWire(settings.get("transport"), settings.get("http_client"))
        wire.check_url(options.base_url)
        return Awaiting(wire, options)

    async def raw(self, method: Callable[P, Awaitable[T]], *args: P.args, **kwargs: P.kwargs) -> Raw[T]:
        """Call a method and return its value and the HTTP answer: ``await raw(client.conversations.get, "c1")``."""
        planned = Call(plan_of, method, args, kwargs)
        del args, kwargs
        value, response = await self._driver.run(witnessed(planned()))
        return Raw(self._driver.finish(value), response)

    async def close(self) -> None:
        """Close the connections, unless they belong to your own ``http_client``.

        Further calls raise ``RuntimeError``.
        """
        await self._driver.wire.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self.close()


def witnessed(plan: Plan[T]) -> Plan[tuple[T, Response]]:
    """Return the plan's value and the last response that it got. Raises ``ArgumentError`` for ``get_many``."""
    seen: Any = None  # every other plan sends something before it ends
    try:
        step = next(plan)
        while True:
            if isinstance(step, Together):
                raise ArgumentError("method", "it has no single answer, because it sends many requests side by side")
            try:
                given = yield step
            except Exception as error:  # noqa: BLE001 - the plan decides
                step = plan.throw(error)
            else:
                seen = given if isinstance(step, Send | Transfer) else seen
                step = plan.send(given)
    except StopIteration as stop:
        return stop.value, seen


class Exportable(Client[Any, Any, Any]):
    """A client whose conversations can be exported, because its vendor lists them."""

    _vendor: ClassVar[Vendor]

    @abstractmethod
    def _source(self, agent_id: str | None, wanted: Wanted) -> Source:
        """Return the source that an export reads. Raises ``ArgumentError`` if the agent is missing, or not needed."""


class SyncExportable(Exportable, SyncClient):
    """An exportable client whose calls block."""


class AsyncExportable(Exportable, AsyncClient):
    """An exportable client for asyncio."""
