from __future__ import annotations

from typing import TYPE_CHECKING

from ... import schema
from ...model import Model, field
from .. import models

if TYPE_CHECKING:
    from ..models.session_pagination import SessionPagination
    from ..models.timestamp_range import TimestampRange
    from ..models.workspace_session import WorkspaceSession


class WorkspaceSessions(Model):
    """One page of the sessions of a workspace."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    sessions: list[WorkspaceSession] = field("sessions", schema.array(schema.ref(lambda: models.WorkspaceSession)))
    """The sessions."""
    timestamp_range: TimestampRange = field("timestampRange", schema.ref(lambda: models.TimestampRange))
    """Between which times the sessions of a page lie."""
    pagination: SessionPagination = field("pagination", schema.ref(lambda: models.SessionPagination))
    """Which page it is, and whether there is another."""
