"""What a fault has in its hands: the line from the client to the sound vendor."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import attrs

from causerie_mock import Reply
from tests.kill_rate.strangers.call import Call, value_of


@attrs.define
class Line:
    """What a handler may do for one call: ask the sound vendor, and remember."""

    #: Asks the sound vendor.
    vendor: Callable[[Call], Reply]
    #: What the fault remembers, until the vendor is reset.
    memory: dict[Any, Any]
    #: What was sent on in the client's name, and what came back.
    sent: list[tuple[Call, Reply]] = attrs.field(factory=list)

    def forward(self, call: Call) -> Reply:
        """Send `call` on in the client's name."""
        reply = self.vendor(call)
        self.sent.append((call, reply))
        return reply

    def aside(self, call: Call) -> Any:
        """Return what the vendor says to a call that only looks, and that the client does not notice."""
        return value_of(self.vendor(call).body)

    def changed(self, call: Call, reply: Reply) -> bool:
        """Whether anything was sent or answered that would not have been without the fault."""
        return self.sent != [(call, reply)]


Handler = Callable[[Call, Line], Awaitable[Reply]]
