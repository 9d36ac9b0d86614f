from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset


class Handoff(Model):
    """A hand-over from the AI to a team of people."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    requested_at: int | Unset = field("requestedAt", schema.INTEGER, default=UNSET)
    """Unix time of the request."""
    accepted_at: int | Unset = field("acceptedAt", schema.INTEGER, default=UNSET)
    """Unix time of the acceptance."""
    completed_at: int | Unset = field("completedAt", schema.INTEGER, default=UNSET)
    """Unix time of the completion."""
    accepted_by: str | Unset = field("acceptedBy", schema.STRING, default=UNSET)
    """Id of the person who accepted."""
    organization_id: str | Unset = field("organizationId", schema.STRING, default=UNSET)
    """Id of the organization."""
    requested_team_key: str | Unset = field("requestedTeamKey", schema.STRING, default=UNSET)
    """Key of the team that was asked."""
    team_ids: list[str] | Unset = field("teamIds", schema.array(schema.STRING), default=UNSET)
    """Ids of the teams concerned."""
    team_keys: list[str] | Unset = field("teamKeys", schema.array(schema.STRING), default=UNSET)
    """Keys of the teams concerned."""


if TYPE_CHECKING:

    class HandoffParams(TypedDict, total=False):
        """The fields of ``Handoff`` as keyword arguments."""

        requested_at: int | Unset
        accepted_at: int | Unset
        completed_at: int | Unset
        accepted_by: str | Unset
        organization_id: str | Unset
        requested_team_key: str | Unset
        team_ids: list[str] | Unset
        team_keys: list[str] | Unset
