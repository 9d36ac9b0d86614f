from __future__ import annotations

from typing import TYPE_CHECKING, Required, TypedDict

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset


class HandoffAcceptance(Model):
    """Who takes a conversation over."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    accepted_by_user_id: str = field("acceptedByUserId", schema.STRING)
    """Id of the person who takes over."""
    organization_id: str | Unset = field("organizationId", schema.STRING, default=UNSET)
    """Id of the organization."""
    team_ids: list[str] | Unset = field("teamIds", schema.array(schema.STRING), default=UNSET)
    """Ids of the person's teams."""
    team_keys: list[str] | Unset = field("teamKeys", schema.array(schema.STRING), default=UNSET)
    """Keys of the person's teams."""


if TYPE_CHECKING:

    class HandoffAcceptanceParams(TypedDict, total=False):
        """The fields of ``HandoffAcceptance`` as keyword arguments."""

        accepted_by_user_id: Required[str]
        organization_id: str | Unset
        team_ids: list[str] | Unset
        team_keys: list[str] | Unset
