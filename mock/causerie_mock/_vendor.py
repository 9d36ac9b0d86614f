"""The parts of a vendor that the core uses: credentials, state, handlers and errors."""

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
#: The most bytes of a body: 256,000 characters fit, even if each is written as two escapes of six bytes.
MAX_BODY = 4 * 1024 * 1024


@attrs.frozen
class World:
    """The objects of the mock that a vendor's state uses."""

    document: Mapping[str, Any]
    clock: Clock
    ids: Ids
    #: Passes an event on to the webhooks.
    emit: Emit


@attrs.frozen
class Call:
    """A valid request, in the form for a handler."""

    #: The tenant of its credential: the index in the vendor's credentials.
    tenant: int
    #: Path and query parameters by name, with their types in the document; parameters that were left out are absent.
    parameters: Mapping[str, Any]
    #: The decoded body; None if the operation has none.
    body: Any
    request: Request


#: Takes the vendor's state and the call; returns the body of the answer, or None if the document has none; raises
#: `Problem`.
Handler = Callable[[Any, Call], Any]


def _nothing(_: Any, __: Request) -> None:
    """Do nothing, for a vendor without addresses beyond its document."""


@attrs.frozen
class Vendor:
    """One vendor: the facts that are not in its document."""

    #: The credentials of the first and the second tenant, for the security scheme's header.
    credentials: tuple[str, ...]
    #: The class of its options.
    options: type[Options]
    #: Called as `state(world, options)`; the state reads the options whenever it needs them.
    state: Callable[[World, Any], Any]
    #: The handlers by operationId.
    handlers: Mapping[str, Handler]
    #: Returns the vendor's reply to a problem.
    error: Callable[[Problem], Reply]
    #: The most bytes of a body, and its deepest nesting.
    max_body: int = MAX_BODY
    max_depth: int = _json.MAX_DEPTH
    #: By operationId: the name of an object in the bodies whose values no log shows.
    secrets: Mapping[str, str] = attrs.field(factory=dict)
    #: Takes the vendor's state and a request, and returns the reply if the request goes to an address that occurs in
    #: answers but not in the document; None for any other request.
    beside: Callable[[Any, Request], Reply | None] = _nothing
    #: Its webhooks; None if no document describes them.
    hooks: Hooks | None = None
    #: Finds records in its answers, for a spy that saves them as a seed; None if that is unknown.
    observe: Observe | None = None
