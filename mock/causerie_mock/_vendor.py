"""What a vendor brings to the core: its credentials, its state, its handlers, its errors."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import attrs

from . import _json
from ._clock import Clock
from ._exchange import Problem, Reply, Request
from ._harvest import Observe
from ._hooks import Emit, Hooks
from ._ids import Ids
from ._options import Options

# behaviour: bodies-are-limited
#: Bytes of the longest body that is read: 256,000 characters fit, each spelled as two escapes of six bytes.
MAX_BODY = 4 * 1024 * 1024


@attrs.frozen
class World:
    """What a vendor's state is made in."""

    document: Mapping[str, Any]
    clock: Clock
    ids: Ids
    #: Tells the webhooks what has happened.
    emit: Emit


@attrs.frozen
class Call:
    """A request that was found good, as a handler sees it."""

    #: Whose credential it carries: the index in the vendor's credentials.
    tenant: int
    #: Path and query parameters by name, as the types that the document gives them; what was left out is absent.
    parameters: Mapping[str, Any]
    #: The decoded body; None when the operation has none.
    body: Any
    request: Request


#: Takes the vendor's state and the call, returns the success body (None where the document has none), raises `Problem`.
Handler = Callable[[Any, Call], Any]


def _nothing(_: Any, __: Request) -> None:
    """Do nothing, for a vendor of whom the document says everything."""


@attrs.frozen
class Vendor:
    """One vendor, apart from what its document says."""

    #: What the first and the second tenant put into the security scheme's header.
    credentials: tuple[str, ...]
    #: What a test may set.
    options: type[Options]
    #: Called as `state(world, options)`; the state reads the options whenever it needs them.
    state: Callable[[World, Any], Any]
    #: By operationId.
    handlers: Mapping[str, Handler]
    #: The reply that this vendor gives to a problem.
    error: Callable[[Problem], Reply]
    #: Bytes of the longest body that is read, and its deepest nesting.
    max_body: int = MAX_BODY
    max_depth: int = _json.MAX_DEPTH
    #: By operationId: the object in the bodies of request and answer whose values no log shows.
    secrets: Mapping[str, str] = attrs.field(factory=dict)
    #: Takes the vendor's state and a request to an address that its answers name and its document does not describe;
    #: returns None for any other.
    beside: Callable[[Any, Request], Reply | None] = _nothing
    #: What it calls; None where no document says what that looks like.
    hooks: Hooks | None = None
    #: What its answers say of its records, for a spy that saves them as a seed; None where nothing is known of that.
    observe: Observe | None = None
