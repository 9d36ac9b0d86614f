"""A vendor's webhooks: its events, and the form of its calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import attrs

#: A body as a JSON object, without a secret.
Body = dict[str, Any]

#: Takes the event, its tenant, and a function that makes the body. The function is called only if a target wants the
#: event, before anything else can change, and may return None to send nothing.
Emit = Callable[[str, int, Callable[[], Body | None]], None]


@attrs.frozen
class Hooks:
    """The webhooks of one vendor."""

    #: By event: a function from mock time to an example of the body, as the vendor's documents describe it.
    examples: Mapping[str, Callable[[datetime], Body]]
    #: Takes an event, its body and the secret; returns the call's headers and its whole body. The secret may be None.
    dress: Callable[[str, Body, str | None], tuple[dict[str, str], Body]]
    #: The secrets of the first and the second tenant, unless a test gives another.
    secrets: tuple[str | None, str | None] = (None, None)
    # behaviour: mock-calls-nobody
    #: Seconds that the vendor waits for an answer.
    timeout: float = 60
