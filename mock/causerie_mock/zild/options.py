"""What a test may set of Zild."""

from __future__ import annotations

import attrs

from .. import _options
from .._options import about


@attrs.define
class Options(_options.Options):
    """What a test may set at any time. Raises `ValueError` for what is no number, at the latest in use."""

    delivered_after: float = attrs.field(
        default=2, metadata=about(_options.SECONDS, "Seconds of mock time until a message is delivered.")
    )
    read_after: float = attrs.field(
        default=10, metadata=about(_options.SECONDS, "Seconds of mock time until a message is read.")
    )
