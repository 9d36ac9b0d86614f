"""The options that a test may set for Zild."""

from __future__ import annotations

import attrs

from .. import _options
from .._options import about


@attrs.define
class Options(_options.Options):
    """Options, which a test may change at any time.

    Raises `ValueError` for a value that is not a number, at the latest when it is used.
    """

    delivered_after: float = attrs.field(
        default=2, metadata=about(_options.SECONDS, "Seconds of mock time until a message is delivered.")
    )
    read_after: float = attrs.field(
        default=10, metadata=about(_options.SECONDS, "Seconds of mock time until a message is read.")
    )
