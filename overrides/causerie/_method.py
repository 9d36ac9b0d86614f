"""Methods of a resource: each names the endpoints that it uses, and carries out a plan.

``operation`` and ``paged`` turn a method that returns a plan into such a method. It returns the result in a blocking
client, and an awaitable of the result in an async one. An endpoint is a module of ``causerie_api``.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from functools import partial, wraps
from inspect import signature
from types import MethodType, ModuleType
from typing import (
    TYPE_CHECKING,
    Any,
    Concatenate,
    Final,
    ParamSpec,
    Protocol,
    Self,
    TypeVar,
    overload,
    runtime_checkable,
)

from causerie_api.annotations import Annotations

from ._errors import ArgumentError
from ._pages import A, Listed, Page, without_repeats
from ._plan import Call, Plan

if TYPE_CHECKING:
    from ._drivers import Awaiting, Blocking
    from ._pages import AsyncListing
    from ._resource import Resource

P = ParamSpec("P")
T = TypeVar("T")
Blocked_co = TypeVar("Blocked_co", covariant=True)
Awaited_co = TypeVar("Awaited_co", covariant=True)

READING: Final = "GET"
"""The HTTP method of endpoints that change nothing."""


@runtime_checkable
class Method(Protocol[P, Blocked_co, Awaited_co]):
    """A method of a resource: a function with attributes.

    Called, it returns ``Blocked_co`` in a blocking client, and ``Awaited_co`` in an async one.
    """

    __name__: str
    __qualname__: str
    endpoints: tuple[ModuleType, ...]
    is_paged: bool
    call: Callable[[Any, tuple[Any, ...], Mapping[str, Any]], Call]
    """Returns a call of a resource with these arguments, without carrying it out."""

    @overload
    def __get__(self, resource: None, owner: Any) -> Self: ...
    @overload
    def __get__(self, resource: Resource[Blocking], owner: Any) -> Callable[P, Blocked_co]: ...
    @overload
    def __get__(self, resource: Resource[Awaiting], owner: Any) -> Callable[P, Awaited_co]: ...
    def __get__(self, resource: Any, owner: Any) -> Any: ...

    def __call__(self, resource: Any, /, *args: P.args, **kwargs: P.kwargs) -> Any:
        """Carry out the plan with the driver of the resource."""


def _method(plan: Callable[..., Plan[Any]], endpoints: tuple[ModuleType, ...], *, is_paged: bool) -> Any:
    call = partial(_FirstPage if is_paged else Call, plan)

    @wraps(plan)
    def method(resource: Any, /, *args: Any, **kwargs: Any) -> Any:
        called = call(resource, args, kwargs)
        del args, kwargs
        return resource._driver.listing(called) if is_paged else resource._driver.run(called())

    made: Any = method
    made.endpoints, made.is_paged, made.call = endpoints, is_paged, call
    result = _result(plan.__annotations__["return"], is_paged)
    made.__annotations__ = Annotations(
        {**plan.__annotations__, "return": result}, plan.__module__, {Page.__name__: Page}
    )
    # ``help()`` shows what is written, which is shorter than what it means.
    made.__signature__ = signature(plan).replace(return_annotation=result)
    return made


def result_of(method: Method[..., Any, Any]) -> Any:
    """Return the type that a method returns in a blocking client; None if it returns nothing."""
    return method.__annotations__["return"]


def is_reading(method: Method[..., Any, Any]) -> bool:
    """Return whether a method only reads."""
    return all(each.METHOD == READING for each in method.endpoints)


class _FirstPage(Call):
    """A call that plans the first page of a list."""

    def __call__(self) -> Plan[Any]:
        return without_repeats(super().__call__())


def _result(planned: str, is_paged: bool) -> str:
    """Return the annotation of a plan's value; for ``Plan[Listed[T, A]]``, that of the pages."""
    if is_paged:
        return f"{Page.__name__}[{planned.removeprefix('Plan[Listed[').removesuffix(']]')}]"
    return planned.removeprefix("Plan[").removesuffix("]")


def operation(
    endpoint: ModuleType, *others: ModuleType
) -> Callable[[Callable[Concatenate[Any, P], Plan[T]]], Method[P, T, Coroutine[Any, Any, T]]]:
    """Turn a method that returns a plan into one that carries it out, using these endpoints."""
    return lambda plan: _method(plan, (endpoint, *others), is_paged=False)


def paged(
    endpoint: ModuleType, *others: ModuleType
) -> Callable[[Callable[Concatenate[Any, P], Plan[Listed[T, A]]]], Method[P, Page[T, A], AsyncListing[T, A]]]:
    """Turn a method that plans one page into one whose result iterates over all pages, using these endpoints."""
    return lambda plan: _method(plan, (endpoint, *others), is_paged=True)


def overloaded(endpoint: ModuleType, *others: ModuleType) -> Callable[[Callable[P, Plan[Any]]], Callable[P, Any]]:
    """Do the same as ``operation`` for a method with overloads."""
    make: Any = operation(endpoint, *others)
    return make  # type: ignore[no-any-return]


def plan_of(method: Callable[..., Any], *args: Any, **kwargs: Any) -> Plan[Any]:
    """Return the plan of a resource's method without carrying it out."""
    if not (isinstance(method, MethodType) and isinstance(method.__func__, Method)):
        raise ArgumentError("method", f"{method!r} is not a method such as client.conversations.get")
    return method.__func__.call(method.__self__, args, kwargs)()
