from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset


class NodesOptions(Model):
    """With what the agent's flow begins."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    tools_overrides: list[Any] | Unset = field("toolsOverrides", schema.array(schema.ANY), default=UNSET)
    """Tools in place of the agent's own, of any shape."""
    variables_overrides: list[Any] | Unset = field("variablesOverrides", schema.array(schema.ANY), default=UNSET)
    """Variables in place of the agent's own, of any shape."""
    messages_history: list[Any] | Unset = field("messagesHistory", schema.array(schema.ANY), default=UNSET)
    """Messages before this turn, of any shape."""


if TYPE_CHECKING:

    class NodesOptionsParams(TypedDict, total=False):
        """The fields of ``NodesOptions`` as keyword arguments."""

        tools_overrides: list[Any] | Unset
        variables_overrides: list[Any] | Unset
        messages_history: list[Any] | Unset
