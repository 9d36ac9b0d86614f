"""What an export has done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import attrs


@attrs.frozen
class Exported:
    """An export that is complete."""

    path: Path
    rows: int
    """Conversations in the file."""
    read: int
    """Conversations that were read for it: fewer than ``rows`` when the file was brought up to date."""
    gone: int
    """Conversations that were deleted at the vendor between being listed and being read. A file that was brought up to
    date may have them from before.
    """
    newest: datetime | None
    """Up to when every change was read: the latest, or where a client's clock sets times, not later than a day before
    the run began. The next run since ``"last"`` begins there. Of several agents in the file, the earliest; None while
    one of them has shown nothing.
    """
    unreadable: Sequence[str] = ()
    """Ids of conversations whose messages the vendor failed to show, each time: they are in the file without. With
    ``skip_unreadable`` there may be others, and one without an id is named by a digest, and left out. Of several
    agents, the agent stands before the id.
    """
