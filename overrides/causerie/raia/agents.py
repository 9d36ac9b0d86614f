"""raia's agent: the one that the key belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from causerie_api.raia.api.agents import get_agent

from .._method import operation
from .._plan import Plan
from .._resource import Driver, Resource
from .concealment import concealed

if TYPE_CHECKING:
    from causerie_api.raia.models import Agent


class Agents(Resource[Driver]):
    """The agent that the key belongs to."""

    @operation(get_agent)
    def get(self) -> Plan[Agent]:
        """Return the agent of the key, with its skills. It is the cheapest way to check a key.

        Keys and webhook headers in the skills are readable, but the repr does not show them. Source: the published
        contract.
        """
        return self._read(get_agent.request(), concealed)
