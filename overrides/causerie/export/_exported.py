"""The result of an export."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import attrs


@attrs.frozen
class Exported:
    """A complete export."""

    path: Path
    rows: int
    """The number of conversations in the file."""
    read: int
    """The number of conversations read by this export: fewer than ``rows`` after an update."""
    gone: int
    """The number of conversations that were deleted at the vendor after they were listed.

    After an update, the file may still have older versions of them.
    """
    newest: datetime | None
    """The time up to which every change was read, from which the next run since ``"last"`` reads.

    It is the latest change or, if the times come from clients' clocks, at most a day before the run began. For several
    agents in the file, it is the earliest; None while nothing was read of one of them.
    """
    unreadable: Sequence[str] = ()
    """Ids of conversations whose messages the vendor failed to return every time: the file has them without messages.

    With ``skip_unreadable``, other unreadable conversations are named, too; one without an id is named by a digest, and
    is not in the file. For several agents, the agent's name precedes the id.
    """
