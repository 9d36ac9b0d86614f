from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset


class NodesInfo(Model):
    """Where the conversation stands in the agent's flow."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    current_node: str | Unset = field("currentNode", schema.STRING, default=UNSET)
    """Id of the current node."""


if TYPE_CHECKING:

    class NodesInfoParams(TypedDict, total=False):
        """The fields of ``NodesInfo`` as keyword arguments."""

        current_node: str | Unset
