"""A fault that a back end may have, as a handler of calls between the client and the sound vendor."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

import attrs

from causerie_mock import Mock, Reply
from tests.kill_rate.mutants import Mutant, Site, document
from tests.kill_rate.strangers import proxy
from tests.kill_rate.strangers.call import Call, value_of, with_value
from tests.kill_rate.strangers.line import Handler, Line
from tests.kill_rate.strangers.target import Where, target


def attempt(edit: Callable[..., Any], *values: Any, otherwise: Any) -> Any:
    """Return what an edit makes of `values`, or `otherwise` where they have a shape that the fault does not know."""
    try:
        return edit(*values)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        return otherwise


Edit = Callable[[Any], Any]


@attrs.frozen(kw_only=True)
class Fault(Mutant):
    """One fault between the client and the sound vendor. Its operator is the kind of thing that goes wrong."""

    kind = "stranger"
    handler: Handler = attrs.field(repr=False)
    where: Where = "port"

    def declared(self, why: str) -> Fault:
        """Return this fault as one that no client could tell, or that the documents allow."""
        return attrs.evolve(self, equivalent=why)

    @contextlib.contextmanager
    def site(self) -> Iterator[Site]:
        """Serve the sound vendor behind the proxy, which has the fault."""
        site = Site(Mock(self.vendor), document(self.vendor))
        between = proxy.Proxy(site.mock, self.handler, site.fire)
        with proxy.serve(between) as url:
            site.target = target(between, url, self.where)
            yield site


@attrs.frozen
class Place:
    """Some operations of one vendor, and what can go wrong there."""

    vendor: str
    operations: tuple[str, ...]

    def handles(self, operator: str, change: str, handler: Handler) -> Fault:
        """Return a fault that answers the calls of these operations by `handler`."""

        async def handle(call: Call, line: Line) -> Reply:
            return await handler(call, line) if call.operation in self.operations else line.forward(call)

        return self.everywhere(operator, change, handle)

    def everywhere(self, operator: str, change: str, handler: Handler) -> Fault:
        """Return a fault of these operations that needs to see all calls."""
        return Fault(
            vendor=self.vendor,
            operator=operator,
            operations=self.operations,
            change=change,
            handler=handler,
        )

    def request(self, operator: str, change: str, edit: Callable[[Call], Call]) -> Fault:
        """Return a fault that changes what is asked."""

        async def handle(call: Call, line: Line) -> Reply:
            return line.forward(attempt(edit, call, otherwise=call))

        return self.handles(operator, change, handle)

    def body(self, operator: str, change: str, edit: Edit) -> Fault:
        """Return a fault that changes what is written."""

        def changed(call: Call) -> Call:
            before = call.body
            if before is None:
                return call
            after = attempt(edit, call.body, otherwise=before)
            return call if _same(before, after) else call.with_body(after)

        return self.request(operator, change, changed)

    def answer(self, operator: str, change: str, edit: Callable[[Any, Call], Any]) -> Fault:
        """Return a fault that changes what is answered when all goes well."""

        async def handle(call: Call, line: Line) -> Reply:
            reply = line.forward(call)
            value = value_of(reply.body)
            if value is None or reply.status >= 300:
                return reply
            after = attempt(edit, value_of(reply.body), call, otherwise=value)
            return reply if _same(value, after) else with_value(reply, after)

        return self.handles(operator, change, handle)

    def refusal(self, operator: str, change: str, edit: Callable[[Any, Call], Any]) -> Fault:
        """Return a fault that changes what a refusal says."""

        async def handle(call: Call, line: Line) -> Reply:
            reply = line.forward(call)
            value = value_of(reply.body)
            if reply.status < 400 or value is None:
                return reply
            return with_value(reply, attempt(edit, value, call, otherwise=value))

        return self.handles(operator, change, handle)


def on(vendor: str, *operations: str) -> Place:
    """Return the place that these operations are."""
    return Place(vendor, operations)


def _same(one: Any, other: Any) -> bool:
    """Whether two values are the same to the last bit: 1 is neither True nor 1.0."""
    return repr(one) == repr(other)
