"""What a vendor brings to the core: its credentials, its state, its handlers, its errors."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from palaver_mock._clock import Clock
from palaver_mock._exchange import Problem, Reply
from palaver_mock._ids import Ids


@dataclass(frozen=True, slots=True)
class World:
    """What a vendor's state is made in."""

    document: Mapping[str, Any]
    clock: Clock
    ids: Ids


@dataclass(frozen=True, slots=True)
class Call:
    """A request that was found good, as a handler sees it."""

    #: Whose credential it carries: the index in the vendor's credentials.
    tenant: int
    #: Path and query parameters by name, as the types that the document gives them; what was left out is absent.
    parameters: Mapping[str, Any]
    #: The decoded body; None when the operation has none.
    body: Any


#: Takes the vendor's state and the call, returns the success body (None: no body), raises `Problem`.
Handler = Callable[[Any, Call], Any]


@dataclass(frozen=True, slots=True)
class Vendor:
    """One vendor, apart from what its document says."""

    #: What the first and the second tenant put into the security scheme's header.
    credentials: tuple[str, ...]
    #: A dataclass of what a test may set; all its fields have defaults.
    options: Callable[..., Any]
    #: Called as `state(world, options)`; the state reads the options whenever it needs them.
    state: Callable[[World, Any], Any]
    #: By operationId.
    handlers: Mapping[str, Handler]
    #: The reply that this vendor gives to a problem.
    error: Callable[[Problem], Reply]
